"""Print, on a small handbook of every construct: what is on the page, and where."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.conftest import MakeProject
from tests.helpers import REPOSITORY, Built
from tests.pdf import Pdf, squeezed
from tests.visible import read

OUTPUTS = {"handbook_outputs": "book,handouts", "handbook_papers": "letter"}


@pytest.fixture
def printed(make_project: MakeProject) -> Built:
    built = make_project("test-print").build("handbook-pdf", **OUTPUTS)
    assert built.warnings == []
    return built


def _book(built: Built) -> Pdf:
    return Pdf(built.folder / "pdf" / "en" / "handbook-en-letter.pdf")


def _page_of(pdf: Pdf, words: str) -> int:
    (page,) = [n for n, body in enumerate(pdf.bodies, 1) if squeezed(words) in body]
    return page


def test_every_construct_is_printed(printed: Built) -> None:
    book = _book(printed)
    for source in Path(printed.app.srcdir).glob("*.md"):
        chapter = read(source.read_text("utf-8"))
        assert [piece for piece in chapter.pieces if squeezed(piece) not in book.text] == []
    for words in (
        "Emergency: go now", "Call today", "Watch", "In one minute", "Questions to ask",
        "A white blood cell.", "Drawn words", "First sample source", "temperature, see fever",
    ):  # fmt: skip
        assert squeezed(words) in book.text, words


def test_numbers_of_chapters_figures_and_tables(printed: Built) -> None:
    text = _book(printed).text
    for words in (
        "Chapter 1 Chapter of constructs", "Chapter 3 Third chapter title",
        "Table 1.1. Table title words", "Table 2.1. Second chapter table",
        "Table 3.1. Third chapter table", "Fig. 1.1. Figure caption words",
        "Fig. 1.2. Drawing caption words", "at Fig. 1.1",
    ):  # fmt: skip
        assert squeezed(words) in text, words


def test_cross_references_name_their_page(printed: Built) -> None:
    book = _book(printed)
    two, table = _page_of(book, "Words on fever by day"), _page_of(book, "Table 1.1. Table title")
    assert squeezed(f"Second chapter title (see page {two})") in book.text
    assert squeezed(f"Table title words (see page {table})") in book.text
    assert squeezed("a site (https://www.cancer.gov/about)") in book.text


def test_a_handout_stands_alone(printed: Built) -> None:
    pdf = Pdf(printed.folder / "handouts" / "en" / "one-en-letter.pdf")
    first = " ".join(pdf.pages[0].split())
    for words in ("No clinician has reviewed this text", "Sample Cancer Center", "(555) 555-0101"):
        assert words in first
    assert squeezed("Second chapter title (in the handbook: Second chapter title)") not in pdf.text
    assert squeezed("look at Second chapter title") in pdf.text
    assert "handbook:" not in pdf.text, "no address of the book's own making is printed"


def test_margins_are_mirrored_and_folios_stand_outside(printed: Built) -> None:
    import pdfplumber

    book = _book(printed)
    with pdfplumber.open(book.path) as document:
        edges = {}
        for number in (3, 4):
            page = document.pages[number - 1]
            (folio,) = [
                word
                for word in page.extract_words(extra_attrs=["size"])
                if word["text"] == str(number) and word["top"] > page.height - book.foot - 10
            ]
            rule = max((line for line in page.lines if line["top"] > 600), key=lambda r: r["width"])
            edges[number] = (rule["x0"], page.width - rule["x1"], folio["x0"] > page.width / 2)
    (left_3, right_3, outside_3), (left_4, right_4, outside_4) = edges[3], edges[4]
    assert outside_3 and not outside_4
    assert left_3 > right_3 + 10, "the binding of a right page is at its left"
    assert left_3 == pytest.approx(right_4, abs=0.5)
    assert right_3 == pytest.approx(left_4, abs=0.5)


def test_letter_and_a4(make_project: MakeProject) -> None:
    built = make_project("test-print").build(
        "handbook-pdf", handbook_outputs="book", handbook_papers="letter,a4"
    )
    sizes = {}
    for paper in ("letter", "a4"):
        pdf = Pdf(built.folder / "pdf" / "en" / f"handbook-en-{paper}.pdf")
        sizes[paper] = {
            (round(float(p.mediabox.width)), round(float(p.mediabox.height)))
            for p in pdf.reader.pages
        }
    assert sizes == {"letter": {(612, 792)}, "a4": {(595, 842)}}


def test_sheets_are_on_the_paper_of_the_clinic(make_project: MakeProject) -> None:
    project = make_project("test-print")
    profile = (REPOSITORY / "clinic.toml").read_text("utf-8")
    assert 'paper = "letter"' in profile
    profile = profile.replace('paper = "letter"', 'paper = "a4"')
    (project.folder / "clinic.toml").write_text(profile, "utf-8")
    built = project.build("handbook-pdf", handbook_outputs="book,handouts")
    papers = {
        folder: {path.stem.rpartition("-")[2] for path in (built.folder / folder / "en").iterdir()}
        for folder in ("pdf", "handouts")
    }
    assert papers == {"pdf": {"letter", "a4"}, "handouts": {"a4"}}


def test_large_print_is_18_points_everywhere(make_project: MakeProject) -> None:
    built = make_project("test-print").build(
        "handbook-pdf",
        handbook_outputs="book",
        handbook_size="large",
        handbook_papers="letter",
    )
    import pdfplumber

    with pdfplumber.open(built.folder / "pdf/en/handbook-en-letter-large.pdf") as document:
        small = {
            (page.page_number, char["text"], round(char["size"], 1))
            for page in document.pages
            for char in page.chars
            if char["upright"] and char["size"] < 17.9 and char["text"] not in "0123456789,!?"
        }
    drawn = {item for item in small if item[1] in set("Drawn words")}
    assert small - drawn == set(), "only raised numbers, signs and words in pictures are smaller"


def test_same_input_same_bytes(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    project = make_project("test-print")
    digests = []
    for _again in range(2):
        built = project.build("handbook-pdf", **OUTPUTS)
        digests.append(hashlib.sha256(_book(built).path.read_bytes()).hexdigest())
    assert digests[0] == digests[1]


def test_no_heading_ends_a_page(make_project: MakeProject) -> None:
    project = make_project("test-print")
    sections = "\n".join(
        f"## Heading {n}\n\n" + " ".join(["Some words of text."] * (3 + n % 17)) + "\n"
        for n in range(60)
    )
    project.write("three", f"---\nreview-by: 2099-01-31\n---\n(three)=\n# Long\n\n{sections}")
    book = _book(project.build("handbook-pdf", **OUTPUTS))
    ends = [body[-14:] for body in book.bodies if "Someword" in body]
    assert len(ends) > 10
    assert [end for end in ends if re.search(r"Heading\d+$", end)] == []


def test_long_boxes_lists_and_tables_go_on_over_the_page(make_project: MakeProject) -> None:
    project = make_project("test-print")
    many = "\n".join(f"- Item number {n} of many" for n in range(120))
    rows = "\n".join(f"* - Row {n}\n  - Words" for n in range(90))
    text = (
        f"---\nreview-by: 2099-01-31\n---\n(three)=\n# Long\n\n:::{{questions}}\n{many}\n:::\n\n"
        f":::{{list-table}}\n:header-rows: 1\n\n* - Repeated\n  - Head\n{rows}\n:::\n"
    )
    project.write("three", text)
    book = _book(project.build("handbook-pdf", **OUTPUTS))
    assert all(f"Itemnumber{n}ofmany" in book.text for n in range(120))
    assert all(f"Row{n}Words" in book.text for n in range(90))
    pages = [body for body in book.bodies if re.search(r"Row\d+Words", body)]
    assert len(pages) > 2
    assert all("RepeatedHead" in body for body in pages), "a table's head is repeated"


def test_a_character_of_a_fallback_font_stands_in_any_words(make_project: MakeProject) -> None:
    project = make_project("test-print")
    path = project.source / "two.md"
    words = "\nPlain \u03b1, **bold \u03b2**, *slanted \u03b3*, [linked \u03b4](https://www.cancer.gov/d).\n"
    path.write_text(path.read_text("utf-8") + words, "utf-8")
    book = _book(project.build("handbook-pdf", **OUTPUTS))
    for word in ("Plain\u03b1", "bold\u03b2", "slanted\u03b3", "linked\u03b4"):
        assert word in book.text
    assert any("NotoSans" in name for name in book.fonts())


def test_an_action_row_higher_than_a_page_is_divided(make_project: MakeProject) -> None:
    project = make_project("test-print")
    path = project.source / "one.md"
    long = "\n\n".join(f"Advice number {n}, in a paragraph of its own." for n in range(60))
    text = path.read_text("utf-8").replace("Red row advice.", long)
    path.write_text(text, "utf-8")
    book = _book(project.build("handbook-pdf", **OUTPUTS))
    assert all(f"Advicenumber{n}," in book.text for n in range(60))
