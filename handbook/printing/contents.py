"""Lists of contents: the book's (parts and chapters), and each part's opening page.

The book's list stays short enough to be read, at 45 chapters too: two levels, on two or three
pages. The sections of each chapter stand on the page that opens its part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from docutils import nodes
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak

from handbook.printing import fonts, theme
from handbook.printing.assemble import Document
from handbook.printing.flowables import LeaderLine, Stack
from handbook.printing.frontmatter import notes_page
from handbook.printing.furniture import Place, draw_text, text_width
from handbook.printing.look import label, opening_rule
from handbook.printing.pages import Here, OpenFront, PageKind
from handbook.printing.theme import part_color
from handbook.translation.interface import _


@dataclass(frozen=True)
class Part:
    """A part of the book.

    :param number: its place, from 1.
    """

    number: int
    title: str
    documents: Sequence[Document]

    @property
    def key(self) -> str:
        """The anchor of its opening page."""
        return f"part-{self.number}"

    @property
    def name(self) -> str:
        """Number and title, for running heads and outlines."""
        return f"{_('Part %s') % self.number} · {self.title}"


def parts_of(documents: Sequence[Document]) -> list[Part]:
    """The parts that documents in reading order make up; those of no part are left out."""
    groups = groupby(documents, key=lambda document: (document.part_number, document.part))
    return [
        Part(number, title, list(members))
        for (number, title), members in groups
        if number and title
    ]


def place_of(part: Part, parts: Sequence[Part]) -> Place:
    """Where a part's pages are. The last thumb mark of a book is the index's."""
    return Place(
        str(part.number),
        parts.index(part),
        len(parts) + 1,
        part_color(part.number),
        part.name,
    )


def place_of_index(parts: Sequence[Part]) -> Place:
    """Where the index's pages are."""
    # Translators: the letters from the first to the last, for the mark of the index
    return Place(_("A–Z"), len(parts), len(parts) + 1, theme.INK, _("Index"))


# ---- the book's list ----------------------------------------------------------------------------


def contents(client: Any, parts: Sequence[Part]) -> list[Flowable]:
    """The list of contents: parts and chapters, each with its page, no part parted."""
    heading = client.front_heading(_("What is in this book"), "contents")
    groups: list[Stack] = []
    whole = client.tags.leaf("TOC")
    for part in parts:
        with client.tags.at(whole):
            head = _part_line(client, str(part.number), part.title, part.key, part.number)
            with client.tags.within("TOC"):
                lines = [_chapter_line(client, document) for document in part.documents]
        groups.append(_group(client, [head, *lines]))
    with client.tags.at(whole):
        mark = place_of_index(parts).thumb
        groups.append(_group(client, [_part_line(client, mark, _("Index"), "index", None)]))
    return [heading, *_balanced(client, groups, heading.style.leading + heading.style.spaceAfter)]


def _balanced(client: Any, groups: Sequence[Stack], above: float) -> list[Flowable]:
    """Groups on as few pages as they need, and about as many lines on each page.

    :param above: height of what stands over the first group on its page.
    """
    heights = [
        group.wrapOn(None, client.theme.text_width, client.room)[1] + group.spaceAfter
        for group in groups
    ]

    def page_starts(room: float) -> list[int]:
        starts, used = [0], above
        for place, height in enumerate(heights):
            if used + height - groups[place].spaceAfter > room and place > starts[-1]:
                starts.append(place)
                used = 0.0
            used += height
        return starts

    fewest = len(page_starts(client.room))
    lowest = (above + sum(heights)) / fewest
    steps = math.ceil((client.room - lowest) / client.theme.step)
    rooms = (client.room - step * client.theme.step for step in range(max(steps, 0), -1, -1))
    starts = next(found for found in map(page_starts, rooms) if len(found) == fewest)
    return [
        flowable
        for place, group in enumerate(groups)
        for flowable in ([PageBreak(), group] if place and place in starts else [group])
    ]


def _group(client: Any, lines: list[Flowable]) -> Stack:
    return Stack(lines, room=client.room, space_after=client.theme.step)


