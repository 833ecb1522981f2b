"""The two pages that stand before all languages: the start page, and the list of editions.

Both speak every language of the site, each passage in its own ``lang`` and ``dir``, need no script
and no other page's files.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx.config import Config

from handbook import marks
from handbook.clinic import load_clinic
from handbook.edition import medium_date
from handbook.ledger import Issue, issues, read_ledger
from handbook.outputs import Printed, Website, form_of, subject_of
from handbook.translation.interface import SOURCE_LANGUAGE, _, use_language
from handbook.web.page import numbers
from handbook.web.policy import CONTENT_SECURITY_POLICY
from handbook.web.symptom_finder import PAGE as FINDER

HERE = Path(__file__).resolve().parent
_WEB = HERE.parent / "web" / "static" / "handbook"
_SHARED = ("base.css", "parts.css", "icon.svg")


@dataclass(frozen=True)
class Line:
    """An edition code on the list.

    :param what: what it is, in its own language; ``form`` the paper and size.
    :param status: "current", "replaced" or "withdrawn"; ``said`` says it in words.
    :param newer: the code that took its place, "" where none did.
    :param why: the reason why it was withdrawn, as it was given; "" where it was not.
    """

    code: str
    what: str
    form: str
    status: str
    said: str
    newer: str
    newer_words: str
    why: str
    why_words: str


@dataclass(frozen=True)
class Batch:
    """What was issued on one day with one note: for each language its lines."""

    number: str
    day: date
    what_changed: str
    languages: list[tuple[str, list[Line]]]


def copy_static(folder: Path) -> None:
    """Put the files of the two pages into ``_static``."""
    static = folder / "_static"
    static.mkdir()
    for name in _SHARED:
        shutil.copyfile(_WEB / name, static / name)
    shutil.copytree(_WEB / "fonts", static / "fonts")
    shutil.copyfile(HERE / "static" / "front.css", static / "front.css")


def start_page(
    folder: Path, root: Path, config: Config, profile: Path, websites: Sequence[Website]
) -> None:
    """Write the page that picks the language."""
    clinic = load_clinic(profile)
    shown = []
    for website in websites:
        tongue = _tongue(config, website.language)
        use_language(root / "locale", website.language)
        shown.append(
            {
                **tongue,
                "title": website.title,
                "address": f"{website.language}/index.html",
                "help": website.help and (f"{website.language}/{website.help[0]}", website.help[1]),
                "finder": website.finder,
                "finder_address": f"{website.language}/{FINDER}.html",
                "print": f"{website.language}/print/index.html",
                "print_words": _("Handouts and books to print"),
                "check_words": _("Is my printed copy still the right one?"),
                "numbers": numbers(clinic, website.language),
                "clinic": clinic.text("name", website.language),
                "marks": _marks(clinic, website.language),
                "whom_to_call": _("Whom to call"),
            }
        )
    _write(folder / "index.html", "start.html", "", languages=shown)


def _marks(clinic: Any, language: str) -> list[str]:
    said = [marks.sample_mark(clinic), marks.review_mark(clinic, language)]
    return [mark for mark in said if mark]


def check_page(
    folder: Path,
    root: Path,
    config: Config,
    ledger: Path,
    websites: Sequence[Website],
    printed: Mapping[str, Sequence[Printed]],
) -> None:
    """Write the list of all edition codes: which are current, replaced, withdrawn.

    :param printed: the PDFs of each language, for their titles.
    """
    known = issues(read_ledger(ledger))
    titles = {one.name: one.title for files in printed.values() for one in files}
    titles |= {f"{website.language}/index.html": website.title for website in websites}
    batches = _batches(known, titles, root)
    gone = [
        (issue, line)
        for issue in sorted(known, key=lambda issue: str(issue.withdrawn), reverse=True)
        if issue.withdrawn
        for line in [_line_of(issue, known, titles, root)]
    ]
    words = []
    for website in websites:
        use_language(root / "locale", website.language)
        words.append({**_tongue(config, website.language), **_check_words()})
    spoken = {issue.language: _tongue(config, issue.language) for issue in known}
    use_language(root / "locale", websites[0].language)
    _write(
        folder / "check" / "index.html",
        "check.html",
        "../",
        languages=words,
        withdrawn=[
            {"line": line, "why": issue.why, "language": issue.language} for issue, line in gone
        ],
        batches=[
            {
                "heading": _("Edition %(number)s, issued on %(date)s")
                % {
                    "number": batch.number,
                    "date": medium_date(batch.day, websites[0].language),
                },
                "batch": batch,
            }
            for batch in batches
        ],
        spoken=spoken,
        note_tag=SOURCE_LANGUAGE,  # what was typed when it was released or recalled
    )


def _check_words() -> dict[str, str]:
    return {
        "title": _("Is my printed copy still the right one?"),
        "how": _(
            "Each printed page has a code at its foot. Find that code in the lists below. If you"
            " came here with your phone's camera, its line is marked."
        ),
        "not_listed": _(
            "Is your code not in the lists, or does it say DRAFT? Then do not use the copy."
            " Ask your care team for a new one."
        ),
        "current": _("Current: this copy is the right one."),
        "replaced": _("Replaced: there is a newer copy. Use the newer one."),
        "withdrawn": _("Withdrawn: something in it is wrong. Throw this copy away."),
        "withdrawn_heading": _("Withdrawn: throw these copies away"),
        "what_changed": _("What changed:"),
        "start": _("All languages"),
        "print": _("Handouts and books to print"),
        "none": _("No edition has been issued yet. Every copy is a draft."),
    }


def _tongue(config: Config, language: str) -> dict[str, str]:
    known = config.handbook_languages.get(language, {})
    return {
        "code": language,
        "tag": language.replace("_", "-"),
        "name": known.get("name", language),
        "direction": known.get("direction", "ltr"),
    }


def _batches(known: Sequence[Issue], titles: Mapping[str, str], root: Path) -> list[Batch]:
    """Return what was issued, newest first; what was issued together stays together."""

    def together(issue: Issue) -> tuple[date, str, str]:
        return issue.issued, issue.number, issue.what_changed

    found = []
    for (day, number, note), group in groupby(known, key=together):
        of_batch = list(group)[::-1]  # in the order of the ledger
        languages = list(dict.fromkeys(issue.language for issue in of_batch))
        lines = [
            (
                language,
                [
                    _line_of(issue, known, titles, root)
                    for issue in of_batch
                    if issue.language == language
                ],
            )
            for language in languages
        ]
        found.append(Batch(number, day, note, lines))
    return found


def _line_of(issue: Issue, known: Iterable[Issue], titles: Mapping[str, str], root: Path) -> Line:
    use_language(root / "locale", issue.language)
    newer = next((other.code for other in known if other.output == issue.output), issue.code)
    if issue.withdrawn:
        status, said = "withdrawn", _("Withdrawn: throw this copy away")
    elif issue.current:
        status, said = "current", _("Current")
    else:
        status, said = "replaced", _("Replaced")
    web = issue.output.endswith(".html")
    return Line(
        issue.code,
        titles.get(issue.output, subject_of(issue.output)),
        _("Web site") if web else form_of(issue.output)[1],
        status,
        said,
        newer if newer != issue.code else "",
        _("The newer copy:"),
        issue.why,
        _("Why:"),
    )


def _write(path: Path, template: str, up: str, **values: Any) -> None:
    """Fill a template. What comes from profiles, catalogs and the ledger is escaped."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template(template).render(
        up=up, policy=CONTENT_SECURITY_POLICY, **values
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
