"""One strict Sphinx build, in a process of its own: ``python -m handbook.run_sphinx``.

Sphinx's own command prints versions and a traceback round each error. A fault in a chapter, profile
or catalog is not a fault of the program: here it is the one message that names the file.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxError
from sphinx.util.console import color_terminal, nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

#: Python looks for waste (objects that hold only each other) whenever so many more are alive. Here
#: nearly all live to the end, and the usual 700 would take an eighth of the time.
_NEW_OBJECTS = 100_000


def main(arguments: Sequence[str]) -> int:
    """Build; returns 0 only if there was no warning.

    :param arguments: builder, folder of conf.py, output folder, folder of doctrees, then settings
        as name=value.
    """
    gc.set_threshold(_NEW_OBJECTS)
    try:
        return _build(*arguments)
    finally:
        gc.freeze()  # the process ends: what is left need not be searched once more


def _build(builder: str, root: str, out: str, doctrees: str, *settings: str) -> int:
    overrides = dict(setting.split("=", 1) for setting in settings)
    if not color_terminal():
        nocolor()
    # MyST lists all its settings at each start; nobody reads them.
    logging.getLogger("sphinx.myst_parser.sphinx_ext.main").setLevel(logging.WARNING)
    try:
        with patch_docutils(root), docutils_namespace():
            app = Sphinx(
                Path(root, "source"),
                root,
                out,
                doctrees,
                builder,
                confoverrides=overrides,
                warningiserror=True,
            )
            # It would name the work folder; `make` says where the results are.
            setattr(app.builder, "epilog", "")  # noqa: B010 - a class variable to type checkers
            app.build()
            return app.statuscode
    except SphinxError as error:
        # A fault found by an event's handler comes wrapped; what matters is what was said first.
        cause = error.orig_exc if isinstance(error, ExtensionError) else None
        print(f"\nERROR: {cause or error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
