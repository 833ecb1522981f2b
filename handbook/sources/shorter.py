"""Lists of sources made shorter, in a resolved doctree: each day is said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from docutils import nodes
from sphinx.environment import BuildEnvironment

from handbook.edition import medium_date
from handbook.sources.bibliography import Source
from handbook.sources.entries import entry, short_entry
from handbook.sources.store import bibliography_from
from handbook.translation.interface import _

Entry = Callable[[Source, str, date, list[str]], nodes.paragraph]


def shorten_chapter_lists(tree: nodes.document, env: BuildEnvironment) -> None:
    """Set the sources at a chapter's end in a line or two each; say once when they were read."""
    for sources in list(tree.findall(nodes.enumerated_list)):
        _rewrite(sources, env, short_entry)


def shorten_book_lists(tree: nodes.document, env: BuildEnvironment) -> None:
    """Say once when the sources of the book's own list were read; the rest stays whole."""
    for sources in list(tree.findall(nodes.bullet_list)):
        _rewrite(sources, env, _without_day)


def _without_day(source: Source, language: str, read_on: date, parts: list[str]) -> nodes.paragraph:
    return entry(source, language, parts, read_on)


def _rewrite(sources: nodes.Element, env: BuildEnvironment, write: Entry) -> None:
    """Write a list's entries anew, and before it the day on which most of them were read."""
    language, known = env.config.language, bibliography_from(env.config).sources
    items = [item for item in sources.findall(nodes.list_item) if "source_key" in item]
    if not items:
        return
    days = Counter(known[item["source_key"]].read_on for item in items)
    read_on = max(days, key=lambda day: (days[day], day))
    for item in items:
        item.clear()
        item += write(known[item["source_key"]], language, read_on, item["source_parts"])
    words = _("Read {date}, where no other day is given.")
    words = words.replace("{date}", medium_date(read_on, language))
    sources.parent.insert(
        sources.parent.index(sources), nodes.paragraph("", words, classes=["small-print"])
    )
