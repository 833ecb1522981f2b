"""The record of a web site that its build leaves for the site: title, code, chapters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from handbook import edition
from handbook.outputs import WEBSITE_RECORD, Website, write_website
from handbook.translation.interface import SOURCE_LANGUAGE
from handbook.web.page import help_chapter
from handbook.web.symptom_finder import finder_title

# What a patient's safety hangs on: rows that say what to do, and boxes that say when to call.
_SAFETY_CLASSES = {"action", "action-brief", "box-when-to-call"}
_SHOWN = 60


def left_in_english(doctree: nodes.document) -> Iterator[str]:
    """Yield how each safety passage begins that has no translation, or one that is out of date."""
    for node in doctree.findall(nodes.TextElement):
        if f"language-{SOURCE_LANGUAGE}" not in node["classes"]:
            continue
        around: nodes.Element | None = node
        while around is not None and not _SAFETY_CLASSES & set(around.get("classes", ())):
            around = around.parent
        if around is not None:
            yield node.astext()[:_SHOWN]


def _write(app: Sphinx, exception: Exception | None) -> None:
    builder = app.builder
    if exception is not None or not isinstance(builder, StandaloneHTMLBuilder):
        return
    env = app.env
    chapters = sorted(env.found_docs)
    own = edition.edition_of_documents(app, chapters)
    found = help_chapter(app)
    website = Website(
        language=app.config.language,
        title=app.config.html_title,
        code=own.code,
        draft=own.draft,
        help=(builder.get_target_uri(found[0]), found[1]) if found else None,
        finder=finder_title(app) or "",
        chapters=chapters,
        due=[
            name
            for name in chapters
            if "review-by" in env.metadata.get(name, {})
            and edition.review_due(edition.review_by(env, name), edition.today())
        ],
        unsafe=[
            (name, words) for name in chapters for words in left_in_english(env.get_doctree(name))
        ],
    )
    write_website(Path(app.outdir, WEBSITE_RECORD), website)


def setup(app: Sphinx) -> None:
    """Write the record when all pages are written."""
    app.connect("build-finished", _write)
