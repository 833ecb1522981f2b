"""Page design: what a reader sees of each page, held on a project that provokes each fault."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pdfplumber
import pytest

from handbook.printing import theme
from handbook.printing.index import MOST_USES, Entry, merged
from handbook.printing.sides import Sides, column_places
from handbook.printing.theme import PART_COLORS, Theme
from tests.conftest import MakeProject
from tests.helpers import ROOTS, Project
from tests.lines import Line, lines_of
from tests.pdf import Pdf, squeezed

_HEAD = "---\nreview-by: 2099-01-31\n---\n"
#: Head and foot of a page, which are no part of its text.
_TOP, _FOOT = 50.0, 100.0
SIZES = ("standard", "large")


def _words(number: int, count: int) -> str:
    """A paragraph whose every word names it, so that its lines can be told apart."""
    return " ".join([f"p{number:03}x"] * count)


def _long_chapter() -> str:
    """Paragraphs, lists, boxes and tables of all lengths, so that each meets a page's foot."""
    number = iter(range(1, 1000))
    parts = [f"{_HEAD}(two)=\n# Second chapter title\n"]
    for turn in range(9):
        parts.append(f"\n## Heading {turn}\n\n" + _words(next(number), 20 + 23 * turn))
        parts.append(
            "\n".join(f"- {_words(next(number), 6 + 11 * (n + turn) % 70)}" for n in range(5))
        )
        parts.append(f"Term {turn}\n: {_words(next(number), 30 + turn * 7)}")
        parts.append(f":::{{note}}\n{_words(next(number), 40 + 9 * turn)}\n:::")
    box = "\n\n".join(_words(next(number), 30 + 17 * n) for n in range(15))
    parts.append(f":::{{questions}}\n{box}\n:::")
    rows = "\n".join(f"* - Row {n}\n  - {_words(next(number), 9 + n % 5 * 11)}" for n in range(24))
    tall = "\n\n    ".join(_words(next(number), 60) for _n in range(16))
    parts.append(
        f":::{{list-table}}\n:header-rows: 1\n\n* - Repeated\n  - Head\n{rows}\n"
        f"* - Tall\n  - {tall}\n:::"
    )
    return "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The project that provokes each fault, as a book in both sizes."""
    project = Project(tmp_path_factory.mktemp("design"))
    shutil.copytree(ROOTS / "test-print", project.source)
    project.write("two", _long_chapter())
    index = "\n".join(f"single: entry {n // 6:02}; sub {n:03}" for n in range(240))
    terms = (
        f"A {{term}}`T cell` here.\n\n```{{index}}\n{index}\nsingle: Fever\n```\nWords of index."
    )
    project.write("three", f"{_HEAD}(three)=\n# Third chapter title\n\n{terms}\n")
    files = {}
    for size in SIZES:
        built = project.build(
            "handbook-pdf",
            handbook_outputs="book",
            handbook_papers="letter",
            handbook_size=size,
        )
        end = "-large" if size == "large" else ""
        files[size] = built.folder / "pdf" / "en" / f"handbook-en-letter{end}.pdf"
    return files


def test_pages_of_the_book(made: dict[str, Path]) -> None:
    for size in SIZES:
        path = made[size]
        look = Theme("letter", size)
        pages = [[line for line in page if _is_text(line, look)] for page in lines_of(path)]
        _no_widow_or_orphan(pages)
        _no_heading_at_the_foot(pages, look)
        _no_page_is_blank(pages)
        _within_margins(lines_of(path), look)
        assert _pages_of(pages, "Repeated") >= 3, "the table goes on, and its head is repeated"


def _is_text(line: Line, look: Theme) -> bool:
    foot = look.foot * 1.3 * 6 + 22 if look.size == "large" else _FOOT - 18
    return foot < line.y < look.height - _TOP


def _no_widow_or_orphan(pages: list[list[Line]]) -> None:
    """Of a paragraph that goes on over the page, two lines or more stand on each."""
    places: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for page in pages:
        for line in page:
            for name in set(re.findall(r"p\d{3}x", line.text)):
                places[name][line.page] += 1
    divided = {name: counts for name, counts in places.items() if len(counts) > 1}
    assert len(divided) > 5
    assert {name: dict(counts) for name, counts in divided.items() if 1 in counts.values()} == {}


