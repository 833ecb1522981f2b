"""Every patch of rst2pdf and ReportLab, each with its reason and the version it is for.

A patch is a debt: its test (tests/test_compat.py) fails when upstream mends the fault, and then the
patch goes.
"""

from __future__ import annotations

import functools
import logging
from importlib.metadata import version

from reportlab import rl_config
from reportlab.graphics import shapes

from handbook.errors import HandbookError
from handbook.printing import fonts

#: The versions that the patches were tried with; another one is refused until somebody has looked.
TRIED = {"rst2pdf": "0.105", "reportlab": "4.5.1"}


class _Loud(logging.Handler):
    """rst2pdf 0.105 logs faults to a logger of its own and goes on; here they stop the build."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            raise HandbookError(
                "print",
                f"rst2pdf says: {record.getMessage()}",
                "Mend what it names; see docs/printing.md.",
            )


@functools.cache
def apply() -> None:
    """Apply the patches, once a process.

    :raises HandbookError: a library has another version than the patches are for.
    """
    for name, tried in TRIED.items():
        if version(name) != tried:
            raise HandbookError(
                "requirements.txt",
                f"{name} {version(name)} is installed; its patches were tried with {tried}",
                "Run tests/test_compat.py with it, then name it in handbook/printing/compat.py.",
            )
    logger = logging.getLogger("rst2pdf")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.addHandler(_Loud(logging.WARNING))
    logger.propagate = False
    # Streams as plain bytes: ASCII coding costs time, and the file is packed anew at the end.
    rl_config.useA85 = 0
    # ReportLab 4.5 begins each drawing in Times-Roman, which no PDF embeds, even if it has no word.
    shapes.STATE_DEFAULTS["fontName"] = f"{fonts.TEXT}-Regular"
