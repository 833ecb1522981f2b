"""What a printed copy is: its number, language and content, and when it is due for a newer one."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
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


def review_due(review_by: date, today: date) -> bool:
    """Return whether the month of ``review_by``, which the page prints, is over."""
    return (today.year, today.month) > (review_by.year, review_by.month)


def month_year(day: date, language: str) -> str:
    """Return month and year as the language writes them: "November 2027"."""
    return str(format_skeleton("yMMMM", day, locale=_locale(language)))


def long_date(day: date, language: str) -> str:
    """Return a date in words as the language writes it: "November 22, 2027"."""
    return format_date(day, format="long", locale=_locale(language))


def _locale(language: str) -> Locale:
    """Return what is known of a language; English stands in for one that babel does not know."""
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
