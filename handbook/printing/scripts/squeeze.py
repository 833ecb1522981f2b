"""Chinese punctuation: which marks are set half as wide, and what white they have.

A full-width mark has its ink in one half. Where two stand together, or one begins a line, the white
of one is taken away (GB/T 15834; Requirements for Chinese Text Layout, 3.1.6). Widths are
thousandths of the type size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.printing.scripts.faces import Shaped

#: Marks whose ink is in the left half, and those with it in the right half.
_CLOSINGS = frozenset("，。、；：？！）］｝〉》」』】〕〗”’")
OPENINGS = frozenset("（［｛〈《「『【〔〖“‘")
#: The least width of what is set full-width.
_FULL = 900.0


def narrowed(before: str, text: str, after: str) -> list[tuple[int, int, int]]:
    """Where Chinese punctuation is set half as wide: beside other punctuation.

    A closing before a closing ("）。") or an opening ("：“"), and an opening after an opening,
    would else leave holes.
    """
    whole = before + text + after
    places = []
    for place in range(len(before), len(before) + len(text)):
        this, that = whole[place], whole[place + 1 : place + 2]
        if this in _CLOSINGS:
            narrow = that in _CLOSINGS or that in OPENINGS
        else:
            narrow = this in OPENINGS and place > 0 and whole[place - 1] in OPENINGS
        if narrow:
            places.append((place, place + 1, 1))
    return places


def squeezing(text: str, place: int) -> str:
    """The character at a place, if it is a mark that the one before makes room for; else ""."""
    this, that = text[place - 1 : place], text[place : place + 1]
    return that if this in _CLOSINGS and (that in _CLOSINGS or that in OPENINGS) else ""


def ends_full(run: Shaped) -> bool:
    """Whether a run ends with a closing mark and its white half."""
    glyphs = run.glyphs
    return bool(glyphs) and glyphs[-1].text in _CLOSINGS and glyphs[-1].advance > _FULL


def lead(run: Shaped) -> float:
    """The white half of the opening mark that a run begins with; 0 for none."""
    glyphs = run.glyphs
    opens = bool(glyphs) and glyphs[0].text in OPENINGS and glyphs[0].advance > _FULL
    return glyphs[0].advance / 2 if opens else 0.0
