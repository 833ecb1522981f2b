"""Pieces of styled text in; lines that fit a width out, each a list of shaped runs.

A paragraph's text is cut into segments between which a line may be broken. A segment is a few
pieces: runs of one style, one font and one direction. Everything stays in logical order until a
line is drawn. Lengths are points.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from handbook.printing import fonts
from handbook.printing.scripts import direction, hyphens
from handbook.printing.scripts.breaks import opportunities
from handbook.printing.scripts.faces import Face, Shaped
from handbook.printing.scripts.squeeze import OPENINGS, ends_full, lead, squeezing

#: A word is divided where the line would else end this much of its width too early.
BAD_RAG = 0.14
#: A line may be this much too long, for the sake of rounding.
_FUZZ = 0.01
#: Marks that steer layout only; those that join or part letters go to the shaping.
_UNSHOWN = {code: None for code in fonts.INVISIBLE if code not in {0x200C, 0x200D}}
_SOFT_HYPHEN = "\u00ad"


class Type(NamedTuple):
    """How a stretch of text is set.

    :ivar font: a name of the text family, such as "AtkinsonHyperlegibleNext-Bold".
    :ivar links: ReportLab's (number, address) pairs of the links round it.
    """

    font: str
    size: float
    color: Any = None
    rise: float = 0.0
    links: tuple[tuple[int, str], ...] = ()

    def same(self) -> Type:
        """One object for all that are equal, so that they are told apart quickly."""
        return self if self.links else _types.setdefault(self, self)


_types: dict[Type, Type] = {}


class Piece(NamedTuple):
    """A shaped run of one type, font and direction."""

    text: str
    shaped: Shaped
    face: Face
    type: Type
    level: int
    width: float

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(slots=True)
class Segment:
    """What stands between two places where a line may be broken.

    :ivar blanks: the spaces that end it; they are dropped at a line's end.
    :ivar forced: a new line begins after it.
    :ivar anchors: names of places that are at its start.
    :ivar lead: the white half of the Chinese opening punctuation that it begins with; a line that
        starts with it is set so much further out, so that its edge is even.
    """

    pieces: list[Piece]
    blanks: list[Piece]
    width: float
    blank_width: float
    forced: bool = False
    anchors: list[str] = field(default_factory=list)
    lead: float = 0.0


@dataclass(slots=True)
class Line:
    """A line: its segments, and the width of what is seen of it.

    :ivar start: the place of its first segment among the paragraph's.
    :ivar tail: the rest of a divided word that it begins with.
    """

    segments: list[Segment]
    width: float
    start: int
    tail: Segment | None = None
    divided: bool = False

    @property
    def lead(self) -> float:
        """How much of it hangs outside at its start."""
        return self.segments[0].lead if self.segments else 0.0

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces in logical order, the blanks at its end too."""
        for segment in self.segments:
            yield from segment.pieces
            yield from segment.blanks


@dataclass
class Text:
    """A paragraph's text as it was written: logical order, white space collapsed.

    :ivar stretches: (from, to, type), one after the other.
    :ivar together: parts that are never broken.
    :ivar anchors: (place, name); ``forced``: places where a new line begins.
    """

    text: str = ""
    stretches: list[tuple[int, int, Type]] = field(default_factory=list)
    together: list[tuple[int, int]] = field(default_factory=list)
    anchors: list[tuple[int, str]] = field(default_factory=list)
    forced: list[int] = field(default_factory=list)


class _Item(NamedTuple):
    """A stretch of one type, one level and one font.

    :ivar known: the pieces that were made of this type, level and font before, by their text.
    """

    start: int
    end: int
    type: Type
    level: int
    face: Face
    known: dict[str, Piece]


_known: dict[tuple[Face, Type, int, str], dict[str, Piece]] = {}


def _piece(item: _Item, text: str, language: str, before: str = "", after: str = "") -> Piece:
    """A shaped run.

    :param before: the letter before it in the same word, where the type changes within the word,
        since letters join across the change; likewise ``after``.
    """
    found = item.known.get(text)
    if found is None or before or after:
        shown = text.translate(_UNSHOWN)
        rtl = item.level % 2 == 1
        shaped = item.face.shape(shown, rtl=rtl, language=language, before=before, after=after)
        width = shaped.width * item.type.size / 1000
        found = Piece(shown, shaped, item.face, item.type, item.level, width)
        if not (before or after):
            item.known[text] = found
    return found