def _no_heading_at_the_foot(pages: list[list[Line]], look: Theme) -> None:
    sizes = {round(look.base * scale, 1) for scale in (1.8, 1.2, 1.08)}
    for page in pages:
        # The last line of the contents is no heading, and notes have no words under theirs.
        if page and not page[-1].text.startswith(("A–Z", "Mynotes")):
            assert round(page[-1].size, 1) not in sizes, page[-1]


def _no_page_is_blank(pages: list[list[Line]]) -> None:
    assert [number for number, page in enumerate(pages, start=1) if not page] == []


def _within_margins(pages: list[list[Line]], look: Theme) -> None:
    for page in pages:
        for line in page:
            assert line.left >= theme.UNPRINTABLE, line
            assert line.right <= look.width - theme.UNPRINTABLE + 2, line


def _pages_of(pages: list[list[Line]], words: str) -> int:
    return sum(any(words in line.text for line in page) for page in pages)


def test_boxes_that_a_page_can_hold_are_whole(made: dict[str, Path]) -> None:
    """Each note's words stand on one page; the long box goes on over several."""
    for size in SIZES:
        pages = lines_of(made[size])
        notes = [n for n, page in enumerate(pages, 1) for line in page if line.text == "Note"]
        assert len(notes) == 10
        where: dict[str, set[int]] = defaultdict(set)
        for page in pages:
            for line in page:
                for name in re.findall(r"p\d{3}x", line.text):
                    where[name].add(line.page)
        # Each turn of the chapter has a paragraph, five items, a definition and a note.
        assert all(len(where[f"p{8 * turn + 8:03}x"]) == 1 for turn in range(9))


def test_cover_and_title_page_take_a_page_each(made: dict[str, Path]) -> None:
    for size in SIZES:
        cover, title_page, welcome = (squeezed(text) for text in Pdf(made[size]).pages[:3])
        assert "Whomtocall" in cover and "Checkforanewercopy" in cover
        assert "Languages:English" in title_page and "SampleCancerCenter" in title_page
        assert "Welcomewords." in welcome


def test_feet_thumb_marks_and_folios(made: dict[str, Path]) -> None:
    path = made["standard"]
    texts = [" ".join(text.split()) for text in Pdf(path).pages]
    for number, text in enumerate(texts[1:], start=2):
        assert "(555) 555-0100" in text, number
        assert re.search(r"\d{4}\.\d+-en-[0-9a-f]{8}", text), number
        assert "English" in text and "Check for a newer copy after" in text, number
    marks: dict[int, set[float]] = defaultdict(set)
    with pdfplumber.open(path) as document:
        for page in document.pages[5:]:
            outer_is_right = page.page_number % 2 == 1
            found = [
                rect
                for rect in page.rects
                if (rect["x1"] >= page.width - 0.1 if outer_is_right else rect["x0"] <= 0.1)
            ]
            (mark,) = found
            label = page.crop(
                (max(mark["x0"], 0), mark["top"], min(mark["x1"], page.width), mark["bottom"])
            )
            said = "".join(sorted(char["text"] for char in label.chars))
            assert all(
                char["x0"] >= theme.UNPRINTABLE - 0.5 and char["x1"] <= page.width - 17.5
                for char in label.chars
            ), "its words keep clear of what office printers cannot print"
            marks[said].add(round(mark["top"], 1))
    assert set(marks) == {"1", "2", "AZ–"}
    assert all(len(tops) == 1 for tops in marks.values()), "one height a part"
    assert marks["1"] < marks["2"] or min(marks["1"]) < min(marks["2"]) < min(marks["AZ–"])


def test_parts_open_on_fronts_and_list_their_chapters(made: dict[str, Path]) -> None:
    book = Pdf(made["standard"])
    for words in ("Part1Firstpart", "Part2Secondpart"):
        (page,) = [number for number, body in enumerate(book.bodies, 1) if words in body]
        assert page % 2 == 1
    assert "1.Chapterofconstructs" in book.bodies[4]
    assert re.search(r"Firstsection6", book.bodies[4])


