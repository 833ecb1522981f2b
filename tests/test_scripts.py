"""Shaping, fonts, line breaks, hyphenation and collation: each rule on words that need it."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from handbook.printing import fonts
from handbook.printing.furniture import text_width
from handbook.printing.scripts import hyphens
from handbook.printing.scripts.breaks import begins_no_line, ends_no_line, opportunities
from handbook.printing.scripts.faces import EMPTY
from handbook.printing.scripts.lines import Text, Type, fill, segments, set_line
from handbook.printing.theme import Theme
from handbook.printing.typesetter import Typesetter
from handbook.translation.collation import letter_of, sort_key

_BODY = "AtkinsonHyperlegibleNext-Regular"


def _parts(text: str, together: tuple[tuple[int, int], ...] = ()) -> list[str]:
    places = [0, *opportunities(text, together), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


def _lines(text: str, width: float, language: str, *, hyphenate: str = "") -> list[str]:
    source = Text(text, [(0, len(text), Type(_BODY, 14.0))])
    found = segments(source, rtl=False, language=language)
    lines = fill(found, width, width, hyphenate=hyphenate)
    return ["".join(piece.text for piece in line.pieces).rstrip(" ") for line in lines]


# ---- fonts --------------------------------------------------------------------------------------


def test_each_character_comes_from_the_first_font_that_has_it() -> None:
    text = "خذ 38.0 (PD-1) α"
    runs = fonts.families(text, "ar")
    ends = [start for start, _family in runs[1:]] + [len(text)]
    found = {
        text[start:end].strip(): family for (start, family), end in zip(runs, ends, strict=True)
    }
    assert found["38.0"] == found["PD-1"] == fonts.TEXT, "punctuation within goes with its word"
    assert found["خذ"] == found["("] == fonts.ARABIC
    assert found["α"] == fonts.FALLBACK
    assert fonts.families("发热（38.0）", "zh-CN")[0] == (0, fonts.CHINESE)


def test_a_character_that_no_font_has_is_named() -> None:
    with pytest.raises(fonts.MissingGlyph, match=r"U\+2603"):
        fonts.check("snow \N{SNOWMAN}")
    with pytest.raises(fonts.MissingGlyph, match=r"U\+05D0"):
        fonts.families("א", "ar")


def test_the_chinese_font_has_the_general_standard_list() -> None:
    for style in ("Regular", "Bold"):
        characters = fonts.face(fonts.CHINESE, style).characters
        names = [unicodedata.name(chr(code), "") for code in characters]
        assert sum(name.startswith("CJK UNIFIED IDEOGRAPH") for name in names) == 8105
        assert characters >= set(map(ord, "一乙丁疗疫镕龢鑫，。、；：！？“”‘’（）《》……—"))


@pytest.mark.parametrize("word", ["لا", "ليلًا", "السُّعال", "لأنّ", "أكثر", "في", "القشعريرة"])
def test_each_arabic_glyph_says_its_own_characters(word: str) -> None:
    shaped = fonts.face(fonts.ARABIC).shape(word, rtl=True, language="ar")
    assert "".join(glyph.text for glyph in reversed(shaped.glyphs)) == word
    assert all(len(glyph.text) == 1 for glyph in shaped.glyphs)
    alone = {fonts.face(fonts.ARABIC).shape(c, rtl=True).glyphs[-1].number for c in word}
    assert {glyph.number for glyph in shaped.glyphs} - alone - {EMPTY}, "letters are joined"


def test_pairs_of_latin_letters_are_kerned() -> None:
    face = fonts.face(fonts.TEXT)
    assert face.shape("AV").width < face.shape("A").width + face.shape("V").width - 10


# ---- line breaks --------------------------------------------------------------------------------


def test_chinese_breaks_between_characters_but_not_at_punctuation() -> None:
    text = "请拨打（555），并说：“我接受过免疫治疗。”每 3 周用 nivolumab 一次，在11月"
    parts = _parts(text)
    assert "".join(parts) == text
    assert not [part for part in parts[1:] if begins_no_line(part[0])]
    assert not [part for part in parts if ends_no_line(part.rstrip()[-1])]
    assert {"请", "拨", "nivolumab "} <= set(parts)
    assert "11月" in parts


def test_lines_of_chinese_are_full_and_begin_with_no_stop() -> None:
    text = "感到不舒服时请量体温，达到或更高时，请打电话。" * 6
    lines = _lines(text, 14 * 11 + 1, "zh-CN")
    assert len(lines) > 10
    assert all(not begins_no_line(line[0]) for line in lines)
    assert all(len(line) >= 9 for line in lines[:-1])


def test_a_chinese_text_does_not_end_with_a_lone_character() -> None:
    text = "突然说话、看东西、走路或活动困难，或者很难叫醒"
    for width in range(60, 330, 14):
        last = _lines(text, width, "zh-CN")[-1]
        assert len(last) > 1, width


def test_chinese_dates_stay_whole() -> None:
    assert "2026年11月22日。" in "".join(_parts("阅读日期为 2026年11月22日。")[-1:])


def test_a_raised_number_never_begins_a_line(tmp_path: Path) -> None:
    client = Typesetter(Theme(language="zh-CN"), {}, 700, tmp_path)
    words = "请拨打 911，或者去最近的急诊室。不要自己开车。"
    for width in range(80, 340, 7):
        marked = f'{words}<super rise="5" size="9">7,14</super>'
        paragraph = client.words(marked, client.styles["tight"])
        paragraph.wrap(width, 1000)
        for line in paragraph.lines:
            assert next(iter(line.pieces)).type.rise == 0, width


def test_chinese_punctuation_leaves_no_holes() -> None:
    def width(text: str) -> float:
        source = Text(text, [(0, len(text), Type(_BODY, 10.0))])
        (line,) = fill(segments(source, rtl=False, language="zh-CN"), 900, 900)
        return line.width + line.lead

    assert width("说我") == 20
    assert width("说：我") == 30
    assert width("说：“我") == 35, "a closing and an opening have one white half between them"
    assert width("说（好）。") == 45
    assert width("说。 我") == width("说。我") == 30, "no space beside punctuation with white"


def test_an_opening_quotation_mark_stands_at_the_edge() -> None:
    source = Text("“我", [(0, 2, Type(_BODY, 10.0))])
    (line,) = fill(segments(source, rtl=False, language="zh-CN"), 90, 90)
    assert (line.lead, line.width) == (5, 15)


def test_latin_breaks() -> None:
    assert _parts("a follow-up at self-monitoring") == [
        "a ",
        "follow-up ",
        "at ",
        "self-",
        "monitoring",
    ]
    assert _parts("PD-1 and 38–40") == ["PD-1 ", "and ", "38–40"]
    assert _parts("T\u00a0cell now") == ["T\u00a0cell ", "now"]
    address = "https://www.cancer.gov/about-cancer/side-effects"
    assert _parts(address)[0] != address
    assert all(not part.startswith("/") for part in _parts(address))
    assert _parts("(555) 555-0100 now", ((0, 14),)) == ["(555) 555-0100 ", "now"]


# ---- hyphenation --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "language", "divided"),
    [
        ("immunotherapy", "en", True),
        ("inmunoterapia,", "es", True),
        ("pembrolizumab", "en", False),  # a medicine
        ("dexamethasone", "en", False),
        ("Bavencio", "en", False),  # a name
        ("interleukin", "en", False),
        ("HER2-positive", "en", False),
        ("word", "en", False),
        ("bağışıklıktan", "tr", False),  # no dictionary
        ("المناعي", "ar", False),
    ],
)
def test_which_words_are_divided(word: str, language: str, divided: bool) -> None:
    assert bool(hyphens.places(word, language)) is divided


def test_words_are_divided_only_where_the_line_would_be_short() -> None:
    text = "We have it now understandability yes"
    divided = _lines(text, 170.0, "en", hyphenate="en")
    assert divided[0].endswith("-") and not divided[0].startswith("understand")
    assert not any("-" in line for line in _lines(text, 170.0, "en"))
    full = "We have it now and some more understandability yes"
    assert not any("-" in line for line in _lines(full, 195.0, "en", hyphenate="en"))


# ---- collation ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words", "letters"),
    [
        ("tr", ["911", "cilt", "çanta", "Isı", "ışık", "ilaç", "İnme", "organ", "öksürük"],
         ["", "C", "Ç", "I", "I", "İ", "İ", "O", "Ö"]),
        ("es", ["célula", "náusea", "niño", "nuez", "ñame", "ojo"], ["C", "N", "N", "N", "Ñ", "O"]),
        ("zh_CN", ["发热", "nivolumab", "疲倦", "输液", "药物"], ["F", "N", "P", "S", "Y"]),
        ("ar", ["إسهال", "آلام", "التهاب", "الحرارة", "حمى", "دواء", "nivolumab"],
         ["ا", "ا", "ا", "ح", "ح", "د", "N"]),
    ],
)  # fmt: skip
def test_each_language_has_its_own_order(
    language: str, words: list[str], letters: list[str]
) -> None:
    shuffled = words[1::2] + words[::2]
    found = sorted(shuffled, key=lambda word: sort_key(word, language))
    assert found == words
    assert [letter_of(word, language) for word in found] == letters


def test_foot_lines_are_measured_as_they_are_drawn() -> None:
    # The middle dot is as wide as a Chinese character in Chinese.
    wide = text_width("版本 · 草稿", _BODY, 10, "zh-CN")
    assert wide > text_width("版本 · 草稿", _BODY, 10, "en")
    assert wide == set_line("版本 · 草稿", _BODY, 10, "zh-CN").width
