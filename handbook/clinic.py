"""The clinic profile: clinic.toml in, a checked ``Clinic`` out.

A profile is untrusted input. Its text is carried as plain words, never read as Markdown.
What makes a single entry good or bad is in :mod:`handbook.clinic_checks`.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.config import Config

from handbook import clinic_checks as checks
from handbook.clinic_checks import Fault
from handbook.clinic_logo import logo
from handbook.errors import HandbookError
from handbook.ledger import ledger_name

DEFAULT_LANGUAGE = "en"

# Keys of the {clinic} role, and of Clinic.text().
PHONE_KEYS = ("phone-day", "phone-night", "emergency", "interpreter")
LINK_KEYS = ("web", "report-errors")
SENTENCE_KEYS = ("name", "department", "address", "hours", "nobody-answers")
KEYS = SENTENCE_KEYS + PHONE_KEYS + LINK_KEYS

_ENTRIES = ("sample", *(key.replace("-", "_") for key in KEYS), "handbook_web", "paper", "logo")
_OPTIONAL = ("sample", "handbook_web", "logo", "reviewed_by", "reviewed_on")
_KNOWN = (*_ENTRIES, "reviewed_by", "reviewed_on")

_clinics: WeakKeyDictionary[Config, Clinic] = WeakKeyDictionary()


@dataclass(frozen=True)
class Clinic:
    """A checked clinic profile. Sentences are in the default language; see :meth:`text`.

    ``path`` is the profile's file, ``logo`` an existing picture beside or below it, ``digest``
    changes whenever either file's content does. ``handbook_web`` is where this site is kept: None
    where it is at ``web``, "" where it is on no server. ``reviewed_by`` is None until a clinician
    of the clinic has signed the text off.
    """

    name: str
    department: str
    address: str
    logo: Path | None
    phone_day: str
    phone_night: str
    nobody_answers: str
    hours: str
    emergency: str
    interpreter: str
    web: str
    report_errors: str
    handbook_web: str | None
    paper: str
    reviewed_by: str | None
    reviewed_on: date | None
    sample: bool
    path: Path
    digest: str
    translations: Mapping[str, Mapping[str, str]]

    def text(self, key: str, language: str) -> str:
        """Return an entry as the profile gives it, in ``language`` where the profile has it.

        :param key: one of :data:`KEYS`.
        :raises KeyError: another key.
        """
        if key in SENTENCE_KEYS:
            return self._words(key)[self.text_language(key, language)]
        if key in KEYS:
            return str(getattr(self, key.replace("-", "_")))
        raise KeyError(key)

    def text_language(self, key: str, language: str) -> str:
        """Return the code of the language that ``text(key, language)`` comes in.

        ``language`` itself, else its base ("es" for "es_MX"), else the default. Numbers and
        addresses belong to no language and are said to be in the one asked for.
        """
        if key not in SENTENCE_KEYS:
            return language
        words = self._words(key)
        for candidate in (language, language.partition("_")[0]):
            if candidate in words:
                return candidate
        return DEFAULT_LANGUAGE

    def _words(self, key: str) -> Mapping[str, str]:
        return self.translations[key.replace("-", "_")]


def load_clinic(path: Path) -> Clinic:
    """Read and check a clinic profile.

    :raises HandbookError: the file or any of its entries cannot be used. All faults come in one
        message, one line each: the file and line, the entry, what is wrong, what to do.
    """
    text, content = _read(path)
    values = _parse(path, text)
    faults: list[Fault] = _unknown_entries(values)
    checked: dict[str, Any] = {}
    translations: dict[str, Mapping[str, str]] = {}
    for key in _KNOWN:
        if key not in values:
            if key not in _OPTIONAL:
                faults.append(checks.missing(key))
            continue
        value = values[key]
        try:
            if key.replace("_", "-") in SENTENCE_KEYS:
                translations[key] = checks.sentences(key, value, DEFAULT_LANGUAGE)
                checked[key] = translations[key][DEFAULT_LANGUAGE]
            elif key == "logo":
                checked[key] = logo(value, path.parent)
            else:
                checked[key] = checks.ENTRY_CHECKS[key](key, value)
        except checks.BadEntry as error:
            faults.extend(error.faults)
    faults += checks.sign_off(values)
    faults += checks.sample_left_over(values)
    if faults:
        raise _as_error(path, text, faults)
    optional: dict[str, Any] = dict.fromkeys(_OPTIONAL) | {"sample": False}
    picture = checked["logo"].read_bytes() if "logo" in checked else b""
    digest = hashlib.sha256(content + picture).hexdigest()
    return Clinic(path=path, digest=digest, translations=translations, **(optional | checked))


def clinic_for(app: Sphinx) -> Clinic:
    """Return the clinic of this build, read once when the settings are read."""
    return clinic_from(app.config)


def clinic_from(config: Config) -> Clinic:
    """Return the clinic of the build with these settings (for roles, which have no app)."""
    return _clinics[config]


def _read(path: Path) -> tuple[str, bytes]:
    name = checks.shown(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise HandbookError(
            name,
            "there is no clinic profile of this name",
            "Give the path of your profile, as in: make CLINIC=path/to/clinic.toml",
        ) from error
    except OSError as error:
        raise HandbookError(
            name,
            f"this clinic profile cannot be opened ({error.strerror})",
            "Give the path of a file that you may read.",
        ) from error
    try:
        # Windows editors put a byte order mark first, which TOML does not know.
        return content.decode("utf-8-sig"), content
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise HandbookError(
            name,
            "this clinic profile is not in UTF-8",
            'Save it again with the encoding "UTF-8".',
            line,
        ) from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        problem = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise HandbookError(
            checks.shown(path),
            f"this line is not written as TOML wants it ({problem})",
            'Write each entry on one line, as in: name = "Our clinic"',
            int(place[1]) if place else text.count("\n") + 1,
        ) from error


def _unknown_entries(values: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for key in values:
        if key in _KNOWN:
            continue
        near = difflib.get_close_matches(key.lower().replace("-", "_"), _KNOWN, n=1)
        remedy = f'Did you mean "{near[0]}"?' if near else "Take it out."
        faults.append(Fault(key, "is not an entry of a clinic profile", remedy))
    return faults


def _as_error(path: Path, text: str, faults: list[Fault]) -> HandbookError:
    name = checks.shown(path)
    placed = sorted(
        ((_line_of(fault.key, text), fault) for fault in faults),
        key=lambda pair: pair[0] or 10**9,  # what is missing comes last
    )
    lines = [f"{name}:{line}: {fault}" if line else f"{name}: {fault}" for line, fault in placed]
    if len(placed) == 1:
        line, fault = placed[0]
        return HandbookError(name, f"{fault.key}: {fault.problem}", fault.remedy, line)
    return HandbookError(
        name,
        f"{len(lines)} things in this clinic profile must be mended",
        "Each is named here:\n" + "\n".join(lines),
    )


def _line_of(key: str, text: str) -> int | None:
    """Return the line on which an entry (or ``entry.language``) begins, as TOML has no lines."""
    entry, _dot, language = key.partition(".")
    quoted = r'["\']?'
    for name in (key, entry) if language else (entry,):
        pattern = r"\s*\.\s*".join(f"{quoted}{re.escape(part)}{quoted}" for part in name.split("."))
        found = re.search(rf"^[ \t]*\[?[ \t]*{pattern}[ \t]*[=.\]]", text, re.MULTILINE)
        if found:
            return text.count("\n", 0, found.start() + len(found[0])) + 1
    return None


def _read_profile(app: Sphinx, config: Config) -> None:
    if not config.handbook_clinic:
        raise HandbookError(
            "conf.py",
            "handbook_clinic names no clinic profile",
            'Write its path, as in handbook_clinic = "clinic.toml".',
        )
    clinic = load_clinic(Path(app.confdir, config.handbook_clinic))
    _clinics[config] = clinic
    config.handbook_clinic_digest = clinic.digest
    if not config.handbook_ledger:
        config.handbook_ledger = str(clinic.path.with_name(ledger_name(clinic.path)))


def setup(app: Sphinx) -> None:
    """Read the profile as soon as the settings are known; a changed one has all read again."""
    app.add_config_value("handbook_clinic_digest", "", "env", types=[str])
    # The ledger of releases. It lies beside the profile, unless another is named (a release tries
    # the one that it is about to put in place).
    app.add_config_value("handbook_ledger", "", "", types=[str])
    app.connect("config-inited", _read_profile)