def _part_line(client: Any, chip: str, title: str, key: str, number: int | None) -> Stack:
    """A part's name with its number on a chip of its color, as on the thumb mark."""
    style = client.styles["contents-part"].clone("contents-part-here")
    color = theme.INK if number is None else part_color(number)
    style.textColor = color
    font, size = f"{fonts.TEXT}-Bold", style.fontSize
    wide = max(size * 1.4, text_width(chip, font, size, client.theme.language) + size * 0.6)

    def draw(canvas: Canvas, x: float, baseline: float) -> None:
        x = canvas.left_of(x, wide)
        canvas.setFillColor(color)
        canvas.rect(x, baseline - size * 0.35, wide, size * 1.4, stroke=0, fill=1)
        canvas.setFillColor(theme.WHITE)
        canvas.setFont(font, size)
        left = x + (wide - text_width(chip, font, size, client.theme.language)) / 2
        draw_text(canvas, left, baseline, chip, at_right=False)

    return Stack(
        [_leader_line(client, title, style, key)],
        (0, 0, client.theme.base * 0.3, max(client.theme.base * 1.9, wide + size * 0.4)),
        mark=draw,
        keep_with_next=True,
    )


def _chapter_line(client: Any, document: Document, style: str = "contents-chapter") -> Flowable:
    indent = client.theme.base * 1.9
    number, title = document.number, document.title
    text = f"{number}. {title}" if number else title
    line = _leader_line(client, text, client.styles[style], _key(document))
    return Stack([line], (0, 0, 0, indent)) if style == "contents-chapter" else line


def _key(document: Document) -> str:
    """The anchor of a chapter's heading."""
    first = next(iter(document.tree.findall(nodes.section)))
    return str(first["ids"][0])


def _leader_line(client: Any, text: str, style: Any, key: str) -> LeaderLine:
    with client.tags.within("TOCI"), client.tags.within("Reference"):
        link = client.tags.link(f"#{key}", client.told(text, key))
    words = client.words(label(text), style, element=link)
    return LeaderLine(words, client.page(key), link, 0.0, theme.RULE)


# ---- openings of parts --------------------------------------------------------------------------


def part_opening(client: Any, part: Part, place: Place) -> list[Flowable]:
    """The page that opens a part, at the front of a leaf: its chapters and their sections.

    A back that stays free before it becomes a page for the reader's own notes.
    """
    heading = client.front_heading(part.title, part.key, "part-title", part.name)
    number = client.words(
        label(_("Part %s") % part.number), client.styles["part-number"], element=heading.element
    )
    rule = opening_rule(client.theme.accent, 8)
    story: list[Flowable] = [
        PageKind("plain"),
        OpenFront(notes_page(client)),
        Here(place),
        Stack(
            [number, heading],
            (client.theme.leading, 0, 0, 0),
            backdrop=rule,
            space_after=client.theme.leading * 1.5,
        ),
    ]
    return story + _chapters(client, part.documents)


def booklet_contents(client: Any, documents: Sequence[Document]) -> list[Flowable]:
    """The list of contents of a booklet, which is a part or less of the book."""
    return [
        client.front_heading(_("What is in this book"), "contents"),
        *_chapters(client, documents),
    ]


def _chapters(client: Any, documents: Sequence[Document]) -> list[Flowable]:
    """Chapters with their pages and their sections."""
    story: list[Flowable] = []
    with client.tags.within("TOC"):
        for document in documents:
            line = _chapter_line(client, document, "opening-chapter")
            story.append(_group(client, [line, *_sections(client, document)]))
    return story


def _sections(client: Any, document: Document) -> list[Flowable]:
    """A chapter's sections run on in one paragraph, each with its page.

    Large print leaves them out: a list that goes on over three pages helps nobody to find a page.
    """
    if client.theme.size == "large":
        return []
    found = [section for section in document.tree.findall(nodes.section) if _is_listed(section)]
    if not found:
        return []
    item = client.tags.leaf("TOCI")
    links = []
    for section in found:
        key, title = section["ids"][0], section[0].astext()
        words = label(f"{title}\N{NO-BREAK SPACE}")
        links.append(f"{client.link(f'#{key}', title)}{words}<b>{client.number(key)}</b></a>")
    with client.tags.at(item):
        return [client.words(" · ".join(links), client.styles["opening-sections"])]


def _is_listed(section: nodes.section) -> bool:
    """Whether a list of sections names it: not a chapter, not the sources that end a chapter."""
    parent = section.parent
    second = isinstance(parent, nodes.section) and not isinstance(parent.parent, nodes.section)
    sources = any(
        isinstance(child, nodes.Element) and "sources" in child.get("classes", ())
        for child in section.children
    )
    return second and bool(section["ids"]) and not sources
