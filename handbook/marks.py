"""What every copy says of itself: whom to call, sample, reviewed or not, when it is out of date.

Web and print take the words from here, so that they say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from handbook.clinic import Clinic
from handbook.edition import month_year
from handbook.translation.interface import _


@dataclass(frozen=True)
class Call:
    """A number to call: for what, the number, and whether it is the emergency number."""

    label: str
    number: str
    emergency: bool = False


def calls(clinic: Clinic, language: str) -> list[Call]:
    """The numbers on every page: emergency first, then the clinic by day and by night."""
    return [
        Call(_("Emergency"), clinic.text("emergency", language), emergency=True),
        Call(_("By day"), clinic.text("phone-day", language)),
        Call(_("At night"), clinic.text("phone-night", language)),
    ]


def sample_mark(clinic: Clinic) -> str | None:
    """The mark of a profile that no clinic has filled in yet."""
    return _("SAMPLE: not for patients") if clinic.sample else None


def review_mark(clinic: Clinic, language: str) -> str:
    """Who reviewed the text and when; or that no clinician has."""
    if clinic.reviewed_by and clinic.reviewed_on:
        return _("Reviewed by %(name)s on %(date)s") % {
            "name": clinic.reviewed_by,
            "date": format_date(clinic.reviewed_on, format="long", locale=language),
        }
    return _("No clinician has reviewed this text")


def check_address(clinic: Clinic, code: str) -> str | None:
    """The address that tells whether a copy is still the right one, None where the site has none.

    The page is site/check/index.html; each code is the name of its line there.
    """
    site = clinic.web if clinic.handbook_web is None else clinic.handbook_web
    return f"{site.rstrip('/')}/check/#{code}" if site else None


def newer_copy_mark(review_by: date, today: date, language: str) -> str:
    """When to look for a newer copy; "review due" once that month is over."""
    text = _("Check for a newer copy after %s") % month_year(review_by, language)
    if (today.year, today.month) > (review_by.year, review_by.month):
        text += " – " + _("review due")
    return text