def test_index_columns(made: dict[str, Path]) -> None:
    path = made["standard"]
    found = ([line for line in page if _is_text(line, Theme())] for page in _index_columns(path))
    pages = [page for page in found if page]
    assert len(pages) > 4
    for column in pages:
        assert not re.fullmatch(r"[A-Z]", column[-1].text), "no letter ends a column"
    for column in pages[1:]:
        if column[0].text.startswith("sub"):
            pytest.fail("a column begins with a sub-entry and does not say of what")
    assert any(re.fullmatch(r"entry\d\d\(continued\)", column[0].text) for column in pages)
    text = "".join(line.text for column in pages for line in column)
    assert "Fever" not in text and "fever" in text
    t_cell = next(line.text for column in pages for line in column if line.text.startswith("Tcell"))
    assert t_cell.count(",") >= 2, "where it is explained, and where it is used"


def _index_columns(path: Path) -> list[list[Line]]:
    """The columns of the index's pages, each as lines."""
    with pdfplumber.open(path) as document:
        found = []
        started = False
        for page in document.pages:
            words = page.filter(lambda one: one.get("upright", True)).extract_words(
                extra_attrs=["size"]
            )
            started = started or any(
                word["text"] == "Index" and word["size"] > 20 for word in words
            )
            if not started:
                continue
            sides = Sides(Theme(), page.page_number)
            middle = sides.left + Theme().text_width / 2
            for wanted in (True, False):
                rows: dict[float, list[dict[str, float]]] = defaultdict(list)
                for word in words:
                    if (word["x0"] < middle) is wanted and word["size"] < 20:
                        rows[round(word["bottom"])].append(word)
                found.append(
                    [
                        Line(
                            page.page_number,
                            "".join(str(word["text"]) for word in row),
                            max(word["size"] for word in row),
                            row[0]["x0"],
                            row[-1]["x1"],
                            float(page.height) - bottom,
                        )
                        for bottom, row in sorted(rows.items())
                    ]
                )
        return found


def test_variants_in_capitals_are_merged() -> None:
    entries = merged(
        [
            Entry("AIDS", [("a", False)]),
            Entry("aids", [("b", False)]),
            Entry("Fever", [("c", True)], [Entry("At night", [("d", False)])]),
            Entry("fever", [("e", False)], [Entry("at night", [("f", False)])]),
        ],
        "en",
    )
    assert [entry.words for entry in entries] == ["AIDS", "aids", "fever"]
    fever = entries[-1]
    assert fever.places == [("c", True), ("e", False)]
    assert [(sub.words, len(sub.places)) for sub in fever.entries] == [("at night", 2)]
    assert len(merged([Entry("Işık"), Entry("ışık")], "tr")) == 1


def test_uses_of_a_term_do_not_drown_its_entry(make_project: MakeProject) -> None:
    project = make_project("test-print")
    chapters = [f"more-{n}" for n in range(MOST_USES + 3)]
    for n, name in enumerate(chapters):
        text = "\n\n".join([f"Chapter {n} on a {{term}}`T cell`."] * (n + 1))
        project.write(name, f"{_HEAD}# More {n}\n\n{text}\n")
    index = project.source / "index.md"
    listed = "\n".join(["three", *chapters])
    index.write_text(index.read_text("utf-8").replace("\nthree\n", f"\n{listed}\n"), "utf-8")
    built = project.build("handbook-pdf", handbook_outputs="book", handbook_papers="letter")
    path = built.folder / "pdf" / "en" / "handbook-en-letter.pdf"
    (entry,) = [
        line.text
        for column in _index_columns(path)
        for line in column
        if line.text.startswith("Tcell,")
    ]
    named = [int(page) for span in entry.split(",")[1:] for page in span.split("–")]
    book = Pdf(path)
    pages = set(range(named[0], named[-1] + 1)) if "–" in entry else set(named)
    used = [
        n
        for n in range(len(chapters))
        if any(squeezed(f"Chapter {n} on a T cell") in book.bodies[page - 1] for page in pages)
    ]
    assert used == list(range(3, MOST_USES + 3)), "the chapters that use it most"


