"""The index: Sphinx's entries and the uses of glossary terms, with their pages, in columns."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from reportlab.platypus import Flowable
from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _ as sphinx_word

from handbook.printing.assemble import TARGET, Document, anchor, is_term
from handbook.printing.columns import Columns, Line
from handbook.printing.flowables import Stack
from handbook.printing.markup import markup
from handbook.printing.scripts.punctuation import comma
from handbook.translation.collation import letter_of, sort_key
from handbook.translation.interface import _

#: A term that is used in more chapters than these gets the pages of those that use it most.
MOST_USES = 5
#: Columns of the index, by size of print (else two), and the space between them in points.
_COLUMNS, _GAP = {"large": 1}, 20.0


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
    language = builder.config.language
    letters = IndexEntries(builder.env).create_index(builder)
    found = [_entry(*item, wanted) for _letter, entries in letters for item in entries]
    kept = merged((entry for entry in found if _is_used(entry)), language)
    kept.sort(key=lambda entry: sort_key(entry.words, language))
    grouped = groupby(kept, lambda entry: letter_of(entry.words, language))
    return [(letter or sphinx_word("Symbols"), list(entries)) for letter, entries in grouped]


def merged(entries: Iterable[Entry], language: str) -> list[Entry]:
    """Entries that differ in capitals alone ("Fever", "fever") as one, in small letters.

    Abbreviations stay apart from words ("AIDS", "aids").
    """
    found: dict[str, Entry] = {}
    for entry in entries:
        key = _folded(entry.words, language)
        one = found.setdefault(key, Entry(entry.words))
        one.words = max(one.words, entry.words, key=lambda words: sum(map(str.islower, words)))
        one.places += [place for place in entry.places if place not in one.places]
        one.entries = merged([*one.entries, *entry.entries], language)
    return list(found.values())


def _folded(words: str, language: str) -> str:
    if any(two.isupper() and one.isupper() for one, two in pairwise(words)):
        return words
    if language == "tr":
        words = words.replace("I", "\u0131").replace("\u0130", "i")
    return words.casefold()


def with_uses(
    letters: Sequence[tuple[str, list[Entry]]], documents: Iterable[Document]
) -> list[tuple[str, list[Entry]]]:
    """The entries with the places where the text uses the glossary's terms.

    Of each chapter the first use counts, and only where the chapter has no entry of its own; of
    more than :data:`MOST_USES` chapters, those that use the term most.
    """
    uses = _uses(documents)
    return [
        (letter, [replace(entry, places=_with_uses(entry.places, uses)) for entry in entries])
        for letter, entries in letters
    ]


def _with_uses(
    places: list[tuple[str, bool]], uses: Mapping[str, Mapping[str, list[str]]]
) -> list[tuple[str, bool]]:
    entered = {key.partition("~")[0] for key, _main in places}
    by_chapter: dict[str, list[str]] = {}
    for key, _main in places:
        by_chapter.update(uses.get(key, {}))
    free = {chapter: keys for chapter, keys in by_chapter.items() if chapter not in entered}
    most = Counter({chapter: len(keys) for chapter, keys in free.items()}).most_common(MOST_USES)
    return [*places, *((free[chapter][0], False) for chapter, _count in most)]


def _uses(documents: Iterable[Document]) -> dict[str, dict[str, list[str]]]:
    """Anchors of the uses of each term, by chapter."""
    uses: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for document in documents:
        for node in document.tree.findall(nodes.reference):
            goal = node.get("refid", "")
            chapter = anchor(document.docname).partition("~")[0]
            inside = goal and goal.partition("~")[0] != chapter
            if inside and is_term(node) and document.part_number:
                uses[goal][chapter].append(node["ids"][-1])
    return uses


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
    places: Iterable[tuple[str, bool]],
    numbers: Mapping[str, int],
    link: Callable[[str], str],
    separator: str = ", ",
) -> str:
    """Pages as markup: sorted, runs of three or more as ranges ("7–9"), main places bold.

    :param link: gives the markup that begins a link to an anchor.
    :param separator: what stands between two pages.
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
    return separator.join(texts)


def index_story(client: Any, letters: Sequence[tuple[str, list[Entry]]]) -> list[Flowable]:
    """The index as columns that go on from page to page."""
    style, head = client.styles["index-entry"], client.styles["index-letter"]
    lines: list[Line] = []
    for letter, entries in letters:
        lines.append(
            Line(client.words(_words(letter), head, role="H2"), True, space_before=head.spaceBefore)
        )
        letter_list = client.tags.leaf("L")
        for entry in (_joined(entry, comma(client.theme.language)) for entry in entries):
            with client.tags.at(letter_list), client.tags.within("LI"), client.tags.within("LBody"):
                lines += _entry_lines(client, entry, style)
    count = _COLUMNS.get(client.theme.size, 2)
    return [Columns(lines, count, _GAP, client.theme.direction)]


def _entry_lines(client: Any, entry: Entry, style: Any) -> list[Line]:
    """An entry and its sub-entries."""
    indent = style.fontSize * 1.1

    @functools.cache
    def again() -> Flowable:
        words = _words(_("%s (continued)") % entry.words)
        said: Flowable = client.words(words, _hanging(style, 2 * indent))
        return said

    lines = [Line(_line(client, entry, style, 0.0, 2 * indent), leads=bool(entry.entries))]
    with client.tags.within("L"):
        for sub in entry.entries:
            with client.tags.within("LI"), client.tags.within("LBody"):
                flowable = _line(client, sub, style, indent, indent, entry.words)
            lines.append(Line(flowable, again=again))
    return lines


def _joined(entry: Entry, separator: str) -> Entry:
    """An entry that says no more than where to look says it on its own line."""
    if entry.places or len(entry.entries) != 1 or entry.entries[0].places:
        return entry
    return Entry(f"{entry.words}{separator}{entry.entries[0].words}")


def _line(
    client: Any, entry: Entry, style: Any, left: float, hang: float, above: str = ""
) -> Flowable:
    told = f"{above}, {entry.words}" if above else entry.words

    def link(key: str) -> str:
        return str(client.link(f"#{key}", told))

    separator = comma(client.theme.language)
    pages = page_list(entry.places, client.numbers, link, separator) if client.numbers else "88"
    text = _words(entry.words)
    if entry.places:
        # A full-width comma has its own white.
        text += f"{separator}{pages}" if separator[-1] != " " else f"{separator[:-1]}&nbsp; {pages}"
    return Stack(
        [client.words(text, _hanging(style, hang))],
        (0, 0, style.fontSize * 0.12, left),
    )


@functools.cache
def _hanging(style: Any, hang: float) -> Any:
    hanging = copy(style)
    hanging.leftIndent, hanging.firstLineIndent = hang, -hang
    return hanging


def _words(text: str) -> str:
    return markup(text, nodes.paragraph())