def segments(source: Text, *, rtl: bool, language: str) -> list[Segment]:
    """Cut a paragraph into segments and shape them.

    :param rtl: the direction of the paragraph; ``language``: BCP 47, of its letters.
    :raises MissingGlyph: a character that no font has.
    """
    text = source.text
    levels = direction.levels(text, rtl=rtl)
    items = list(_items(source, levels, fonts.families(text, language), language))
    chinese = language.startswith("zh")
    ends = [*opportunities(text, source.together), len(text)]
    forced = set(source.forced)
    if forced:
        ends = sorted({*ends, *forced})
    found: list[Segment] = []
    start = at = 0
    for end in ends:
        if end == start:
            continue
        visible = start + len(text[start:end].rstrip(" "))
        item = items[at]
        while item.end <= start:
            at += 1
            item = items[at]
        if end <= item.end:  # nearly every one
            after = squeezing(text, visible) if chinese else ""
            pieces = (
                [_piece(item, text[start:visible], language, after=after)]
                if visible > start
                else []
            )
            blanks = [_piece(item, text[visible:end], language)] if end > visible else []
        else:
            pieces = _pieces(items[at:], text, start, visible, language)
            blanks = _pieces(items[at:], text, visible, end, language)
        if chinese and pieces and (ends_full(pieces[-1].shaped) or text[end : end + 1] in OPENINGS):
            blanks = []  # the punctuation has its own white
        segment = Segment(
            pieces,
            blanks,
            sum([run.width for run in pieces]),
            sum([run.width for run in blanks]),
            end in forced,
        )
        if chinese and pieces:
            segment.lead = lead(pieces[0].shaped) * pieces[0].type.size / 1000
        found.append(segment)
        start = end
    if source.anchors:
        _place_anchors(source, found, ends)
    return found


def _pieces(items: list[_Item], text: str, start: int, end: int, language: str) -> list[Piece]:
    """The pieces of a part of a text that may have several types, fonts and levels."""
    found = []
    for item in items:
        first, last = max(start, item.start), min(end, item.end)
        if first >= end:
            break
        if first >= last:
            continue
        before = text[first - 1].strip() if first > start and item.level % 2 else ""
        after = text[last].strip() if last < end and item.level % 2 else ""
        after = after or (squeezing(text, last) if language.startswith("zh") else "")
        run = _piece(item, text[first:last], language, before, after)
        if run.text:
            found.append(run)
    return found


def _items(
    source: Text, levels: list[int] | None, families: list[tuple[int, str]], language: str
) -> Iterator[_Item]:
    cuts = {place for place, _family in families}
    if levels is not None:
        cuts |= {at for at in range(1, len(levels)) if levels[at] != levels[at - 1]}
    named = dict(families)
    family = families[0][1] if families else fonts.TEXT
    for first, last, type_ in source.stretches:
        style = fonts.style_of(type_.font)
        inner = sorted(cut for cut in cuts if first < cut < last) if len(cuts) > 1 else []
        place = first
        for stop in [*inner, last]:
            family = named.get(place, family)
            face = fonts.face(fonts.named_family(type_.font) or family, style)
            level = levels[place] if levels is not None else 0
            # Links are numbered anew all the time: what is in one is not remembered.
            key = (face, type_, level, language)
            known = {} if type_.links else _known.setdefault(key, {})
            yield _Item(place, stop, type_, level, face, known)
            place = stop


def _place_anchors(source: Text, found: list[Segment], ends: Sequence[int]) -> None:
    if not found:
        if source.anchors:
            found.append(Segment([], [], 0, 0, anchors=[name for _at, name in source.anchors]))
        return
    kept = [end for number, end in enumerate(ends) if end > (ends[number - 1] if number else 0)]
    for at, name in source.anchors:
        number = next((n for n, end in enumerate(kept) if at < end), len(found) - 1)
        found[number].anchors.append(name)


