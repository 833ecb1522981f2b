"""The test book in Arabic, Chinese and Turkish: *when to call*, and a chapter of constructs."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import polib
import pytest

from handbook.printing.scripts.breaks import begins_no_line, ends_no_line
from tests.helpers import REPOSITORY, ROOTS, Project
from tests.pdf import poppler

#: What *when to call* shows of other chapters: the rows of symptoms, the glossary, the sources.
_NEEDED = ("get-help-now/when-to-call.md", "words/words-explained.md", "references.bib")
_ROOT = ROOTS / "test-book"
#: Marks of direction, which pdftotext adds, and white space.
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]+")

Printed = Callable[[str], Path]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Gives the book in a language, on A4, built once."""
    books: dict[str, Path] = {}

    def make(language: str) -> Path:
        if language not in books:
            project = Project(tmp_path_factory.mktemp(language))
            settings = {"suppress_warnings": ["toc.not_included"], "handbook_cards": []}
            shutil.copytree(_ROOT, project.source, ignore=shutil.ignore_patterns("locale"))
            shutil.copytree(REPOSITORY / "source/side-effects", project.source / "side-effects")
            for name in _NEEDED:
                (project.source / name).parent.mkdir(exist_ok=True)
                shutil.copy(REPOSITORY / "source" / name, project.source / name)
            for locale in (REPOSITORY / "locale", _ROOT / "locale"):
                shutil.copytree(
                    locale / language, project.folder / "locale" / language, dirs_exist_ok=True
                )
            built = project.build(
                "handbook-pdf",
                language,
                handbook_outputs="book",
                handbook_papers="a4",
                **settings,
            )
            books[language] = built.folder / f"pdf/{language}/handbook-{language}-a4.pdf"
        return books[language]

    return make


def _text(path: Path) -> str:
    """What poppler reads, page by page in the order of reading, without white space."""
    return _UNSEEN.sub("", poppler("pdftotext", path, "-"))


def _drafts(language: str) -> list[str]:
    """The plain messages of the chapter of constructs: those without roles and entries."""
    path = _ROOT / "locale" / language / "LC_MESSAGES/constructs/first-weeks.po"
    return [entry.msgstr for entry in polib.pofile(str(path)) if "`" not in entry.msgstr]


def _chapter_pages(document: Any, title: str) -> list[Any]:
    """The pages of the chapter of constructs: from its opening to its sources."""
    shown = [_UNSEEN.sub("", page.extract_text() or "") for page in document.pages]
    title = _UNSEEN.sub("", title)
    if unicodedata.bidirectional(title[0]) == "AL":
        title = title[::-1]  # pdfplumber reads from left to right
    (first,) = [place for place, text in enumerate(shown) if title in text and "30" in text]
    return list(document.pages[first : first + 5])


def _words(page: Any) -> list[Any]:
    return list(page.extract_words(keep_blank_chars=False, extra_attrs=["size"]))


# ---- text that can be searched and read ---------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "zh_CN", "tr"])
def test_words_are_extracted_in_the_order_of_reading(printed: Printed, language: str) -> None:
    text = _text(printed(language))
    # Poppler turns numbers and brackets beside each other round: letters are held here.
    letters = "".join(c for c in text if c.isalnum() or unicodedata.combining(c))
    lost = []
    for message in _drafts(language):
        for sentence in re.split(r"(?:[^\w\s\u064b-\u0652]|\d)+", message):
            squeezed = _UNSEEN.sub("", sentence)
            # In an index an entry is cut up; pictures' descriptions are not on the page.
            if len(squeezed) > 8 and squeezed not in letters:
                lost.append(sentence)
    alt = next(m for m in _drafts(language) if "21" in m and "10" in m and len(m) > 30)
    assert [sentence for sentence in lost if sentence not in alt] == []


def test_all_fonts_are_in_the_file_and_map_to_characters(printed: Printed) -> None:
    with pikepdf.open(printed("ar")) as document:
        fonts = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        ]
        names = {str(font.BaseFont) for font in fonts}
        assert any("IBMPlexSansArabic" in name for name in names)
        assert any("AtkinsonHyperlegible" in name for name in names)
        for font in fonts:
            if font.Subtype == "/Type0":
                assert "/ToUnicode" in font
                assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_screen_readers_get_arabic_words_in_order(printed: Printed) -> None:
    said = poppler("pdfinfo", "-struct-text", printed("ar"))
    text = _UNSEEN.sub("", re.sub(r"\"\n\s*\"", "", said))
    # Each word stands as its glyphs are set, from left to right (and is marked as such); the words
    # are in the order of reading.
    words = ["استرح", "واشرب", "الماء", "وأخبرنا"]
    either = [f"(?:{word}|{word[::-1]})" for word in words]
    assert all(re.search(word, text) for word in either)
    assert re.search(r"\W{0,9}".join(either), text)


# ---- layout from right to left ------------------------------------------------------------------


