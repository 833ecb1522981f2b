"""Fonts: take a text, give it back with each character in a font that has it, or fail.

The files stand in ``fonts/`` with their licences. A character that no font has is an error, never
a black box on paper.
"""

from __future__ import annotations

import functools
from itertools import groupby
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from svglib.fonts import register_font as register_svg_font

FOLDER = Path(__file__).parent / "fonts"
#: The family of running text, and those that fill in what it lacks, in order.
TEXT = "AtkinsonHyperlegibleNext"
FALLBACKS = ("NotoSans",)
_FILES = {
    TEXT: ("Regular", "Bold", "Italic", "BoldItalic"),
    # Noto Sans comes upright only: it fills in single characters, where slant does not matter.
    "NotoSans": ("Regular", "Bold", "Regular", "Bold"),
}
#: What drawings (SVG) call the text family.
_SVG_FAMILY = "Atkinson Hyperlegible Next"
#: Marks of direction and joining steer layout and draw nothing.
INVISIBLE = {0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0xAD}


class MissingGlyph(ValueError):
    """A character that no font of the handbook has."""

    def __init__(self, character: str, text: str) -> None:
        self.character = character
        super().__init__(
            f"no print font has the character {character!r} (U+{ord(character):04X}) "
            f"in “{text.strip()[:60]}”"
        )


@functools.cache
def register() -> None:
    """Make every font known to ReportLab and to svglib, once a process."""
    for family, styles in _FILES.items():
        names = [f"{family}-{style}" for style in styles]
        for name in dict.fromkeys(names):
            pdfmetrics.registerFont(TTFont(name, str(FOLDER / f"{name}.ttf")))
        regular, bold, italic, bold_italic = names
        for alias in (family, regular):
            addMapping(alias, 0, 0, regular)
            addMapping(alias, 1, 0, bold)
            addMapping(alias, 0, 1, italic)
            addMapping(alias, 1, 1, bold_italic)
    for weight, style, name in (
        ("normal", "normal", "Regular"),
        ("bold", "normal", "Bold"),
        ("normal", "italic", "Italic"),
    ):
        register_svg_font(
            _SVG_FAMILY,
            str(FOLDER / f"{TEXT}-{name}.ttf"),
            weight=weight,
            style=style,
            rlgFontName=f"{TEXT}-{name}",
        )


@functools.cache
def _characters(family: str) -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(f"{family}-Regular").face.charToGlyph)


@functools.cache
def family_for(character: str) -> str | None:
    """The first family that has the character; None where none has."""
    for family in (TEXT, *FALLBACKS):
        if ord(character) in _characters(family):
            return family
    return None


@functools.cache
def _plain() -> frozenset[int]:
    """The visible characters of the text family."""
    return _characters(TEXT) - INVISIBLE


def runs(text: str) -> list[tuple[str, str]]:
    """Cut a text into (family, run of characters that this family draws).

    Marks of direction are left out, and white space stays in the run before it.

    :raises MissingGlyph: a character that no font has.
    """
    if _plain().issuperset(map(ord, text)):  # nearly every text, and much quicker
        return [(TEXT, text)] if text else []
    visible = "".join(c for c in text if ord(c) not in INVISIBLE)
    families: list[str] = []
    for character in visible:
        family = TEXT if character in "\n\t" else family_for(character)
        if family is None:
            raise MissingGlyph(character, text)
        families.append(family)
    pairs = zip(families, visible, strict=True)
    return [(family, "".join(c for _, c in run)) for family, run in groupby(pairs, lambda p: p[0])]
