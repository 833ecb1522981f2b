"""The review copy: each statement numbered, and beside it what backs it.

A clinician reads the chapter in one column and, in the wide margin, the sources of each statement
with what they say; a small box beside each is ticked when it is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from handbook.printing import fonts, theme
from handbook.printing.markup import markup
from handbook.printing.paragraph import TaggedParagraph
from handbook.printing.tags import Structure
from handbook.printing.theme import Theme
from handbook.sources.bibliography import Source
from handbook.sources.claim_notes import NO_CLAIM, notes_of, repeated_document
from handbook.translation.interface import _

_NOT_STATED_HERE = {"sources", "box-words", "actions-brief"}
#: Sizes of the notes' type, the largest with which a page's notes fit beside it: this copy is for
#: the clinic's staff, not for patients.
_TYPES = (9.0, 8.0, 7.0, 6.0)
_GAP = 18.0  # between the text and the notes


@dataclass(frozen=True)
class Beside:
    """What stands beside a statement: its number in the chapter, and a line for each source."""

    number: int
    lines: tuple[str, ...]


def number_statements(tree: nodes.document, sources: Mapping[str, Source]) -> None:
    """Number the statements of a chapter and put what backs each on its paragraph, in place.

    An action row, a row of a table and an item of a list are one statement each. What backs a whole
    list or table stands beside its first statement.
    """
    found: dict[int, tuple[nodes.paragraph, list[str]]] = {}
    for paragraph in tree.findall(nodes.paragraph):
        above = list(_ancestors(paragraph))
        if any(_is_left_out(node) for node in above) or not paragraph.astext().strip():
            continue
        unit = next((node for node in above if _is_unit(node)), paragraph)
        first, lines = found.setdefault(id(unit), (paragraph, []))
        backing = [line for node in [paragraph, *above] for line in _backing(node, sources)]
        lines += backing or _cited(paragraph, sources)
        for node in above:  # told once, at the first statement
            for name in ("says", "claim"):
                node.attributes.pop(name, None)
    for number, (first, lines) in enumerate(found.values(), start=1):
        first["beside"] = Beside(number, tuple(dict.fromkeys(lines)))


def _is_left_out(node: nodes.Element) -> bool:
    classes: list[str] = node.get("classes", [])
    return isinstance(node, nodes.thead) or bool(_NOT_STATED_HERE.intersection(classes))


def _is_unit(node: nodes.Element) -> bool:
    return isinstance(node, nodes.row | nodes.list_item) or "action" in node.get("classes", ())


def _ancestors(node: nodes.Node) -> Iterable[nodes.Element]:
    above = node.parent
    while isinstance(above, nodes.Element):
        yield above
        above = above.parent


def _backing(node: nodes.Element, sources: Mapping[str, Source]) -> list[str]:
    lines: list[str] = [
        f"{_name(sources[note.key])} {note.locator}: {note.words}"
        for note in notes_of(node)
        if note.key in sources
    ]
    return [*lines, *([_declared(node["claim"])] if "claim" in node else [])]


def _declared(claim: str) -> str:
    if claim == NO_CLAIM:
        return _("Makes no clinical claim")
    document = repeated_document(claim)
    return f"{_('Repeats the chapter')}: {document}" if document else _("Repeats the chapter")


def _cited(paragraph: nodes.paragraph, sources: Mapping[str, Source]) -> list[str]:
    keys: list[str] = []
    for cite in paragraph.findall(nodes.superscript):
        keys += cite.get("cite_keys", [])
    return [_name(sources[key]) for key in keys if key in sources]


def _name(source: Source) -> str:
    who = source.publisher or (source.authors[0] if source.authors else "")
    year = f" ({source.dated[:4]})" if source.dated else ""
    return f"{who}: {source.title}{year}." if who else f"{source.title}{year}."


def draw_beside(
    canvas: Any, placed: Sequence[tuple[float, Beside]], look: Theme, tags: Structure, bottom: float
) -> None:
    """Draw the notes of a page beside their statements; where they are too close, further down.

    :param placed: (height of the statement's top on the page, what stands beside it).
    :param bottom: how far down notes may go.
    """
    left = look.inner + look.text_width + _GAP
    ordered = sorted(placed, key=lambda pair: (-pair[0], pair[1].number))
    for size in _TYPES:
        notes = [
            (top, beside.number, *_note(canvas, beside, size, look.width - left - _GAP - 14, tags))
            for top, beside in ordered
        ]
        if sum(note[3] + 3 for note in notes) < look.height - bottom - _GAP:
            break
    floor = [bottom] * (len(notes) + 1)
    for place in range(len(notes) - 1, -1, -1):  # a note leaves room for those below it
        floor[place] = floor[place + 1] + notes[place][3] + 3
    y = look.height - _GAP
    for place, (top, number, note, height) in enumerate(notes):
        y = min(y - 3, max(top, floor[place]))
        _draw_number(canvas, number, look.inner - 10, top)
        _draw_tick_box(canvas, look.width - _GAP - 8, y)
        note.drawOn(canvas, left, y - height)
        y -= height


def _note(
    canvas: Canvas, beside: Beside, size: float, width: float, tags: Structure
) -> tuple[TaggedParagraph, float]:
    """A note and its height."""
    style = ParagraphStyle(
        "beside", fontName=f"{fonts.TEXT}-Regular", fontSize=size, leading=size * 1.25,
        textColor=theme.INK,
    )  # fmt: skip
    lines = "<br/>".join(markup(line, nodes.paragraph()) for line in beside.lines)
    note = TaggedParagraph(f"<b>{beside.number}</b>&nbsp; {lines}", style)
    note.element = tags.leaf("P")
    return note, note.wrapOn(canvas, width, 1e6)[1]


def _draw_number(canvas: Canvas, number: int, right: float, top: float) -> None:
    canvas.setFillColor(theme.GREY)
    canvas.setFont(f"{fonts.TEXT}-Bold", _TYPES[0])
    canvas.drawRightString(right, top - _TYPES[0] - 2, str(number))


def _draw_tick_box(canvas: Canvas, left: float, top: float) -> None:
    canvas.setStrokeColor(theme.INK)
    canvas.setLineWidth(0.7)
    canvas.rect(left, top - 9, 8, 8, stroke=1, fill=0)
