"""One output (a book, a handout, a card): its documents in, its PDF out, pass by pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable, PageBreak
from reportlab.platypus.doctemplate import LayoutError

from handbook.edition import Edition
from handbook.errors import HandbookError
from handbook.printing.assemble import Document
from handbook.printing.contents import (
    booklet_contents,
    contents,
    part_opening,
    parts_of,
    place_of,
    place_of_index,
)
from handbook.printing.frontmatter import (
    Copy,
    copy_marks,
    cover,
    handout_head,
    notes_page,
    title_page,
)
from handbook.printing.index import Entry, index_story, with_uses
from handbook.printing.markup import unprintable
from handbook.printing.pages import Feet, Here, Laid, PageKind, Pages, Properties, Turn
from handbook.printing.paragraph import TaggedParagraph
from handbook.printing.qr import check_beside
from handbook.printing.theme import CARD_SIZES, Theme
from handbook.printing.typesetter import Typesetter
from handbook.translation.interface import _
from handbook.translation.notices import is_untranslated

#: Page numbers settle in three passes as a rule. A book that still swings after so many has room
#: kept for its numbers from then on, so that no number can move a line; then two more suffice.
FREE_PASSES = 6
MOST_PASSES = FREE_PASSES + 3


@dataclass(frozen=True)
class Output:
    """What is to be printed.

    :param kind: "book", "press", "review", "booklet", "handout" or "card". The first document of a
        book, press or review copy is its welcome.
    :param path: where the PDF goes.
    :param source: folder that picture addresses start from.
    :param index: the index of a book, by letter.
    :param sheets: documents that are one-page sheets of their own.
    :param edition: what this very output is.
    :param notes: pages with lines to write on, at the end of a booklet.
    """

    kind: str
    path: Path
    edition: Edition
    look: Theme
    documents: Sequence[Document]
    copy: Copy
    feet: Feet
    properties: Properties
    source: Path
    index: Sequence[tuple[str, list[Entry]]] = ()
    sheets: frozenset[str] = frozenset()
    notes: int = 0


def lay_out(output: Output) -> Laid:
    """Lay the output out; a card in the largest type with which it fits on its page.

    In large print it takes as many pages as it needs.

    :raises HandbookError: as :func:`_settle`; a card that takes more than one page in 12 pt.
    """
    if output.look.size != "card":
        return _settle(output)
    for size in CARD_SIZES:
        laid = _settle(replace(output, look=replace(output.look, body=size)))
        if laid.pages == 1:
            return laid
    raise HandbookError(
        f"{output.documents[0].docname}.md",
        f"this sheet takes {laid.pages} pages on {output.look.paper}, and must fit on one",
        "Shorten it.",
    )


def _settle(output: Output) -> Laid:
    """Lay the output out, pass by pass, until no page number moves.

    :raises HandbookError: a part that no page can hold; page numbers that never settle.
    """
    story_of: Callable[[Typesetter], list[Flowable]] = _STORIES[output.kind](output)
    numbers: Mapping[str, int] = {}
    known: dict[tuple[type[TaggedParagraph], str, int, str], TaggedParagraph] = {}
    rehearsals = 2 if output.kind in _WITH_COVER else 1
    for number in range(MOST_PASSES):
        pages = Pages(output.look, output.feet, output.properties)
        client = Typesetter(output.look, numbers, pages.room, output.source)
        client.frozen = number >= FREE_PASSES
        client.known = known
        pages.rehearsal = number < rehearsals  # no numbers yet, or not all of them
        if output.kind in _WITH_COVER:
            pages.kind = "cover"
        story = story_of(client) + client.left_over()
        try:
            laid = pages.lay(story, client.tags)
        except LayoutError as error:
            raise _too_large(pages.current, output) from error
        if laid.anchors == numbers and not pages.rehearsal:
            break
        numbers = laid.anchors
    else:
        raise HandbookError(
            output.path.name,
            f"page numbers still move after {MOST_PASSES} passes",
            "Reword a line near a cross reference, so that it keeps its page.",
        )
    return laid


def _too_large(flowable: Flowable | None, output: Output) -> HandbookError:
    origin = getattr(flowable, "origin", None)
    problem = "a part is larger than a page and cannot be divided"
    remedy = "Shorten it, or divide it in two."
    if origin is not None:
        return unprintable(origin, problem, remedy)
    return HandbookError(output.path.name, problem, remedy)


def _book(output: Output) -> Callable[[Typesetter], list[Flowable]]:
    welcome, *chapters = output.documents
    parts = parts_of(chapters)
    index = with_uses(output.index, (one for one in chapters if one.docname not in output.sheets))

    def story(client: Typesetter) -> list[Flowable]:
        flowables = cover(client, output.copy)
        flowables += title_page(client, output.copy)
        flowables += [PageKind("body"), PageBreak(), *_chapter(client, welcome)]
        flowables += [PageBreak(), *contents(client, parts)]
        for part in parts:
            dressed = client.dressed(replace(client.theme, part=part.number), outline=1)
            flowables += part_opening(dressed, part, place_of(part, parts))
            for document in part.documents:
                flowables += _in_part(output, dressed, document)
        flowables += [PageKind("body"), PageBreak(), Here(place_of_index(parts))]
        flowables.append(client.front_heading(_("Index"), "index"))
        with client.tags.within("Index"):
            return flowables + index_story(client, index)

    return story


def _in_part(output: Output, client: Typesetter, document: Document) -> list[Flowable]:
    """A chapter of a part, from a new page on."""
    # Large print keeps its type, and so needs more than one page for a sheet; a review copy has
    # notes beside it.
    sheet = document.docname in output.sheets and output.look.size == "standard"
    story = _sheet(client, document) if sheet else _chapter(client, document)
    return [PageKind("card" if sheet else "body"), PageBreak(), *story]


def _booklet(output: Output) -> Callable[[Typesetter], list[Flowable]]:
    def story(client: Typesetter) -> list[Flowable]:
        flowables = cover(client, output.copy)
        flowables += [PageKind("body"), PageBreak(), *booklet_contents(client, output.documents)]
        for document in output.documents:
            dressed = client.dressed(replace(client.theme, part=document.part_number))
            flowables += [PageBreak(), *_chapter(dressed, document)]
        for _page in range(output.notes):
            flowables += [PageBreak(), *notes_page(client)]
        return flowables

    return story


def _handout(output: Output) -> Callable[[Typesetter], list[Flowable]]:
    def story(client: Typesetter) -> list[Flowable]:
        flowables = handout_head(client, output.copy)
        for document in output.documents:
            dressed = client.dressed(replace(client.theme, part=document.part_number))
            flowables += _chapter(dressed, document)
        return flowables

    return story


def _card(output: Output) -> Callable[[Typesetter], list[Flowable]]:
    def story(client: Typesetter) -> list[Flowable]:
        (document,) = output.documents
        flowables = _chapter(client, document)
        if output.look.size == "large":  # whose feet are no text, as a card's are
            marks = copy_marks(client, output.copy)
            flowables.append(check_beside(client, marks, output.copy.check))
        return flowables

    return story


def _sheet(client: Typesetter, document: Document) -> list[Flowable]:
    """A one-page sheet within the book, in the type of a card."""
    look = replace(client.theme, size="card", body=CARD_SIZES[-1])
    return _chapter(client.dressed(look), document)


def _chapter(client: Typesetter, document: Document) -> list[Flowable]:
    if client.theme.direction == "rtl" and is_untranslated(document.tree):
        client = client.dressed(replace(client.theme, turned=True))
        return [Turn(True), *_chapter(client, document), Turn(False)]
    client.depth = 0
    client.anchor([document.tree["ids"][0]] if document.tree.get("ids") else [])
    client.anchor([f"{document.docname.replace('/', '.')}~"])
    flowables: list[Any] = client.gen_elements(document.tree)
    return flowables + client.left_over()


_STORIES = {
    "book": _book,
    "press": _book,
    "review": _book,
    "booklet": _booklet,
    "handout": _handout,
    "card": _card,
}
_WITH_COVER = {"book", "press", "review", "booklet"}