def test_columns_of_a_right_to_left_page_begin_at_the_right() -> None:
    assert column_places(420, 2, 20, "ltr") == [(0, 200), (220, 200)]
    assert column_places(420, 2, 20, "rtl") == [(220, 200), (0, 200)]
    one, two = (Sides(Theme(language="ar"), page) for page in (1, 2))
    assert not one.outer_is_right and two.outer_is_right, "a book bound at its right"
    assert one.start > one.left


@pytest.mark.parametrize("color", PART_COLORS, ids=str)
def test_colors_of_parts_carry_words(color: theme.Color) -> None:
    def channel(value: float) -> float:  # WCAG 2.2, relative luminance
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    luminance = (
        0.2126 * channel(color.red) + 0.7152 * channel(color.green) + 0.0722 * channel(color.blue)
    )
    assert 1.05 / (luminance + 0.05) >= 7


def test_measures_of_pages() -> None:
    for paper, size in (("letter", "standard"), ("a4", "standard"), ("a5", "booklet")):
        look = Theme(paper, size)
        assert look.leading >= 1.4 * look.base
        assert look.outer >= 34
        assert look.small >= 12 and look.base >= 12
    assert Theme(size="large").foot == Theme(size="large").cell == 18


def _end_boxes(do: int, questions: int) -> str:
    """A chapter that leaves half a page for its boxes, of so many items and words each."""
    items = "\n".join(f"- {_words(2, 20)}" for _n in range(do))
    return (
        f"{_HEAD}(two)=\n# Second chapter title\n\n{_words(1, 140)}\n\n"
        f":::{{what-you-can-do}}\n{items}\n:::\n\n"
        f":::{{questions}}\n- {_words(3, questions)}\n:::\n"
    )


def _pages_of_words(path: Path) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for page in lines_of(path):
        for line in page:
            for name in re.findall(r"p\d{3}x", line.text):
                found[name].add(line.page)
    return found


def test_a_box_that_fits_fills_the_page_before_one_that_does_not(
    make_project: MakeProject,
) -> None:
    project = make_project("test-print")
    settings = {
        "handbook_outputs": "handouts",
        "handbook_papers": "letter",
        "handbook_chapter": "two",
    }
    project.write("two", _end_boxes(16, 12))
    folder = project.build("handbook-pdf", **settings).folder
    path = folder / "handouts" / "en" / "two-en-letter.pdf"
    where = _pages_of_words(path)
    assert (where["p003x"], where["p002x"]) == ({1}, {2})
    for divided in (_end_boxes(60, 12), _end_boxes(1, 12).replace(_words(2, 20), _words(2, 1200))):
        project.write("two", divided)
        project.build("handbook-pdf", **settings)
        where = _pages_of_words(path)
        assert len(where["p002x"]) > 1, "a box that no page can hold is divided, and stays first"
        assert max(where["p003x"]) >= max(where["p002x"])


def test_lines_of_a_handout(make_project: MakeProject) -> None:
    """Running text keeps to its measure; boxes and the list of sources are wider."""
    project = make_project("test-print")
    text = " ".join(["Plain words of common length stand in this line of text."] * 20)
    box = " ".join(["Plain words in a box."] * 30)
    project.write(
        "two", f"{_HEAD}(two)=\n# Second chapter title\n\n{text}\n\n:::{{note}}\n{box}\n:::\n"
    )
    folder = project.build(
        "handbook-pdf",
        handbook_outputs="handouts",
        handbook_papers="letter",
        handbook_chapter="two",
    ).folder
    look = Theme("letter", "handout", mirrored=False)
    assert look.base >= 12 and look.leading >= 1.4 * look.base
    with pdfplumber.open(folder / "handouts" / "en" / "two-en-letter.pdf") as document:
        lines = [line for page in document.pages for line in page.extract_text_lines()]
        full = [line for line in lines if "Plain words of" in line["text"]]
        widths = [line["x1"] - line["x0"] for line in full]
        rects = [rect for page in document.pages for rect in page.rects]
    assert len(full) > 10 and max(widths) <= look.measure + 0.5
    counts = sorted(len(line["text"]) for line in full)
    assert 60 <= counts[len(counts) // 2] <= 72
    assert max(rect["width"] for rect in rects) > look.measure + 50
