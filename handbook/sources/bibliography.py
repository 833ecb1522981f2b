"""The bibliography: a BibTeX file in, checked ``Source`` values out.

Which kinds of source may stand behind a statement is settled in docs/decisions/0002; what each
entry must say, in docs/writing.md. An entry that says too little stops the build.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pybtex.errors
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from handbook.errors import HandbookError
from handbook.sources.bibtex import Entry, Fault, read_entries
from handbook.sources.hosts import host_of, is_publishers_own

KINDS = ("regulator", "national-institute", "guideline", "paper", "charity")

_EVERY = frozenset({"title", "urldate", "kind", "jurisdiction", "reviewby"})
_REQUIRED = {
    "online": _EVERY | {"publisher", "url"},
    "article": _EVERY | {"author", "journal", "year"},
}
# "note" is for the people who keep the file and is not printed.
_ALLOWED = {
    "online": _REQUIRED["online"] | {"author", "date", "language", "note"},
    "article": _REQUIRED["article"]
    | {"date", "doi", "url", "volume", "number", "pages", "publisher", "language", "note"},
}
_EXAMPLES = {
    "title": "title = {Immunotherapy Side Effects}",
    "publisher": "publisher = {National Cancer Institute}",
    "url": "url = {https://www.cancer.gov/…}",
    "author": "author = {Schneider, Bryan J. and others}",
    "journal": "journal = {Journal of Clinical Oncology}",
    "year": "year = {2021}",
    "urldate": "urldate = {2026-11-22}, the day on which the source was read",
    "kind": f"kind = {{…}} with one of {', '.join(KINDS)}",
    "jurisdiction": "jurisdiction = {US}",
    "reviewby": "reviewby = {2027-11-22}, the day by which to read the source again",
}
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_NAMES_SHOWN = 3


@dataclass(frozen=True)
class Source:
    """One entry of the bibliography, its texts free of TeX.

    ``dated`` is the source's own date as far as it shows one: "2022", "2022-05" or "2022-05-11".
    ``address`` is what is printed and linked: the DOI's where there is one.
    """

    key: str
    line: int
    authors: tuple[str, ...]
    more_authors: bool
    title: str
    publisher: str
    journal: str
    issue: str
    address: str
    dated: str | None
    read_on: date
    review_by: date
    kind: str
    jurisdiction: str
    language: str


@dataclass(frozen=True)
class Bibliography:
    """All sources by key, and a digest that changes with the file."""

    path: Path
    sources: Mapping[str, Source]
    digest: str


def load_bibliography(path: Path, name: str | None = None) -> Bibliography:
    """Read and check a BibTeX file. A file that is not there is an empty bibliography.

    :param name: the file as messages name it.
    :raises HandbookError: some entry cannot be used. All faults come in one message, one line
        each: file and line, the entry's key, what is wrong, what to do.
    """
    name = name or str(path)
    content = path.read_bytes() if path.exists() else b""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HandbookError(
            name,
            "the bibliography is not in UTF-8",
            'Save it again with the encoding "UTF-8".',
            content.count(b"\n", 0, error.start) + 1,
        ) from error
    entries, faults = read_entries(text)
    sources: dict[str, Source] = {}
    lines_of_keys: dict[str, int] = {}
    for entry in entries:
        first = lines_of_keys.setdefault(entry.key.lower(), entry.line)
        if first != entry.line:
            faults.append(
                Fault(
                    entry.line,
                    entry.key,
                    f"this key is already used in line {first}",
                    "Use the entry that is there, or choose another key.",
                )
            )
            continue
        found = _check(entry)
        faults += found
        if not found:
            sources[entry.key] = _source(entry)
    if faults:
        raise _as_error(name, faults)
    return Bibliography(path, sources, hashlib.sha256(content).hexdigest())


def _as_error(name: str, faults: list[Fault]) -> HandbookError:
    if len(faults) == 1:
        (fault,) = faults
        return HandbookError(name, f"{fault.key}: {fault.problem}", fault.remedy, fault.line)
    lines = [f"{name}:{line}: {key}: {problem}. {do}" for line, key, problem, do in sorted(faults)]
    return HandbookError(
        name,
        f"{len(lines)} things in the bibliography must be mended",
        "Each is named here:\n" + "\n".join(lines),
    )


def _check(entry: Entry) -> list[Fault]:
    """Return everything that is wrong with an entry."""
    faults: list[Fault] = []
    fields = entry.fields

    def fault(field: str, problem: str, remedy: str) -> None:
        line = entry.lines.get(field, entry.line)
        faults.append(Fault(line, entry.key, problem, remedy))

    if entry.form not in _REQUIRED:
        fault("", f"@{entry.form} is not a form of entry", "Write @online or @article.")
        return faults
    if not KEY.fullmatch(entry.key):
        fault("", "this key has other characters than letters, digits, hyphens", "Rename it.")
    for field in fields:
        if field not in _ALLOWED[entry.form]:
            near = difflib.get_close_matches(field, _ALLOWED[entry.form], n=1)
            remedy = f"Did you mean {near[0]}?" if near else "Take it out, or write it as a note."
            fault(field, f"@{entry.form} knows no field {field}", remedy)
        elif not fields[field]:
            fault(field, f"{field} is blank", "Fill it in, or take it out if it may be missing.")
    for field in sorted(_REQUIRED[entry.form] - fields.keys()):
        fault(field, f"{field} is missing", f"Write {_EXAMPLES[field]}.")
    if entry.form == "article" and not fields.keys() & {"doi", "url"}:
        fault("doi", "doi and url are missing", "Give one of them, so that it can be found.")
    if fields.get("kind", KINDS[0]) not in KINDS:
        fault("kind", f'"{fields["kind"]}" is not a kind', f"Write {_EXAMPLES['kind']}.")
    if not re.fullmatch("[A-Z]{2}|international", fields.get("jurisdiction", "US")):
        fault(
            "jurisdiction",
            f'"{fields["jurisdiction"]}" is not a jurisdiction',
            "Write two capitals as in US, UK or EU, or international.",
        )
    if "url" in fields and not _is_https(fields["url"]):
        fault(
            "url",
            f'"{fields["url"]}" is not an https address',
            "Give the whole address, beginning with https://.",
        )
    elif _is_copy(fields):
        fault(
            "url",
            f'"{host_of(fields["url"])}" is not known as the site of a {fields["kind"]}',
            "Give the publisher's own page, or the doi of a paper. If this is the publisher's"
            " own site, add it to handbook/sources/hosts.toml.",
        )
    if not re.fullmatch(r"10\.\d{4,9}/[!-~]+", fields.get("doi", "10.1000/1")):
        fault("doi", f'"{fields["doi"]}" is not a DOI', "Write it as in 10.1200/JCO.21.01440.")
    if not re.fullmatch(r"\d{4}", fields.get("year", "2000")):
        fault("year", f'"{fields["year"]}" is not a year', "Write four digits.")
    if not re.fullmatch("[a-z]{2,3}(_[A-Za-z]+)?", fields.get("language", "en")):
        fault("language", f'"{fields["language"]}" is not a language', "Write a code, as in en.")
    for field in sorted(fields.keys() & {"author", "title", "publisher", "journal"}):
        if not _is_known_tex(fields[field]):
            fault(field, f"{field} holds TeX that is not known", "Write the character, as in é.")
    if fields.get("author"):
        try:
            _people(fields["author"])
        except ValueError:
            fault("author", "these names cannot be read", f"Write {_EXAMPLES['author']}.")
    for problem, field in _date_problems(fields):
        fault(field, problem, "Write year, month and day, as in 2026-11-22.")
    return faults


def _is_copy(fields: Mapping[str, str]) -> bool:
    """Return whether the address that is printed is not the publisher's own."""
    if "url" not in fields or "doi" in fields or fields.get("kind") not in KINDS:
        return False
    return not is_publishers_own(fields["kind"], fields["url"])


