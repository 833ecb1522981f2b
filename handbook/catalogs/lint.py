"""What is wrong in the catalogs: one finding a fault, with the file and the line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from handbook.catalogs.settings import read_settings
from handbook.catalogs.status import NOBODY
from handbook.catalogs.terms import Term, read_terms
from handbook.errors import HandbookError
from handbook.translation.catalog_files import catalogs_of, read_catalog
from handbook.translation.messages import (
    INTERFACE_DOMAINS,
    Fault,
    breaches,
    interface_breaches,
    numbers,
    parts_of,
)

_HEADERS = ("X-Drafted-By", "X-Reviewed-By")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
_UNIT = re.compile(r"°\s?[FC]\b|(?<=\d)[\s\u00a0\u202f]?(?:mg|µg|mcg|kg|g|mL|cm|mm)\b")
_PERCENT = re.compile("[%\u066a\uff05]")
_TAG = re.compile(r"</?[A-Za-z!][^>]*>")
_SENTENCE_ENDS = (".", "?", "!", ":")
_ISOLATES, _POP = "\u2066\u2067\u2068", "\u2069"


@dataclass(frozen=True)
class Finding:
    """A fault: where it is, the message as it begins, what is wrong, what to do."""

    file: str
    line: int | None
    message: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        about = f" (“{self.message}”)" if self.message else ""
        return f"{place}: {self.problem}{about}. {self.remedy}"


def lint_catalogs(root: Path, languages: Sequence[str]) -> list[Finding]:
    """Return every fault in the catalogs of these languages.

    Fuzzy translations are left out: no reader sees them.
    """
    known = read_settings(root).handbook_languages
    findings: list[Finding] = []
    for language in languages:
        reviewer = known.get(language, {}).get("reviewed_by")
        for domain, path in catalogs_of(root / "locale", language):
            findings += _lint(root, language, domain, path, reviewer)
    return findings


def _lint(
    root: Path, language: str, domain: str, path: Path, reviewer: str | None
) -> Iterator[Finding]:
    shown = path.relative_to(root).as_posix()
    try:
        catalog = read_catalog(path)
        terms = read_terms(root / "locale" / language / "terms.csv")
    except HandbookError as error:
        yield Finding(shown, error.line, "", str(error), "")
        return
    for header in _HEADERS:
        if not catalog.metadata.get(header, "").strip():
            yield Finding(
                shown, 1, "", f"the header lacks {header}", "Name who did it, or write “nobody”."
            )
    if reviewer and catalog.metadata.get("X-Reviewed-By") == NOBODY:
        yield Finding(
            shown,
            1,
            "",
            f"conf.py says that {reviewer} has reviewed this language, the catalog says nobody",
            "Have the catalog reviewed, or set reviewed_by in conf.py to None.",
        )
    for entry in catalog.translated_entries():
        for fault in _faults(domain, entry, terms):
            yield Finding(shown, entry.linenum, entry.msgid[:60], fault.problem, fault.remedy)


def _faults(domain: str, entry: polib.POEntry, terms: Sequence[Term]) -> Iterator[Fault]:
    if domain not in INTERFACE_DOMAINS:
        yield from breaches(entry.msgid, entry.msgstr)
        yield from differences(entry.msgid, entry.msgstr, terms)
        return
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    for form in forms:
        yield from interface_breaches(f"{entry.msgid} {entry.msgid_plural}", form)
        # Of a plural, the form for one may leave the number out.
        yield from _missing("placeholder", _PLACEHOLDER, entry.msgid_plural or entry.msgid, form)


def differences(original: str, translation: str, terms: Sequence[Term]) -> Iterator[Fault]:
    """Yield where a chapter's message and its translation do not say the same."""
    if original == translation:
        return
    old, new = parts_of(original), parts_of(translation)
    yield from _unlike("role", Counter(old.roles), Counter(new.roles))
    yield from _unlike("link", Counter(old.links), Counter(new.links))
    yield from _unlike("number", Counter(numbers(old.text)), Counter(numbers(new.text)))
    yield from _unlike("unit", _units(original), _units(translation))
    for tag in _TAG.findall(new.text):
        yield Fault(f"the translation holds a tag: {tag}", "Take it out; readers would see it.")
    for term in terms:
        name = re.compile(rf"(?<!\w){re.escape(term.english)}(?!\w)", re.IGNORECASE)
        if term.stays and name.search(old.text) and not name.search(new.text):
            yield Fault(
                f"the name “{term.english}” is missing", "Write it as terms.csv does: it stays."
            )
    if ";" in translation and ";" not in original and original[-1:] not in _SENTENCE_ENDS:
        yield Fault(
            "the translation holds a semicolon", "Write a comma: it would split an index entry."
        )
    if not _is_balanced(translation):
        yield Fault(
            "a mark of direction is opened and not closed", "Write U+2069 after what it encloses."
        )


def _unlike(kind: str, old: Counter[str], new: Counter[str]) -> Iterator[Fault]:
    for missing in (old - new).elements():
        yield Fault(f"the translation lacks the {kind} {missing}", "Copy it from the original.")
    for added in (new - old).elements():
        yield Fault(
            f"the translation holds the {kind} {added} once more than its original",
            "Take it out, or write it as the original does.",
        )


def _missing(kind: str, pattern: re.Pattern[str], old: str, new: str) -> Iterator[Fault]:
    yield from _unlike(kind, Counter(pattern.findall(old)), Counter(pattern.findall(new)))


def _units(text: str) -> Counter[str]:
    units = [re.sub(r"\s", "", unit) for unit in _UNIT.findall(text)]
    return Counter([*units, *("%" for _ in _PERCENT.findall(text))])


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character in _ISOLATES) - (character == _POP)
        if depth < 0:
            return False
    return depth == 0
