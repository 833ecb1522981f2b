"""What the site offers on paper: each chapter's handout, and a page that lists all PDFs.

The PDFs lie in ``print/`` beside the pages; a list of them (handbook/outputs.py) says which there
are. A site without that list has no such links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal
from sphinx.application import Sphinx
from sphinx.builders import Builder

from handbook.edition import medium_date
from handbook.ledger import Issue, issues, read_ledger
from handbook.outputs import Printed, form_of, read_printed
from handbook.translation.interface import _, ngettext
from handbook.web.breadcrumbs import part_of

PAGE = "print/index"
_KILO = 1024


@dataclass(frozen=True)
class File:
    """A PDF as a page shows it: its form and size in words."""

    name: str
    form: str
    pages: str
    weight: str
    code: str
    draft: bool


@dataclass(frozen=True)
class Item:
    """A chapter, sheet or book, and its files in the order of the group's forms; None: no file."""

    title: str
    docname: str
    files: list[File | None]


@dataclass(frozen=True)
class Group:
    """What is listed under one heading; ``forms`` are the columns."""

    title: str
    forms: list[str]
    items: list[Item]


def weight(size: int, language: str) -> str:
    """Return a file's size in words: "84 KB", "1.2 MB"."""
    if size < _KILO * _KILO:
        return f"{format_decimal(max(1, round(size / _KILO)), locale=language)} KB"
    return f"{format_decimal(round(size / _KILO / _KILO, 1), locale=language)} MB"


def shown(printed: Printed, language: str) -> File:
    """Return a PDF as a page shows it."""
    return File(
        printed.name,
        form_of(printed.name)[1],
        ngettext("%d page", "%d pages", printed.pages) % printed.pages,
        weight(printed.size_bytes, language),
        printed.code,
        printed.draft,
    )


def group(title: str, printed: Sequence[Printed], language: str) -> Group:
    """Return what is printed of one kind: each thing once, with its files under their forms."""
    forms = [form for _place, form in sorted({form_of(one.name) for one in printed})]
    together: dict[tuple[str, str], dict[str, File]] = defaultdict(dict)
    for one in printed:
        file = shown(one, language)
        together[one.title, one.docname][file.form] = file
    items = [
        Item(name, docname, [files.get(form) for form in forms])
        for (name, docname), files in together.items()
    ]
    return Group(title, forms, items)


class Paper:
    """Adds to each page what there is of it on paper."""

    printed: list[Printed]

    def prepare(self, app: Sphinx, builder: Builder) -> None:
        """Read the list of PDFs."""
        path = app.config.handbook_printed
        self.printed = read_printed(Path(path)) if path else []

    def add(
        self, app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """Give a chapter its handout or sheet, the first page the books."""
        context["print_page"] = PAGE if self.printed else None
        own = [
            printed
            for printed in self.printed
            if (printed.docname == name if name != app.config.root_doc else printed.kind == "book")
        ]
        own.sort(key=lambda printed: form_of(printed.name))
        context["on_paper"] = [shown(printed, app.config.language) for printed in own]

    def pages(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the page that lists all PDFs."""
        if not self.printed:
            return
        groups = list(self._groups(app))
        yield (
            PAGE,
            {
                "title": _("Handouts and books to print"),
                "groups": groups,
                "recalled": self._recalled(app),
                "furo_hide_toc": True,
            },
            "print.html",
        )

    def _groups(self, app: Sphinx) -> Iterator[Group]:
        language = app.config.language
        kinds: dict[str, list[Printed]] = defaultdict(list)
        for one in self.printed:
            kinds[one.kind].append(one)
        if cards := kinds.pop("card", []):
            yield group(_("Sheets of one page"), cards, language)
        parts: dict[str, list[Printed]] = defaultdict(list)
        for one in kinds.pop("handout", []):
            parts[part_of(app, one.docname)].append(one)
        for part, of_part in parts.items():
            title = _("Handouts: %s") % part if part else _("Handouts")
            yield group(title, of_part, language)
        for kind, words in (("book", _("The whole book")), ("booklet", _("Booklets to fold"))):
            if of_kind := kinds.pop(kind, []):
                yield group(words, of_kind, language)

    def _recalled(self, app: Sphinx) -> list[dict[str, str]]:
        """Return what was withdrawn of this language, newest first."""
        language = app.config.language
        titles = {one.name: one.title for one in self.printed}
        return [
            {
                "code": issue.code,
                "title": titles.get(issue.output, issue.output),
                "why": issue.why,
                "date": medium_date(issue.withdrawn, language),
            }
            for issue in _withdrawn(issues(read_ledger(Path(app.config.handbook_ledger))))
            if issue.language == language and issue.withdrawn
        ]


def _withdrawn(known: list[Issue]) -> list[Issue]:
    gone = [issue for issue in known if issue.withdrawn]
    return sorted(gone, key=lambda issue: str(issue.withdrawn), reverse=True)


def setup(app: Sphinx) -> None:
    """Prepare each build, its pages, and the list."""
    # The path of the list of PDFs that lie in print/; blank: there are none.
    app.add_config_value("handbook_printed", "", "", types=[str])
    paper = Paper()
    app.connect("write-started", paper.prepare)
    app.connect("html-page-context", paper.add)
    app.connect("html-collect-pages", paper.pages)
