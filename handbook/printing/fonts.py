"""Fonts: a text in, the face of each character out, or an error that names one that none has.

The files stand in ``fonts/`` with their licences. Styles and markup name the text family alone
("AtkinsonHyperlegibleNext-Bold"); which file a character comes from is found here, one by one,
along a list of families that the language puts in order. A character that no font has is an error,
never a black box on paper.
"""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

from handbook.printing.scripts.faces import Face

FOLDER = Path(__file__).parent / "fonts"
#: The family that styles name, and that Latin letters and all digits are set in.
TEXT = "AtkinsonHyperlegibleNext"
ARABIC = "IBMPlexSansArabic"
CHINESE = "NotoSansSC"
FALLBACK = "NotoSans"
#: The family of a language's own letters and punctuation; TEXT for those not named.
_OWN = {"ar": ARABIC, "zh": CHINESE}
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
#: Arabic and Chinese have no slanted letters: what is stressed there is bold. Noto Sans fills in
#: single characters, where slant does not matter.
_FILES = {
    TEXT: dict(zip(STYLES, STYLES, strict=True)),
    ARABIC: dict(zip(STYLES, ("Regular", "Bold", "Bold", "Bold"), strict=True)),
    CHINESE: dict(zip(STYLES, ("Regular", "Bold", "Bold", "Bold"), strict=True)),
    FALLBACK: dict(zip(STYLES, ("Regular", "Bold", "Regular", "Bold"), strict=True)),
}
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
def face(family: str, style: str = "Regular") -> Face:
    """A family's font in a style ("Regular", "Bold", "Italic" or "BoldItalic")."""
    return Face(FOLDER / f"{family}-{_FILES[family][style]}.ttf")


@functools.cache
def style_of(font: str) -> str:
    """The style in a font's name: "Bold" of "AtkinsonHyperlegibleNext-Bold"."""
    style = font.rpartition("-")[2]
    return style if style in STYLES else "Regular"


@functools.cache
def named_family(font: str) -> str | None:
    """The family that markup asks for by name (figures of equal width); None: it is chosen here."""
    family = font.rpartition("-")[0]
    return family if family in _FILES and family != TEXT else None


@functools.cache
def _order(language: str) -> tuple[str, ...]:
    """The families in which a language's own characters are looked for."""
    own = _OWN.get(language.partition("-")[0], TEXT)
    return tuple(dict.fromkeys((own, TEXT, FALLBACK, ARABIC, CHINESE)))


@functools.cache
def _has(family: str, character: str) -> bool:
    return ord(character) in face(family).characters


@functools.cache
def family_for(character: str, language: str = "") -> str | None:
    """The first family that has the character; None where none has.

    Latin letters and digits come from the text family in every language, since it is made for
    readers with low vision.
    """
    order = _order(language)
    if character.isalnum():
        order = (TEXT, *order)
    return next((family for family in order if _has(family, character)), None)


@functools.cache
def _plain() -> frozenset[str]:
    """The visible characters of the text family."""
    return frozenset(map(chr, face(TEXT).characters - INVISIBLE))


def families(text: str, language: str = "") -> list[tuple[int, str]]:
    """Where each run of one family begins in a text, and the family.

    Marks go with their letters, and punctuation within a word or number goes with it.

    :raises MissingGlyph: a character that no font has.
    """
    if not text:
        return []
    own = _order(language)[0]
    if own == TEXT and _plain().issuperset(text):  # nearly every text, and much quicker
        return [(0, TEXT)]
    runs: list[tuple[int, str]] = []
    current = own
    for place, character in enumerate(text):
        if ord(character) in INVISIBLE or character in "\n\t":
            continue
        family = family_for(character, language)
        if family is None:
            raise MissingGlyph(character, text)
        if unicodedata.combining(character) and _has(current, character):
            family = current
        elif not character.isalnum() and _within_word(text, place) and _has(TEXT, character):
            family = TEXT
        if not runs or family != current:
            runs.append((place if runs else 0, family))
            current = family
    return runs or [(0, own)]


def _within_word(text: str, place: int) -> bool:
    """Whether letters or digits of the text family stand at both sides: "PD-1", "38.0"."""
    around = (text[place - 1 : place], text[place + 1 : place + 2])
    return all(c and c.isalnum() and _has(TEXT, c) for c in around)


def check(text: str, language: str = "") -> None:
    """Make sure that every character can be set.

    :raises MissingGlyph: a character that no font has.
    """
    if _plain().issuperset(text):
        return
    families(text, language)