def _date_problems(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    problems = []
    for field in ("urldate", "reviewby", "date"):
        value = fields.get(field)
        if value and not _is_date(value, partly=field == "date"):
            problems.append((f'{field} "{value}" is not a date', field))
    if not problems and fields.get("urldate"):
        read = fields["urldate"]
        dated = fields.get("date", "")
        if dated > read[: len(dated)]:
            problems.append((f"date {dated} is later than the reading on {read}", "date"))
        if fields.get("reviewby", "9") <= read:
            problems.append((f"reviewby is not later than the reading on {read}", "reviewby"))
    return problems


def _is_date(value: str, *, partly: bool) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}" if partly else r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = not re.search(r"[\s<>\"\\^`{|}]", address)
    return plain and parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def _people(names: str) -> list[Person]:
    """Return the people of an author field.

    :raises ValueError: the names cannot be read.
    """
    try:
        with pybtex.errors.capture() as problems:
            people = [Person(name) for name in split_name_list(names)]
    except PybtexError as error:
        raise ValueError(names) from error
    if problems or not people:
        raise ValueError(names)
    return people


def _source(entry: Entry) -> Source:
    fields = entry.fields

    def plain(field: str) -> str:
        return _without_tex(fields.get(field, ""))

    people = _people(fields["author"]) if "author" in fields else []
    named = [person for person in people if str(person) != "others"]
    shown = named if len(named) <= _NAMES_SHOWN else named[:1]
    return Source(
        key=entry.key,
        line=entry.line,
        authors=tuple(_short_name(person) for person in shown),
        more_authors=len(shown) < len(people),
        title=plain("title"),
        publisher=plain("publisher"),
        journal=plain("journal"),
        issue=_issue(fields),
        address=f"https://doi.org/{fields['doi']}" if "doi" in fields else fields["url"],
        dated=fields.get("date"),
        read_on=date.fromisoformat(fields["urldate"]),
        review_by=date.fromisoformat(fields["reviewby"]),
        kind=fields["kind"],
        jurisdiction=fields["jurisdiction"],
        language=fields.get("language", "en"),
    )


def _short_name(person: Person) -> str:
    """Return a name as lists of sources give it: "Schneider BJ"."""
    given = [_without_tex(name) for name in person.first_names + person.middle_names]
    family = [*person.prelast_names, *person.last_names, *person.lineage_names]
    initials = "".join(name[:1] for name in given)
    return " ".join([*map(_without_tex, family), initials]).strip()


def _is_known_tex(value: str) -> bool:
    try:
        return "\\" not in _without_tex(value)
    except (UnicodeDecodeError, PybtexError):
        return False


def _without_tex(value: str) -> str:
    """Return a value with TeX's braces, accents and dashes read; "%" is no comment here."""
    return str(Text.from_latex(re.sub(r"(?<!\\)%", r"\\%", value)))


def _issue(fields: Mapping[str, str]) -> str:
    """Return year, volume, number and pages as journals write them: "2021;39(36):4073–4126"."""
    issue = fields.get("year", "")
    if "volume" in fields:
        issue += f";{fields['volume']}"
    if "number" in fields:
        issue += f"({fields['number']})"
    if "pages" in fields:
        issue += ":" + re.sub(r"\s*-+\s*", "–", fields["pages"])
    return issue
