"""A font file and a run of text in; its glyphs with their places out (HarfBuzz).

All lengths are thousandths of the type size.
"""

from __future__ import annotations

import functools
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from handbook.printing.scripts.squeeze import narrowed

#: The number of a glyph that draws nothing.
EMPTY = -1
#: Stands for a glyph's share of a character that another glyph of the same cluster already is.
_NOTHING_MORE = "\N{ZERO WIDTH SPACE}"


class Glyph(NamedTuple):
    """A glyph as it is set.

    :ivar number: its place in the font; :data:`EMPTY` draws nothing.
    :ivar text: the characters that it stands for.
    :ivar advance: from its origin to that of the glyph at its right.
    :ivar dx: how far it is shifted to the right, likewise ``dy`` up.
    """

    number: int
    text: str
    advance: float
    dx: float
    dy: float


class Shaped(NamedTuple):
    """A run in one font and one direction: its glyphs from left to right, and its width."""

    glyphs: tuple[Glyph, ...]
    width: float
    rtl: bool


class Face:
    """A static TrueType font.

    :ivar name: the file's name without its suffix, such as "NotoSansSC-Bold".
    :ivar characters: the code points that it has.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(path)))
        self.characters = frozenset(self.hb_face.unicodes)
        self._font = hb.Font(self.hb_face)
        self._scale = 1000 / self.hb_face.upem
        self._shaped: dict[tuple[str, bool, str, str, str], Shaped] = {}

    @functools.cached_property
    def extents(self) -> tuple[float, float]:
        """Ascent and (negative) descent."""
        extents = self._font.get_font_extents("ltr")
        return extents.ascender * self._scale, extents.descender * self._scale

    def nominal(self, number: int) -> float:
        """A glyph's own width, by the font's tables."""
        return float(self._font.get_glyph_h_advance(number) * self._scale)

    def shape(
        self, text: str, *, rtl: bool = False, language: str = "", before: str = "", after: str = ""
    ) -> Shaped:
        """Set a run of text.

        :param language: BCP 47; some letters differ by it (Turkish i).
        :param before: what stands before the run in the same word, so that letters join with it;
            likewise ``after``.
        """
        key = (text, rtl, language, before, after)
        found = self._shaped.get(key)
        if found is None:
            found = self._shaped[key] = self._shape(*key)
        return found

    def _shape(self, text: str, rtl: bool, language: str, before: str, after: str) -> Shaped:
        buffer = hb.Buffer()
        # Marks get clusters of their own, so that each glyph knows its characters.
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(before + text + after, len(before), len(text))
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.guess_segment_properties()
        if language:
            buffer.language = language
        halves = narrowed(before, text, after)
        hb.shape(self._font, buffer, {"halt": halves} if halves else {})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        if not infos:
            return Shaped((), 0.0, rtl)
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(before) + len(text)], strict=True))
        whole, scale = before + text, self._scale
        glyphs: list[Glyph] = []
        pairs = zip(infos, positions, strict=True)
        for start, cluster in groupby(pairs, lambda pair: int(pair[0].cluster)):
            shown = whole[start : ends[start]]
            drawn = [
                Glyph(
                    info.codepoint,
                    _NOTHING_MORE if place else shown,
                    position.x_advance * scale,
                    position.x_offset * scale,
                    position.y_offset * scale,
                )
                for place, (info, position) in enumerate(cluster)
            ]
            glyphs += _spread(drawn, shown) if rtl and len(shown) > 1 else drawn
        return Shaped(tuple(glyphs), sum(glyph.advance for glyph in glyphs), rtl)


def _spread(cluster: list[Glyph], text: str) -> list[Glyph]:
    """The glyphs of several characters of a script from right to left as one glyph a character.

    Programs that read a PDF turn such text round character by character, and would turn round the
    characters of one glyph as well. A ligature is drawn by its first letter's glyph; marks are
    drawn by their own. Each letter has its share of the width.

    :param cluster: from left to right; ``text``: in the order of reading.
    """
    pen = 0.0
    marks: list[tuple[Glyph, float]] = []
    letters: list[tuple[Glyph, float]] = []
    for glyph in cluster:
        (letters if glyph.advance else marks).append((glyph, pen + glyph.dx))
        pen += glyph.advance
    share = pen / max(1, sum(not unicodedata.combining(character) for character in text))
    found: list[tuple[str, tuple[Glyph, float] | None, float]] = []
    for character in text:
        mark = bool(unicodedata.combining(character))
        waiting = marks if mark else letters
        found.append((character, waiting.pop() if waiting else None, 0.0 if mark else share))
    placed = []
    pen = 0.0
    for character, drawn, advance in reversed(found):
        if drawn is None:
            placed.append(Glyph(EMPTY, character, advance, 0.0, 0.0))
        else:
            glyph, x = drawn
            placed.append(Glyph(glyph.number, character, advance, x - pen, glyph.dy))
        pen += advance
    return placed
