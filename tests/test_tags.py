"""Tagged PDF: valid by PDF/UA-1, and right when it is read aloud."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import page as validator
import pytest

from tests.conftest import MakeProject
from tests.helpers import ROOTS, Built, Project
from tests.pdf import Pdf, squeezed
from tests.tagged import Tag, words_by_mark
from tests.tagged import read as read_tags
from tests.visible import read as read_words

_HEAD = "---\nreview-by: 2099-01-31\n---\n(three)=\n# Third chapter title\n\n"


def _print(project: Project, outputs: str, **settings: str) -> Built:
    settings.setdefault("handbook_papers", "letter")
    return project.build("handbook-pdf", handbook_outputs=outputs, **settings)


def _handout(project: Project, chapter: str, **settings: str) -> Path:
    built = _print(project, "handouts", handbook_chapter=chapter, **settings)
    (path,) = built.folder.rglob("*.pdf")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = Project(tmp_path_factory.mktemp("tags"), {"handbook_cards": ["two"]})
    shutil.copytree(ROOTS / "test-print", project.source)
    return _print(project, "book,handouts,cards")


@pytest.fixture(scope="module")
def book(built: Built) -> Tag:
    return read_tags(built.folder / "pdf" / "en" / "handbook-en-letter.pdf")


@pytest.fixture(scope="module")
def chapter(built: Built) -> Tag:
    return read_tags(built.folder / "handouts" / "en" / "one-en-letter.pdf")


def _failures(path: Path) -> list[str]:
    report = validator.validate_pdf(path, profile="ua1")
    return [f"{path.name}: {failure.rule_id}: {failure.message}" for failure in report.failures]


def test_every_output_is_pdf_ua(built: Built) -> None:
    files = sorted(built.folder.rglob("*.pdf"))
    assert {path.parent.parent.name for path in files} == {"pdf", "handouts", "cards"}
    assert [failure for path in files for failure in _failures(path)] == []


def test_large_print_is_pdf_ua(make_project: MakeProject) -> None:
    large = _print(make_project("test-print"), "book", handbook_size="large")
    (path,) = large.folder.rglob("*.pdf")
    assert _failures(path) == []


def test_headings_step_down_one_by_one(book: Tag, chapter: Tag) -> None:
    for tags in (book, chapter):
        levels = [int(tag.role[1]) for tag in tags.find(*(f"H{n}" for n in range(1, 7)))]
        assert levels[0] == 1
        assert max(levels) == 3
        assert all(after <= before + 1 for before, after in pairwise(levels))
    titles = [tag.text.split() for tag in book.find("H1")]
    assert ["Chapter", "1", "Chapter", "of", "constructs"] in titles
    assert titles[-1] == ["Index"]


def test_all_words_are_read_in_the_order_of_the_chapter(chapter: Tag) -> None:
    spoken = squeezed(chapter.text)
    place = 0
    pieces = read_words((ROOTS / "test-print" / "one.md").read_text("utf-8")).pieces
    pieces.remove("Temperature")  # a table to fill in is written by columns and read by rows
    for piece in pieces:
        found = spoken.find(squeezed(piece), place)
        assert found >= 0, f"{piece!r} does not come after {spoken[place - 40 : place]!r}"
        place = found + len(squeezed(piece))


def test_only_heads_feet_and_signs_are_artifacts(built: Built) -> None:
    path = built.folder / "handouts" / "en" / "one-en-letter.pdf"
    pdf = Pdf(path)
    for (_page, mark), text in words_by_mark(path).items():
        if mark is None:
            rest = squeezed(text)
            for foot in ("SAMPLE: not for patients", "No clinician has reviewed this text"):
                assert squeezed(foot) in rest
            assert not [w for w in ("Minute", "Cell", "row advice") if squeezed(w) in rest]
    assert len(pdf) > 2


def test_words_do_not_run_together_at_the_end_of_a_line(make_project: MakeProject) -> None:
    project = make_project("test-print")
    project.write("three", f"{_HEAD}{' '.join(['words'] * 90)}\n")
    (paragraph,) = [
        tag for tag in read_tags(_handout(project, "three")).find("P") if "words words" in tag.text
    ]
    assert paragraph.text.split() == ["words"] * 90


def test_lists(chapter: Tag) -> None:
    for listed in chapter.find("L"):
        assert {tag.role for tag in listed.tags} == {"LI"}
        for item in listed.tags:
            assert [tag.role for tag in item.tags] in (["LBody"], ["Lbl", "LBody"])
    outlines = [listed.outline() for listed in chapter.find("L")]
    assert (
        "L\n"
        " LI\n  Lbl 1.\n  LBody\n   P First step words\n"
        " LI\n  Lbl 2.\n  LBody\n   P Second step words\n"
        "   L\n    LI\n     LBody\n      P Nested words"
    ) in outlines
    assert "L\n LI\n  Lbl Term in a list\n  LBody\n   P Definition in a list" in outlines
    (actions,) = [o for o in outlines if "Green symptom words" in o]
    assert "LI\n  Lbl Call today\n  LBody\n   P Amber symptom words\n   P" in actions
    (box,) = [tag for tag in chapter.find("Lbl") if "ActualText" in tag.attributes]
    assert str(box.attributes["ActualText"]) == "☐"


def test_a_sign_alone_says_its_level(make_project: MakeProject) -> None:
    project = make_project("test-print")
    project.write("three", f"{_HEAD}:::{{actions}}\n:brief:\nsample-red\nsample-amber\n:::\n")
    labels = list(read_tags(_handout(project, "three")).find("Lbl"))
    assert [str(label.attributes["Alt"]) for label in labels] == ["Emergency: go now", "Call today"]


def test_tables(chapter: Tag) -> None:
    first, second = chapter.find("Table")
    assert first.outline() == (
        "Table\n Caption Table 1.1. Table title words\n"
        " TR\n  TH\n   P Head one\n  TH\n   P Head two\n"
        " TR\n  TD\n   P Cell one\n  TD\n   P Cell two"
    )
    scopes = [(tag.text.strip(), str(tag.attributes["Scope"])) for tag in second.find("TH")]
    assert scopes == [
        ("Day", "/Column"), ("Temperature", "/Column"),
        ("Monday row", "/Row"), ("Tuesday row", "/Row"),
    ]  # fmt: skip
    assert [len(row.tags) for row in second.find("TR")] == [2, 2, 2], "empty cells are cells"


def test_a_table_over_pages_is_one_table_and_says_its_head_once(make_project: MakeProject) -> None:
    project = make_project("test-print")
    rows = "\n".join(f"* - Row {n}\n  - Words" for n in range(90))
    project.write(
        "three", f"{_HEAD}:::{{list-table}}\n:header-rows: 1\n\n* - Head\n  - More\n{rows}\n:::\n"
    )
    path = _handout(project, "three")
    (table,) = read_tags(path).find("Table")
    assert [tag.text.strip() for tag in table.find("TH")] == ["Head", "More"]
    assert [row.tags[0].text.strip() for row in table.tags[1:]] == [f"Row {n}" for n in range(90)]
    assert _failures(path) == []


def test_what_goes_on_over_a_page_stays_one(make_project: MakeProject) -> None:
    project = make_project("test-print")
    long = " ".join(f"word{n}" for n in range(900))
    items = "\n".join(f"- Item {n}" for n in range(60))
    project.write("three", f"{_HEAD}{long}\n\n:::{{questions}}\n{items}\n:::\n")
    tags = read_tags(_handout(project, "three"))
    (paragraph,) = [tag for tag in tags.find("P") if "word899" in tag.text]
    assert paragraph.text.split() == long.split()
    assert len(set(paragraph.pages)) > 1
    (questions,) = tags.find("L")
    assert [item.text.strip() for item in questions.tags] == [f"Item {n}" for n in range(60)]


def test_pictures_are_described(chapter: Tag) -> None:
    code, square, drawing = chapter.find("Figure")
    assert str(square.attributes["Alt"]) == "A grey square"
    assert str(drawing.attributes["Alt"]) == "Two words in a circle"
    assert "phone" in str(code.attributes["Alt"])
    for figure in (square, drawing, code):
        left, bottom, right, top = (float(number) for number in figure.attributes["BBox"])
        assert 0 < left < right < 612 and 0 < bottom < top < 792
    captions = [tag.text.strip() for tag in chapter.find("Caption")]
    assert "Fig. 1.1. Figure caption words" in captions


def test_links_say_where_they_go(book: Tag) -> None:
    links = list(book.find("Link"))
    assert [link.text for link in links if not link.links or not all(link.links)] == []
    told = {text for link in links for text in link.links}
    for words in (
        "(555)\N{NO-BREAK SPACE}555-0100", "a site (https://www.cancer.gov/about)",
        "Second chapter title (see page 10)", "T cell (see page 13)",
        "1. Chapter of constructs (see page 6)", "fever, by day (see page 10)",
    ):  # fmt: skip
        assert words in told, words
    assert any(re.fullmatch(r"Source 1 \(see page \d+\)", words) for words in told)
    entry, *_others = [
        link for link in links if "1. Chapter of constructs (see page 6)" in link.links
    ]
    assert entry.text.split() == ["1.", "Chapter", "of", "constructs", "6"]


def test_contents_and_index(book: Tag) -> None:
    contents = next(book.find("TOC"))
    parts = [
        tag.text.split() for tag in contents.kids if isinstance(tag, Tag) and tag.role == "TOCI"
    ]
    assert [words[:-1] for words in parts] == [["First", "part"], ["Second", "part"], ["Index"]]
    assert {tag.role for tag in contents.find("TOCI")} == {"TOCI"}
    (index,) = book.find("Index")
    assert [tag.text.strip() for tag in index.find("H2")] == ["F", "T"]
    fever = next(index.find("LBody"))
    assert [tag.text.split()[0] for tag in fever.find("LI")] == ["at", "by"]


def test_other_languages_and_short_forms_are_told(make_project: MakeProject) -> None:
    project = make_project("test-print")
    project.write("three", f"{_HEAD}The {{abbr}}`CRS (cytokine release syndrome)`.\n\nMore.\n")
    english = read_tags(_handout(project, "three"))
    (span,) = english.find("Span")
    assert (span.text, str(span.attributes["E"])) == ("CRS", "cytokine release syndrome")
    spanish = read_tags(_handout(project, "three", language="es"))
    (left,) = [tag for tag in spanish.find("P") if "More." in tag.text]
    assert str(left.attributes["Lang"]) == "en"
