"""The index: Sphinx's entries with the pages they are on, in two columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from reportlab.platypus import Flowable
from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries

from handbook.printing.assemble import TARGET, anchor
from handbook.printing.flowables import Stack
from handbook.printing.markup import markup


@dataclass
class Entry:
    """A line of the index.

    :param places: (anchor, whether it is the main place), in reading order.
    :param entries: sub-entries; "see" and "see also" lines among them have no places.
    """

    words: str
    places: list[tuple[str, bool]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def index_entries(builder: Builder, docnames: Iterable[str]) -> list[tuple[str, list[Entry]]]:
    """The entries by letter, from these documents only."""
    wanted = set(docnames)
    letters = IndexEntries(builder.env).create_index(builder)
    found = []
    for letter, entries in letters:
        kept = [entry for entry in (_entry(*item, wanted) for item in entries) if _is_used(entry)]
        if kept:
            found.append((letter, kept))
    return found


def _entry(words: str, details: Any, wanted: set[str]) -> Entry:
    targets, subitems, _key = details
    entry = Entry(words, _places(targets, wanted))
    entry.entries = [
        sub
        for sub in (Entry(text, _places(places, wanted)) for text, places in subitems)
        if sub.places or not _had_places(subitems, sub.words)
    ]
    return entry


def _had_places(subitems: Any, words: str) -> bool:
    return any(text == words and places for text, places in subitems)


def _is_used(entry: Entry) -> bool:
    return bool(entry.places or entry.entries)


def _places(targets: Any, wanted: set[str]) -> list[tuple[str, bool]]:
    places = []
    for main, uri in targets:
        docname, _, target = uri.removeprefix(TARGET).partition("#")
        if docname in wanted:
            # Sphinx takes each glossary entry for a main one; the reader looks for the chapter.
            explained = target.startswith("term-")
            places.append((anchor(docname, unquote(target)), bool(main) and not explained))
    return places


def page_list(
    places: Iterable[tuple[str, bool]], numbers: Mapping[str, int], link: Callable[[str], str]
) -> str:
    """Pages as markup: sorted, runs of three or more as ranges ("7–9"), main places bold.

    :param link: gives the markup that begins a link to an anchor.
    """
    pages: dict[int, tuple[str, bool]] = {}
    for key, main in places:
        page = numbers.get(key)
        if page is None:
            continue
        before = pages.get(page)
        pages[page] = (before[0] if before else key, main or bool(before and before[1]))
    groups: list[list[int]] = []
    for page in sorted(pages):
        if groups and page == groups[-1][-1] + 1 and pages[page][1] == pages[groups[-1][0]][1]:
            groups[-1].append(page)
        else:
            groups.append([page])
    texts = []
    for group in groups:
        runs = [[group[0], group[-1]]] if len(group) > 2 else [[page, page] for page in group]
        for first, last in runs:
            key, main = pages[first]
            text = str(first) if first == last else f"{first}–{last}"
            text = f"{link(key)}{text}</a>"
            texts.append(f"<b>{text}</b>" if main else text)
    return ", ".join(texts)


def index_story(client: Any, letters: list[tuple[str, list[Entry]]]) -> list[Flowable]:
    """Flowables of the index, for the narrow columns of the "columns" pages."""
    style, head = client.styles["index-entry"], client.styles["index-letter"]
    indent = style.fontSize * 1.1
    story: list[Flowable] = []
    for letter, entries in letters:
        story.append(client.words(_words(letter), head, role="H2"))
        letter_list = client.tags.leaf("L")
        for entry in map(_joined, entries):
            with client.tags.at(letter_list), client.tags.within("LI"), client.tags.within("LBody"):
                lines = [_line(client, entry, style, 0.0, 2 * indent)]
                with client.tags.within("L"):
                    for sub in entry.entries:
                        with client.tags.within("LI"), client.tags.within("LBody"):
                            lines.append(_line(client, sub, style, indent, indent, entry.words))
            # An entry stays with its first sub-entries; a long one may break further down.
            story.append(Stack(lines[:3], room=client.room))
            story += lines[3:]
    return story


def _joined(entry: Entry) -> Entry:
    """An entry that says no more than where to look says it on its own line."""
    if entry.places or len(entry.entries) != 1 or entry.entries[0].places:
        return entry
    return Entry(f"{entry.words}, {entry.entries[0].words}")


def _line(
    client: Any, entry: Entry, style: Any, left: float, hang: float, above: str = ""
) -> Flowable:
    told = f"{above}, {entry.words}" if above else entry.words

    def link(key: str) -> str:
        return str(client.link(f"#{key}", told))

    pages = page_list(entry.places, client.numbers, link) if client.numbers else "88"
    text = _words(entry.words)
    if entry.places:
        text += f",&nbsp; {pages}"
    return Stack(
        [client.words(text, _hanging(style, hang))],
        (0, 0, style.fontSize * 0.12, left),
    )


def _hanging(style: Any, hang: float) -> Any:
    hanging = copy(style)
    hanging.leftIndent, hanging.firstLineIndent = hang, -hang
    return hanging


def _words(text: str) -> str:
    return markup(text, nodes.paragraph())