def fill(
    found: Sequence[Segment], first_width: float, width: float, *, hyphenate: str = ""
) -> list[Line]:
    """Break into lines, each as full as it can be.

    :param first_width: room of the first line, ``width`` of the others.
    :param hyphenate: the language (BCP 47) of the hyphenation; "" for none.
    """
    lines: list[Line] = []
    line = Line([], 0.0, 0)
    room = first_width
    at = 0
    tail: Segment | None = None
    while at < len(found):
        segment = tail or found[at]
        gap = line.segments[-1].blank_width if line.segments else -segment.lead
        if line.width + gap + segment.width <= room + _FUZZ:
            line.segments.append(segment)
            line.width += gap + segment.width
            at, tail = at + 1, None
            full = segment.forced and at < len(found)
        else:
            left = room - line.width - gap
            parts = None
            if hyphenate and left > BAD_RAG * room and not (lines and lines[-1].divided):
                parts = _hyphenated(segment, left, hyphenate)
            if parts is None and not line.segments:
                parts = _torn(segment, room)
            if parts is not None:
                line.segments.append(parts[0])
                line.width += gap + parts[0].width
                line.divided = True
                tail = parts[1]
            full = True
        if full:
            lines.append(line)
            line = Line([], 0.0, at, tail)
            room = width
    if line.segments or not lines:
        lines.append(line)
    return lines


def final_space(found: Sequence[Segment]) -> None:
    """End a paragraph with a space: tagged text has one where words end (ISO 32000-1, 14.8.2.5)."""
    last = next((segment for segment in reversed(found) if segment.pieces), None)
    if last is not None and not last.blanks:
        run = last.pieces[-1]
        shaped = run.face.shape(" ")
        width = shaped.width * run.type.size / 1000
        last.blanks = [Piece(" ", shaped, run.face, run.type, run.level, width)]
        last.blank_width = width


def rest(found: Sequence[Segment], line: Line) -> list[Segment]:
    """The segments from the start of a line on."""
    if line.tail is not None:
        return [line.tail, *found[line.start + 1 :]]
    return list(found[line.start :])


# ---- words that are too long --------------------------------------------------------------------


def _hyphenated(segment: Segment, room: float, language: str) -> tuple[Segment, Segment] | None:
    """A word's parts before and after a hyphen, the first as long as the room allows."""
    if len({run.type for run in segment.pieces}) != 1:
        return None
    word = "".join(run.text for run in segment.pieces)
    for place in hyphens.places(word, language):
        head, tail = _cut(segment, place)
        last = head.pieces[-1]
        dash = last.face.shape("-")
        glyphs = tuple(glyph._replace(text=_SOFT_HYPHEN) for glyph in dash.glyphs)
        width = dash.width * last.type.size / 1000
        if head.width + width <= room:
            shown = _hyphen(last.face, glyphs, dash.width)
            head.pieces.append(Piece("-", shown, last.face, last.type, last.level, width))
            head.width += width
            return head, tail
    return None


@functools.cache
def _hyphen(_face: Face, glyphs: tuple[Any, ...], width: float) -> Shaped:
    """One object for each font: what is drawn is known by it."""
    return Shaped(glyphs, width, rtl=False)


def _torn(segment: Segment, room: float) -> tuple[Segment, Segment] | None:
    """A word that no line can hold, in two: the first part as long as the room allows."""
    length = sum(len(run.text) for run in segment.pieces)
    if length < 2:
        return None
    fits = bisect_right(range(1, length), room, key=lambda place: _cut(segment, place)[0].width)
    return _cut(segment, max(1, fits))


def _cut(segment: Segment, place: int) -> tuple[Segment, Segment]:
    """The segment's first ``place`` characters, and the others."""
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    for run in segment.pieces:
        for side, text in enumerate((run.text[:place], run.text[max(0, place) :])):
            if not text:
                continue
            shaped = run.face.shape(text, rtl=run.level % 2 == 1)
            width = shaped.width * run.type.size / 1000
            sides[side].append(Piece(text, shaped, run.face, run.type, run.level, width))
        place = max(0, place - len(run.text))
    head, tail = (Segment(pieces, [], sum(run.width for run in pieces), 0.0) for pieces in sides)
    head.anchors = segment.anchors
    tail.blanks, tail.blank_width = segment.blanks, segment.blank_width
    tail.forced = segment.forced
    return head, tail


# ---- single lines -------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4096)
def set_line(text: str, font: str, size: float, language: str = "") -> Line:
    """One line of one type, for heads, feet and the words in drawings."""
    whole = Text(text, [(0, len(text), Type(font, size))], together=[(0, len(text))])
    found = segments(whole, rtl=direction.runs_rtl(text, language), language=language)
    width = sum(segment.width + segment.blank_width for segment in found)
    return Line(found, width, 0)