def test_arabic_pages_are_mirrored(printed: Printed) -> None:
    path = printed("ar")
    with pikepdf.open(path) as document:
        assert document.Root.ViewerPreferences.Direction == "/R2L"
    with pdfplumber.open(path) as document:
        title = _UNSEEN.sub("", "محتويات هذا الكتاب")[::-1]
        contents = next(
            page for page in document.pages if title in _UNSEEN.sub("", page.extract_text())
        )
        digits = [w for w in _words(contents) if w["text"].isdigit() and w["top"] < 400]
        left = [word for word in digits if word["x0"] < contents.width / 3]
        assert len(left) >= 3, "page numbers of the contents are at the left"
        pages = _chapter_pages(document, "أسابيعك الأولى في المنزل")
        bullets, boxes = [], []
        for page in pages:
            for curve in page.curves:
                width = curve["x1"] - curve["x0"]
                if 2 < width < 6 and abs(width - (curve["bottom"] - curve["top"])) < 0.5:
                    bullets.append((page, curve))
            boxes += [
                (page, rect)
                for rect in page.rects
                if 10 < rect["width"] < 16 and abs(rect["width"] - rect["height"]) < 0.5
            ]
        assert len(bullets) >= 5 and len(boxes) == 3
        for page, mark in (*bullets, *boxes):
            line = [
                word
                for word in _words(page)
                if word["top"] < mark["bottom"] and word["bottom"] > mark["top"]
                if word["text"] != "?"  # within the sign of the box of questions
            ]
            beside = [word for word in line if abs(word["x1"] - mark["x0"]) < 60]
            assert beside and all(word["x1"] <= mark["x0"] + 1 for word in beside), mark


def test_arabic_tables_begin_at_the_right(printed: Printed) -> None:
    with pdfplumber.open(printed("ar")) as document:
        pages = _chapter_pages(document, "أسابيعك الأولى في المنزل")
        for page in pages:
            medicine = [w for w in _words(page) if w["text"] in ("Nivolumab", "Pembrolizumab")]
            for word in medicine:
                assert word["x0"] > page.width / 2, "the first column"


def test_numbers_keep_their_order_in_arabic(printed: Printed) -> None:
    with pdfplumber.open(printed("ar")) as document:
        shown = "\n".join(page.extract_text() for page in document.pages)
    for number in ("(555) 555-0100", "97–99 °F", "36.1–37.2 °C", "100.4 °F (38 °C)", "03/14/2027"):
        assert number in shown, number


# ---- Chinese and Turkish ------------------------------------------------------------------------


def test_chinese_lines_begin_and_end_rightly(printed: Printed) -> None:
    with pdfplumber.open(printed("zh_CN")) as document:
        lines = []
        for page in _chapter_pages(document, "在家的头几周"):
            lines += [line["text"] for line in page.extract_text_lines()]
    lines = [line.removeprefix("? ") for line in lines]  # the sign of the box of questions
    wide = [line for line in lines if re.search(r"[\u4e00-\u9fff]{6}", line)]
    assert len(wide) > 20
    assert [line for line in wide if begins_no_line(line[0])] == []
    assert [line for line in lines if re.fullmatch(r"\d+(,\d+)+", line)] == [], "raised numbers"
    assert [line for line in wide if ends_no_line(line.rstrip()[-1])] == []


def test_words_boxes_are_in_the_order_of_the_alphabet(printed: Printed) -> None:
    text = _text(printed("ar"))
    box = text[text.index(_UNSEEN.sub("", "كلمات هذه الصفحة")) :]
    terms = ["جسم مضاد ثنائي", "ستيرويد", "متلازمة إطلاق", "ICANS"]
    places = [box.index(_UNSEEN.sub("", term)) for term in terms]
    assert places == sorted(places)


def test_english_sources_read_from_left_to_right_in_arabic(printed: Printed) -> None:
    with pdfplumber.open(printed("ar")) as document:
        shown = "\n".join(page.extract_text() for page in document.pages)
    assert "FDA. Keytruda (pembrolizumab): label and Medication Guide." in shown


def test_a_chapter_left_in_english_runs_from_left_to_right(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("index", "# Book\n\n```{toctree}\n:caption: Part\n\nwords/one\n```\n")
    chapter = "---\nreview-by: 2027-11-22\n---\n# One\n\n{long}\n\n1. {long}\n\n## Sources\n"
    long = "Take your temperature when you feel ill, and write it in your diary. " * 3
    project.write("words/one", chapter.format(long=long))
    settings = {"suppress_warnings": ["toc.not_included"], "handbook_cards": []}
    built = project.build(
        "handbook-pdf", "ar", handbook_outputs="handouts", handbook_papers="a4", **settings
    )
    path = built.folder / "handouts/ar/one-ar-a4.pdf"
    with pdfplumber.open(path) as document:
        lines = [line for page in document.pages for line in page.extract_text_lines()]
    starts = [
        round(line["x0"]) for line in lines if re.search("temperature|diary|feel", line["text"])
    ]
    assert len(starts) >= 4
    assert len(set(starts)) <= 3, "the edges of the paragraph, of the number and of the item"
    assert any(line["text"].startswith("1. Take") for line in lines)


def test_turkish_letters_and_index(printed: Printed) -> None:
    text = _text(printed("tr"))
    for word in ("İlacınız", "Ateşiniz", "Kısım1", "yorgunsunuz"):
        assert word in text, word
