"""What may stand in each entry of a clinic profile.

Each check takes the entry's key and value, returns the checked value, or raises ``BadEntry``.
Length limits are what the places of an entry hold: footers, cards and the cover.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from handbook.edition import today

# The longest text, in characters, that fits where an entry is printed.
LIMITS = {
    "name": 60,
    "department": 60,
    "address": 120,
    "hours": 120,
    "nobody_answers": 200,
    "phone_day": 24,
    "phone_night": 24,
    "emergency": 24,
    "interpreter": 24,
    "web": 100,
    "handbook_web": 100,
    "report_errors": 100,
    "reviewed_by": 80,
}
_WANTED = {
    "name": "the clinic's name as patients know it",
    "department": "the department's name",
    "address": "the address on one line",
    "hours": "when the day number is answered",
    "nobody_answers": "what a patient does if nobody answers the telephone",
    "phone_day": "the number that is answered by day",
    "phone_night": "the number that is answered at night (it may be the day number)",
    "emergency": "the emergency number, such as 911",
    "interpreter": "the interpreter line (it may be the day number)",
    "web": "the clinic's web address, beginning with https://",
    "handbook_web": "the web address of the handbook's site, or leave the line out",
    "report_errors": "an e-mail or web address for reporting errors",
    "paper": '"letter" or "a4"',
    "reviewed_by": "who signed the text off",
    "logo": "the logo's file name, or leave the line out",
}
# Invisible characters that some scripts need to be spelled and ordered right.
_ALLOWED_FORMAT = "\u200c\u200d\u200e\u200f\u061c"
SAMPLE_NAME = "Sample Cancer Center"
_SAMPLE_NUMBER = re.compile(r"555[\s.()\-]*01[\s.()\-]*\d[\s.()\-]*\d(?!\d)")
_SAMPLE_HOST = re.compile(r"\bexample\.(com|org|net)\b|\.example\b", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a profile: the entry, what is wrong, what to do."""

    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.key}: {self.problem}. {self.remedy}"


class BadEntry(Exception):
    """An entry that cannot be used."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*(str(fault) for fault in faults))
        self.faults = faults


def shown(path: Path) -> str:
    """Return a path as the person at the keyboard would name it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def missing(key: str) -> Fault:
    """Return the fault of an entry that is not there."""
    return Fault(key, "is missing", f"Give {_WANTED[key]}.")


def text(key: str, value: Any) -> str:
    """Check one line of words; return it without spaces around it."""
    entry = key.partition(".")[0]
    if not isinstance(value, str):
        remedy = f'Write {key} = "{value}"' if isinstance(value, int | float) else _give(entry)
        raise BadEntry(Fault(key, f"must be text in quotation marks, not {_kind(value)}", remedy))
    stripped = value.strip()
    for character in stripped:
        category = unicodedata.category(character)
        if character in "\n\r":
            raise BadEntry(Fault(key, "runs over more than one line", "Write it on one line."))
        if category in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp") and (
            character not in _ALLOWED_FORMAT
        ):
            raise BadEntry(
                Fault(
                    key,
                    f"holds a character that cannot be printed (U+{ord(character):04X})",
                    "Type the entry again by hand.",
                )
            )
    if not any(character.isalnum() for character in stripped):
        raise BadEntry(Fault(key, "is blank", _give(entry)))
    limit = LIMITS.get(entry)
    if limit and len(stripped) > limit:
        raise BadEntry(
            Fault(
                key,
                f"is {len(stripped)} characters long",
                f"Shorten it to {limit} or fewer, which is what fits where it is printed.",
            )
        )
    return stripped


def sentences(key: str, value: Any, default: str) -> dict[str, str]:
    """Check words that may be given by language; return them by language.

    :param default: the language of a plain string, which a table must hold too.
    """
    if not isinstance(value, dict):
        return {default: text(key, value)}
    faults = []
    texts = {}
    if default not in value:
        faults.append(
            Fault(
                key,
                f"has no text for {default}",
                f'Add {key}.{default} = "…"; it stands in where a language is missing.',
            )
        )
    for language, words in value.items():
        try:
            _check_language(key, language)
            texts[language] = text(f"{key}.{language}", words)
        except BadEntry as error:
            faults.extend(error.faults)
    if faults:
        raise BadEntry(*faults)
    return texts


def telephone(key: str, value: Any) -> str:
    """Check a telephone number as it is printed: digits, spaces, ``- . ( )``, a leading ``+``."""
    number = text(key, value)
    wrong = re.search(r"[^0-9 ().\-+]|(?<!^)\+", number)
    remedy = 'Write it with digits, spaces, hyphens and brackets, as in "(555) 234-5678".'
    if wrong:
        raise BadEntry(Fault(key, f'"{wrong[0]}" cannot stand in a telephone number', remedy))
    if len(re.findall("[0-9]", number)) < 3:
        raise BadEntry(Fault(key, f'"{number}" is too short for a telephone number', remedy))
    if not re.fullmatch(r"[^()]*(\([^()]+\)[^()]*)*[0-9]", number):
        raise BadEntry(
            Fault(key, f'"{number}" has a bracket too many, or does not end in a digit', remedy)
        )
    return number


