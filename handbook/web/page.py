"""What the templates are given for each page: words, the clinic's numbers, what this copy is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from handbook import edition, marks
from handbook.clinic import Clinic, clinic_for
from handbook.directives.amounts import keep_together, phone_node
from handbook.directives.clinic_role import clinic_node
from handbook.translation import translation_notice
from handbook.web.assets import needed
from handbook.web.policy import CONTENT_SECURITY_POLICY
from handbook.web.printed_page import ISOLATED, sheet_style, write_sheet_style
from handbook.web.translator import direction
from handbook.web.words import page_words

# The label of the chapter that says when to call, and whom.
HELP_LABEL = "when-to-call"


@dataclass(frozen=True)
class Number:
    """A number in the strip on top of each page: for what, as shown, as a ``tel:`` address."""

    label: str
    shown: str
    address: str
    emergency: bool


@dataclass(frozen=True)
class Copy:
    """What the whole site says of itself, found once a build.

    ``draft_marks`` are for pages that are no chapter; a chapter has the translation's notice.
    ``help`` is the docname and title of the chapter on whom to call, where there is one;
    ``due`` the earliest review-by date of all chapters.
    """

    code: str
    clinic_name: str
    numbers: list[Number]
    report_html: str
    marks: list[str]
    draft_marks: list[str]
    help: tuple[str, str] | None
    due: date | None


def numbers(clinic: Clinic, language: str) -> list[Number]:
    """Return the numbers of the strip, as digits that stay together and links that ring."""
    return [
        Number(call.label, keep_together(call.number), _address(call.number), call.emergency)
        for call in marks.calls(clinic, language)
    ]


def _address(number: str) -> str:
    link = phone_node(number)[0]
    return str(link["refuri"])  # type: ignore[index]


def help_chapter(app: Sphinx) -> tuple[str, str] | None:
    """Return the docname and title of the chapter that says whom to call, where there is one."""
    label = app.env.domains.standard_domain.labels.get(HELP_LABEL)
    return (label[0], label[2]) if label else None


def _marks(app: Sphinx, clinic: Clinic) -> list[str]:
    """Return what a reader must know of this copy before trusting it, most important first."""
    said = [marks.sample_mark(clinic), marks.review_mark(clinic, app.config.language)]
    return [mark for mark in said if mark]


def _due_dates(app: Sphinx) -> dict[str, date]:
    """Return the review-by date of each chapter that has one."""
    metadata = app.env.metadata
    return {
        name: edition.review_by(app.env, name)
        for name in app.env.found_docs
        if "review-by" in metadata.get(name, {})
    }


class Pages:
    """Adds to the context of each page what the site says of itself."""

    copy: Copy
    due_dates: dict[str, date]

    def write_all(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """Have every page written: each shows the code of the whole, and today's marks."""
        return set(env.found_docs) if app.builder.format == "html" else set()

    def prepare(self, app: Sphinx, builder: Builder) -> None:
        """Find out what this site is, before the first page is written."""
        if not isinstance(builder, StandaloneHTMLBuilder):
            return
        env, language, clinic = app.env, app.config.language, clinic_for(app)
        self.due_dates = _due_dates(app)
        report = clinic_node(clinic, "report-errors", language)
        self.copy = Copy(
            code=edition.code_of(app, sorted(env.found_docs)),
            clinic_name=clinic.text("name", language),
            numbers=numbers(clinic, language),
            report_html=builder.render_partial(report)["fragment"],
            marks=_marks(app, clinic),
            draft_marks=[notice] if (notice := translation_notice(app)) else [],
            help=help_chapter(app),
            due=min(self.due_dates.values(), default=None),
        )
        write_sheet_style(app, self._sheet_style(direction(app.config, language)))

    def _sheet_style(self, way: str) -> str:
        copy = self.copy
        calls = [f"{number.label} {ISOLATED % number.shown}" for number in copy.numbers]
        return sheet_style(
            [*calls[:1], copy.clinic_name, *calls[1:]],
            [ISOLATED % copy.code, *copy.marks, *copy.draft_marks],
            way,
        )

    def add(
        self, app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """Add the values that page.html and its blocks use."""
        copy = self.copy
        language = app.config.language
        due = self.due_dates.get(name, copy.due)
        body = context.get("body", "")
        context |= {
            "copy": copy,
            "copy_marks": copy.marks if doctree else [*copy.marks, *copy.draft_marks],
            "direction": direction(app.config, language),
            "newer_copy": due and marks.newer_copy_mark(due, edition.today(), language),
            "policy": CONTENT_SECURITY_POLICY,
            "words": page_words(),
            "css_files": needed(context["css_files"], name, body),
            "script_files": needed(context["script_files"], name, body),
        }


def setup(app: Sphinx) -> None:
    """Prepare each build, then each page."""
    pages = Pages()
    app.connect("env-updated", pages.write_all)
    app.connect("write-started", pages.prepare)
    app.connect("html-page-context", pages.add)
