"""The bidirectional algorithm against Unicode's own tests, cut (see tests/unicode/README.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.printing.scripts import bidi
from handbook.printing.scripts.direction import levels, runs_rtl

FOLDER = Path(__file__).parent / "unicode"
#: What each bit of a case's last field in BidiTest.txt sets the paragraph's direction to.
_DIRECTIONS = {1: None, 2: 0, 4: 1}


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _result(
    classes: Sequence[str], base: int | None, text: str | None = None
) -> tuple[int, list[str], list[str]]:
    """The paragraph's level, each level ("x": removed by X9), and the visual order."""
    found, paragraph = bidi.resolve(classes, base, text)
    line = bidi.line_levels(classes, found, paragraph)
    kept = [place for place, kind in enumerate(classes) if kind not in bidi.REMOVED]
    order = bidi.visual_order([line[place] for place in kept])
    shown = [
        "x" if kind in bidi.REMOVED else str(level)
        for kind, level in zip(classes, line, strict=True)
    ]
    return paragraph, shown, [str(kept[place]) for place in order]


def test_characters() -> None:
    cases = 0
    for line in _lines("BidiCharacterTest.txt"):
        codes, direction, paragraph, expected, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        classes = [bidi.bidi_class(character) for character in text]
        base = {"0": 0, "1": 1, "2": None}[direction]
        found = _result(classes, base, text)
        assert found == (int(paragraph), expected.split(), order.split()), line
        cases += 1
    assert cases > 1000


def test_classes() -> None:
    cases = 0
    expected: list[str] = []
    order: list[str] = []
    for line in _lines("BidiTest.txt"):
        name, _, value = line.partition(":")
        if name == "@Levels":
            expected = value.split()
        elif name == "@Reorder":
            order = value.split()
        else:
            classes, _, bits = line.partition(";")
            for bit, base in _DIRECTIONS.items():
                if int(bits, 16) & bit:
                    assert _result(classes.split(), base)[1:] == (expected, order), line
                    cases += 1
    assert cases > 10_000


def test_numbers_are_isolated_in_arabic() -> None:
    for number in ("38–40", "(555) 555-0101", "01632 960 123", "+1 555-0100", "97–99 °F", "8:00"):
        text = f"درجة {number} اليوم"
        start = text.index(number)
        found = levels(text, rtl=True)
        assert found is not None
        inside = found[start : start + len(number)]
        order = bidi.visual_order(inside)
        assert "".join(number[place] for place in order) == number, number
        assert found[start - 1] == found[start + len(number)] == 1


def test_direction_of_paragraphs_in_an_arabic_book() -> None:
    assert runs_rtl("اتصل بنا", "ar")
    assert runs_rtl("pembrolizumab (Keytruda) دواء", "ar")
    assert runs_rtl("12 (3)", "ar"), "numbers alone follow the book"
    assert not runs_rtl("100 Sample Street", "ar")
    assert not runs_rtl("اتصل بنا", "en")
    assert levels("Plain words", rtl=False) is None


def test_latin_phrases_keep_their_numbers_and_their_order_in_arabic() -> None:
    addresses = ("doi.org/10.1200/J.21.01", "clinic.example/check/#2026.1-ar-f1ced176")
    for phrase in ("CC BY 4.0", "long-term side effects", "table 2", *addresses):
        text = f"النص {phrase}، وغيره"
        found = levels(text, rtl=True)
        assert found is not None
        start, end = text.index(phrase), text.index(phrase) + len(phrase)
        shown = [place for place in bidi.visual_order(found) if start <= place < end]
        assert "".join(text[place] for place in shown) == phrase
