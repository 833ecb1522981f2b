"""What a printed copy is: its number, language and content, and when it is due for a newer one."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from sphinx.application import Sphinx

from handbook.errors import HandbookError


def today() -> date:
    """Return today's date (UTC); with SOURCE_DATE_EPOCH set, the day that it names.

    :raises HandbookError: SOURCE_DATE_EPOCH is not a whole number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise HandbookError(
            "SOURCE_DATE_EPOCH",
            f'"{epoch}" is not a number of seconds since 1970',
            "Give a whole number (date +%s prints one), or unset the variable.",
        ) from error


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
