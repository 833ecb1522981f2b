"""Large print and booklets: tables, pictures and sheets laid out for their type, not shrunk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pdfplumber
import pytest
from docutils import nodes
from reportlab.graphics.shapes import Drawing, Group, String
from reportlab.lib.colors import black

from handbook.printing.booklets import volumes, words_of
from handbook.printing.keyed import keyed, keyed_words
from handbook.printing.shared_table import SharedTable, column_widths
from handbook.printing.stacked import stack_tables
from handbook.printing.theme import BODY, Theme
from tests.conftest import MakeProject
from tests.helpers import ROOTS, Project
from tests.lines import lines_of
from tests.pdf import Pdf, squeezed

_HEAD = "---\nreview-by: 2099-01-31\n---\n"
_WIDE_TABLE = """
:::{list-table} What each does
:header-rows: 1

* - Treatment
  - How it works
  - Where side effects come from
* - Immunotherapy
  - It acts on your immune system, which then acts on the cancer.
  - From healthy parts of the body.
* - Chemotherapy
  - It acts on cells that divide fast, cancer cells and others.
  - From healthy cells.
:::
"""


@pytest.mark.parametrize(
    ("shares", "least", "widths"),
    [
        ([1, 1], [0, 0], [50, 50]),
        ([1, 3], [40, 0], [40, 60]),  # the narrow one gets its longest word, the other gives
        ([1, 1, 2], [30, 10, 0], [30, 70 / 3, 140 / 3]),
        ([1, 1, 1], [40, 30.5, 0], [40, 30.5, 29.5]),  # what one takes makes another too narrow
        ([1, 3], [60, 60], [25, 75]),  # too much for the width: the shares alone count
    ],
)
def test_columns_are_as_wide_as_their_longest_word(
    shares: list[float], least: list[float], widths: list[float]
) -> None:
    assert column_widths(100, shares, least) == pytest.approx(widths)


def test_a_table_of_amounts_that_do_not_fit_becomes_a_list(make_project: MakeProject) -> None:
    project = make_project("test-print")
    row = "* - Medicine\n" + "  - {amount}`19 to 25 in 100`\n" * 3
    table = f":::{{list-table}}\n:header-rows: 1\n\n{row.replace('19 to 25 in 100', '1')}\n{row}:::"
    project.write("three", f"{_HEAD}(three)=\n# Third chapter title\n\n% no claim\n{table}\n")
    tree = project.build("dummy").doctree("three")
    stack_tables(tree, "en")
    assert not list(tree.findall(nodes.table))
    assert len(list(tree.findall(nodes.definition_list))) == 1


def test_a_table_takes_the_width_of_each_place() -> None:
    table = SharedTable([["a", "b"]], [1, 1], 0, [], room=500)
    assert [table.wrap(width, 500)[0] for width in (400.0, 500.0, 400.0)] == [400, 500, 400]


# ---- Large print ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chapter with a wide table and a picture, and a sheet: the folder of the book and sheet."""
    project = Project(tmp_path_factory.mktemp("large"))
    shutil.copytree(ROOTS / "test-print", project.source)
    rows = "\n".join(f"- Line {number} of the sheet" for number in range(40))
    project.write("two", f"{_HEAD}(two)=\n# Second chapter title\n\nWords.\n\n{rows}\n")
    # Drawn as wide as the page, its words have 11 pt.
    svg = (project.source / "drawing.svg").read_text("utf-8")
    svg = svg.replace("0 0 400 120", "0 0 720 120").replace('font-size="20"', 'font-size="16"')
    (project.source / "wide.svg").write_text(svg, "utf-8")
    figure = ":::{drawing} wide.svg\n:alt: A cell.\n\nA caption.\n:::"
    project.write("three", f"{_HEAD}(three)=\n# Third chapter title\n{_WIDE_TABLE}\n{figure}\n")
    built = project.build(
        "handbook-pdf",
        handbook_outputs="book,cards",
        handbook_papers="letter",
        handbook_size="large",
        handbook_cards=["two"],
    )
    return built.folder


