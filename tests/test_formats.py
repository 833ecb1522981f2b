"""Press files, booklets, review copies; and what is not built again."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from handbook.build import Request, build
from handbook.printing.imposition import CREEP, sides
from handbook.printing.press import BLEED
from tests.helpers import REPOSITORY, ROOTS, Built, Project
from tests.pdf import squeezed

_HALF_LETTER = (396.0, 612.0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = Project(tmp_path_factory.mktemp("formats"))
    shutil.copytree(ROOTS / "test-print", project.source)
    outputs = "book,press,booklets,review"
    built = project.build("handbook-pdf", handbook_outputs=outputs, handbook_papers="letter")
    assert built.warnings == []
    return built


@pytest.fixture(scope="module")
def book(built: Built) -> Path:
    return built.folder / "pdf" / "en" / "handbook-en-letter.pdf"


@pytest.fixture(scope="module")
def press(built: Built) -> Path:
    return built.folder / "press" / "en" / "handbook-en-letter-press.pdf"


# ---- press --------------------------------------------------------------------------------------


def test_a_press_page_has_its_trim_its_bleed_and_room_for_marks(book: Path, press: Path) -> None:
    for plain, page in zip(PdfReader(book).pages, PdfReader(press).pages, strict=True):
        assert page.trimbox.width == pytest.approx(float(plain.mediabox.width), abs=0.01)
        assert page.trimbox.height == pytest.approx(float(plain.mediabox.height), abs=0.01)
        assert float(page.trimbox.left) - float(page.bleedbox.left) == pytest.approx(
            BLEED, abs=0.01
        )
        assert float(page.bleedbox.top) - float(page.trimbox.top) == pytest.approx(BLEED, abs=0.01)
        assert page.mediabox.width > page.bleedbox.width
        assert "/Annots" not in page


def _color_operators(path: Path) -> Counter[str]:
    """The colour operators of all pages and of what they draw; of texts as "text k"."""
    found: Counter[str] = Counter()
    with pikepdf.open(path) as document:
        streams = list(document.pages)
        streams += [  # type: ignore[misc]
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"
        ]
        for stream in streams:
            in_text = False
            for instruction in pikepdf.parse_content_stream(stream):
                name = str(instruction.operator)
                in_text = name == "BT" or (in_text and name != "ET")
                if name in ("rg", "RG", "g", "G", "sc", "scn"):
                    found[name] += 1
                if in_text and name == "k":
                    inks = [float(ink) for ink in instruction.operands]
                    found["text in black ink" if inks[:3] == [0, 0, 0] else "text in colour"] += 1
    return found


def test_a_press_file_is_in_inks_and_its_text_in_black_alone(press: Path) -> None:
    found = _color_operators(press)
    assert set(found) == {"text in black ink"}
    with pikepdf.open(press) as document:
        spaces = {
            str(thing.ColorSpace)
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        }
        assert spaces == {"/DeviceCMYK"}
        assert "/StructTreeRoot" not in document.Root


def test_a_press_page_says_what_the_book_says(book: Path, press: Path) -> None:
    for plain, page in zip(PdfReader(book).pages, PdfReader(press).pages, strict=True):
        assert squeezed(page.extract_text()) == squeezed(plain.extract_text())


# ---- booklets -----------------------------------------------------------------------------------


def test_folded_sheets_have_their_pages_in_order() -> None:
    """Fold the sheets: the right halves of the fronts and the left halves of the backs."""
    for right_to_left in (False, True):
        stack = list(sides(16, right_to_left=right_to_left))
        first = 0 if right_to_left else 1
        leaves = []
        for front, back in zip(stack[::2], stack[1::2], strict=True):
            leaves += [front.pages[first], back.pages[1 - first]]
        assert leaves == list(range(8))
        assert sorted(page for side in stack for page in side.pages) == list(range(16))
    with pytest.raises(ValueError, match="sheets of four"):
        list(sides(10))


def test_a_booklet_is_laid_out_small_and_never_shrunk(built: Built) -> None:
    paths = sorted((built.folder / "booklets" / "en").glob("*.pdf"))
    assert [path.name for path in paths] == [
        "one-en-letter-booklet.pdf",
        "three-en-letter-booklet.pdf",
    ]
    with pikepdf.open(paths[0]) as document:
        assert len(document.pages) % 2 == 0
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        shifts = []
        for page in document.pages:
            placed = [
                [float(number) for number in instruction.operands]
                for instruction in pikepdf.parse_content_stream(page)
                if str(instruction.operator) == "cm"
            ]
            assert [matrix[:4] for matrix in placed] == [[1, 0, 0, 1]] * 2
            left, right = (matrix[4] for matrix in placed)
            shifts.append(left)
            # Both pages are as far from the fold, which is in the middle of the sheet.
            assert left + _HALF_LETTER[0] - 396 == pytest.approx(396 - right, abs=0.01)
        for sheet, pair in enumerate(zip(shifts[::2], shifts[1::2], strict=True)):
            assert pair == pytest.approx((sheet * CREEP, sheet * CREEP), abs=0.01)


def test_a_booklet_holds_its_part_and_names_what_lies_outside(built: Built) -> None:
    path = built.folder / "booklets" / "en" / "three-en-letter-booklet.pdf"
    text = squeezed("".join(page.extract_text() for page in PdfReader(path).pages))
    for words in ("Second part", "Third chapter title", "No clinician has reviewed this text"):
        assert squeezed(words) in text
    assert squeezed("First chapter words") not in text


# ---- review copy --------------------------------------------------------------------------------


def test_a_review_copy_numbers_statements_and_shows_their_sources(make_project: object) -> None:
    project = make_project()  # type: ignore[operator]
    shutil.copy(ROOTS / "test-print" / "references.bib", project.source)
    key = (project.source / "references.bib").read_text().split("{", 1)[1].split(",")[0]
    project.write(
        "index",
        "---\nreview-by: 2099-01-31\n---\n# Book\n\n```{toctree}\none\n```\n",
    )
    project.write(
        "one",
        "---\nreview-by: 2099-01-31\n---\n# One\n\n"
        f"% says {key} @ Table 7: it was so in many people.\n"
        f"A statement on fever.{{cite}}`{key}`\n\n% no claim\nTurn the page.\n\n"
        "- first\n- second\n\n## Sources\n\n:::{sources}\n:::\n",
    )
    built = project.build("handbook-pdf", handbook_outputs="review", handbook_papers="letter")
    assert built.warnings == []
    (path,) = built.folder.rglob("*-review.pdf")
    pages = [page.extract_text() for page in PdfReader(path).pages]
    page = next(page for page in pages if "A statement on fever" in page)
    assert squeezed("Table 7: it was so in many people.") in squeezed(page)
    assert "Makes no clinical claim" in page
    numbers = [line.split()[0] for line in page.splitlines() if line[:2].strip() in "1234"]
    assert set(numbers) >= {"1", "2", "3", "4"}


# ---- what is not built again --------------------------------------------------------------------


def test_only_what_has_changed_is_built_again(tmp_path: Path) -> None:
    for name in ("conf.py", "clinic.toml", "docutils.conf"):
        shutil.copy(REPOSITORY / name, tmp_path)
    shutil.copytree(ROOTS / "test-print", tmp_path / "source")
    out = tmp_path / "build"
    request = Request(("handouts",), papers=("letter",), out=out, root=tmp_path)

    def times() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in build(request)}

    first = times()
    assert len(first) == 4
    assert times() == first, "nothing has changed"

    chapter = tmp_path / "source" / "three.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    second = times()
    assert {name for name in first if first[name] != second[name]} == {"three-en-letter.pdf"}

    spoiled = out / "handouts" / "en" / "one-en-letter.pdf"
    spoiled.write_bytes(b"not a PDF")
    times()
    assert len(PdfReader(spoiled).pages) > 0, "a file that was changed by hand is built again"