def web_address(key: str, value: Any) -> str:
    """Check an http or https address."""
    address = text(key, value)
    remedy = 'Write it in full, as in "https://www.your-clinic.org/".'
    if re.search(r"[\s<>\"'\\^`{|}]", address):
        raise BadEntry(Fault(key, "holds a character that a web address cannot have", remedy))
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise BadEntry(Fault(key, f'"{address}" is not a web address', remedy)) from error
    if parts.scheme not in ("http", "https") or not host or not host[0].isalnum():
        raise BadEntry(Fault(key, f'"{address}" is not an https or http address', remedy))
    if "@" in parts.netloc:
        raise BadEntry(Fault(key, "holds a user name, which everybody would see", remedy))
    return address


def site_address(key: str, value: Any) -> str:
    """Check the address of the handbook's own site; blank where it is on no server."""
    if value == "":
        return ""
    address = web_address(key, value)
    if "?" in address or "#" in address:
        remedy = "Give the address of the folder: what follows ? or # does not belong there."
        raise BadEntry(Fault(key, f'"{address}" is not the address of a folder', remedy))
    return address


def mail_or_web_address(key: str, value: Any) -> str:
    """Check an e-mail address or an http(s) address."""
    address = text(key, value)
    if _EMAIL.fullmatch(address) and ".." not in address:
        return address
    if address.startswith(("http://", "https://")):
        return web_address(key, address)
    raise BadEntry(
        Fault(
            key,
            f'"{address}" is neither an e-mail address nor a web address',
            'Write one, as in "handbook@your-clinic.org" or "https://your-clinic.org/report".',
        )
    )


def paper(key: str, value: Any) -> str:
    """Check the name of the clinic's paper."""
    if value not in ("letter", "a4"):
        raise BadEntry(Fault(key, f'"{value}" is not a paper', 'Write "letter" or "a4".'))
    return str(value)


def yes_or_no(key: str, value: Any) -> bool:
    """Check a true or false."""
    if not isinstance(value, bool):
        raise BadEntry(
            Fault(
                key,
                f"must be true or false, not {_kind(value)}",
                f"Write {key} = true or {key} = false, without quotation marks.",
            )
        )
    return value


def past_day(key: str, value: Any) -> date:
    """Check a day that has come: a TOML date, or one in quotation marks."""
    remedy = "Write year, month and day, as in 2026-11-22."
    day = value
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value.strip())
        except ValueError as error:
            raise BadEntry(Fault(key, f'"{value}" is not a date', remedy)) from error
    if isinstance(day, datetime) or not isinstance(day, date):
        raise BadEntry(Fault(key, f"must be a date, not {_kind(value)}", remedy))
    if day > today():
        raise BadEntry(
            Fault(key, f"{day} is in the future", "Give the day on which the text was signed off.")
        )
    return day


def sign_off(values: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with who signed the text off and when, taken together."""
    by, on = "reviewed_by" in values, "reviewed_on" in values
    if by != on:
        there, absent = ("reviewed_by", "reviewed_on") if by else ("reviewed_on", "reviewed_by")
        return [Fault(there, f"stands without {absent}", f"Give both, or take {there} out.")]
    if by and values.get("sample") is True:
        return [
            Fault(
                "reviewed_by",
                "a sample cannot be signed off",
                "Take reviewed_by and reviewed_on out, or set sample = false.",
            )
        ]
    return []


def sample_left_over(values: Mapping[str, Any]) -> list[Fault]:
    """Return each entry of a real profile that still holds what the sample came with."""
    if values.get("sample", False) is not False:
        return []
    faults = []
    for key, value in values.items():
        for words in value.values() if isinstance(value, dict) else (value,):
            left = _left_over(words) if isinstance(words, str) else None
            if left:
                faults.append(
                    Fault(
                        key,
                        f'"{left}" comes from the sample',
                        "Put your own in its place, or set sample = true to try things out.",
                    )
                )
                break
    return faults


def _left_over(words: str) -> str | None:
    for name in (SAMPLE_NAME, "replace before use", "Sample Street"):
        if name.lower() in words.lower():
            return name
    found = _SAMPLE_NUMBER.search(words) or _SAMPLE_HOST.search(words)
    return found[0] if found else None


def _check_language(key: str, language: str) -> None:
    try:
        Locale.parse(language)
    except (UnknownLocaleError, ValueError) as error:
        raise BadEntry(
            Fault(
                f"{key}.{language}",
                f'"{language}" is not the code of a language',
                'Write the code as in conf.py, such as "es" or "zh_CN".',
            )
        ) from error


def _give(entry: str) -> str:
    return f"Give {_WANTED[entry]}."


def _kind(value: Any) -> str:
    kinds = (
        (bool, "true or false"),
        (int | float, "a number"),
        (str, "text"),
        (datetime, "a date with a time"),
        (date, "a date"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "a time of day")


ENTRY_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "sample": yes_or_no,
    "phone_day": telephone,
    "phone_night": telephone,
    "emergency": telephone,
    "interpreter": telephone,
    "web": web_address,
    "handbook_web": site_address,
    "report_errors": mail_or_web_address,
    "paper": paper,
    "reviewed_by": text,
    "reviewed_on": past_day,
}