def test_a_sheet_in_large_print_takes_the_pages_it_needs(large: Path) -> None:
    for path in ("pdf/en/handbook-en-letter-large.pdf", "cards/en/two-en-letter-large.pdf"):
        pages = [
            page for page in lines_of(large / path) if any("ofthesheet" in x.text for x in page)
        ]
        assert len(pages) > 1
        assert {line.size for page in pages for line in page if "ofthesheet" in line.text} == {18}


def test_words_of_a_picture_are_printed_in_full_size(large: Path) -> None:
    with pdfplumber.open(large / "pdf/en/handbook-en-letter-large.pdf") as document:
        sizes = {char["size"] for page in document.pages for char in page.chars if char["upright"]}
        text = "\n".join(page.extract_text() for page in document.pages)
    assert "A Drawn words" in text.splitlines()
    # Nothing but the marks within signs is smaller.
    assert min(sizes) >= BODY["large"] * 0.7


def test_a_table_that_large_print_would_squeeze_becomes_a_list(large: Path) -> None:
    text = Pdf(large / "pdf/en/handbook-en-letter-large.pdf").text
    words = "Immunotherapy How it works: It acts on your immune system, which then acts on the"
    assert squeezed(words) in text
    assert text.count(squeezed("Where side effects come from:")) == 2


# ---- Keys of pictures ----------------------------------------------------------------------------


def _drawing(*lines: tuple[float, float, str, bool]) -> Drawing:
    drawing = Drawing(540, 300)
    for x, y, text, bold in lines:
        font = "Helvetica-Bold" if bold else "Helvetica"
        word = String(x, -y, text, fontName=font, fontSize=16, fillColor=black)
        drawing.add(
            Group(Group(word, transform=(1, 0, 0, -1, 0, 0)), transform=(1, 0, 0, -1, 0, 300))
        )
    return drawing


def test_lines_of_a_label_belong_together() -> None:
    drawing = _drawing(
        (20, 40, "T cell", True),
        (20, 60, "finds sick cells", False),
        (20, 80, "and kills them", False),
        (20, 100, "B cell", True),
        (200, 40, "Signs:", True),
        (200, 60, "tired,", False),
        (200, 200, "tired again", False),
        (400, 40, "a longer life", False),
        (400, 60, "less cancer", False),
        (400, 80, "fewer signs", False),
    )
    assert keyed_words(drawing, "en") == [
        "T cell: finds sick cells and kills them",
        "B cell",
        "Signs: tired,",
        "tired again",
        "a longer life, less cancer, fewer signs",
    ]


def test_each_label_becomes_one_letter_and_short_ones_stay() -> None:
    drawing = _drawing(
        (20, 40, "Walk", False), (120, 40, "Rest", False), (220, 40, "Walk", False),
        (320, 40, "1", True),
    )  # fmt: skip
    assert keyed(drawing, 24, "en") == [("A", "Walk"), ("B", "Rest")]
    shown = [shape.text for shape in drawing.contents if isinstance(shape, String)]
    assert shown == ["A", "B", "A", "1"]
    assert {shape.fontSize for shape in drawing.contents if isinstance(shape, String)} == {24}


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_pictures_keep_clear_of_thumb_marks(paper: str) -> None:
    look = Theme(paper)
    assert look.spread > 30, "words in pictures need the width"
    assert look.spread <= min(look.inner, look.outer) - 40
    assert Theme("half-letter" if paper == "letter" else "a5", "booklet").spread == 0


# ---- Booklets ------------------------------------------------------------------------------------


def test_a_part_is_divided_by_what_staples_hold() -> None:
    assert volumes([("one", 3000), ("two", 3000)]) == [["one", "two"]]
    assert volumes([("one", 4000), ("two", 2500), ("three", 4500)]) == [["one", "two"], ["three"]]
    # No staples hold it; asked for alone, it is tried, and the build says how thick it is.
    assert volumes([("one", 3000), ("sources", 9000)]) == [["one"]]
    assert volumes([("sources", 9000)]) == [["sources"]]


def test_chinese_words_are_counted_by_their_room() -> None:
    assert words_of("Call us today") == 3
    assert words_of("今天打电话。") == 1 + 3
