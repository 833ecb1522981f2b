"""Documents that break print engines: each prints whole, or is refused by file and line."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from handbook.errors import HandbookError
from tests.conftest import MakeProject
from tests.helpers import REPOSITORY, ROOTS, Project
from tests.pdf import Pdf, squeezed

_FRONT = "---\nreview-by: 2099-01-31\n---\n"
_OUTPUTS = {"handbook_outputs": "book", "handbook_papers": "letter"}


def _book(project: Project, chapters: dict[str, str]) -> Pdf:
    """Print a book of these chapters; not one warning."""
    listed = "\n".join(chapters)
    head = f"{_FRONT}# Torture\n\n```{{toctree}}\n:caption: Part\n:numbered: 1\n\n{listed}\n```\n"
    project.write("index", head)
    for name, text in chapters.items():
        project.write(name, f"{_FRONT}({name})=\n# Title of {name}\n\n{text}\n")
    built = project.build("handbook-pdf", **_OUTPUTS)
    assert built.warnings == []
    return Pdf(built.folder / "pdf" / "en" / "handbook-en-letter.pdf")


def _in_order(pdf: Pdf, words: list[str]) -> None:
    place = 0
    for word in words:
        place = pdf.text.find(squeezed(word), place)
        assert place >= 0, f"{word!r} is missing or out of order"


def test_a_box_of_800_paragraphs(make_project: MakeProject) -> None:
    paragraphs = [f"Paragraph number {number} of the box." for number in range(800)]
    box = ":::{note}\n" + "\n\n".join(paragraphs) + "\n:::"
    _in_order(_book(make_project(), {"one": box}), paragraphs)


def test_a_paragraph_longer_than_a_page_wherever_it_begins(make_project: MakeProject) -> None:
    long = "Words go on and on. " * 300
    chapters = {
        f"c{lines}": "Short.\n\n" * lines + f"Begin {long} finish{lines}." for lines in range(6, 24)
    }
    _in_order(_book(make_project(), chapters), [f"finish{lines}" for lines in range(6, 24)])


def test_a_table_of_many_pages_repeats_its_head(make_project: MakeProject) -> None:
    rows = [f"* - Row {number} first\n  - Row {number} second" for number in range(260)]
    table = ":::{list-table} Long\n:header-rows: 1\n\n* - Headone\n  - Headtwo\n"
    pdf = _book(make_project(), {"one": table + "\n".join(rows) + "\n:::"})
    pages = [body for body in pdf.bodies if "Row" in body]
    assert len(pages) >= 10
    assert all(body.count("Headone") == 1 for body in pages)
    _in_order(pdf, [f"Row {number} first" for number in range(260)])


def test_a_cell_taller_than_a_page(make_project: MakeProject) -> None:
    sentences = [f"Sentence {number} of a very tall cell." for number in range(400)]
    table = ":::{list-table} Tall\n:header-rows: 1\n\n* - Head\n  - Other\n* - Small\n  - "
    pdf = _book(make_project(), {"one": table + " ".join(sentences) + "\n:::"})
    _in_order(pdf, sentences)


def test_a_word_longer_than_the_line(make_project: MakeProject) -> None:
    word = "Lopado" + "temachoselachogaleokranio" * 12
    pdf = _book(make_project(), {"one": f"Before {word} after.\n\n- {word}\n"})
    assert pdf.text.count(word) == 2
    import pdfplumber

    with pdfplumber.open(pdf.path) as document:
        for page in document.pages:
            assert all(char["x1"] < page.width - 20 for char in page.chars), "inside the page"


@pytest.mark.parametrize("size", [(4000, 200), (200, 4000)])
def test_a_picture_of_20_to_1(size: tuple[int, int], make_project: MakeProject) -> None:
    project = make_project()
    Image.new("RGB", size, "#0f5c66").save(project.source / "long.png")
    pdf = _book(project, {"one": "Before.\n\n```{image} long.png\n:alt: A long bar\n```\n\nAfter."})
    _in_order(pdf, ["Before.", "After."])
    import pdfplumber

    with pdfplumber.open(pdf.path) as document:
        (picture,) = [image for page in document.pages for image in page.images]
        page = document.pages[0]
        assert picture["x0"] > 0 and picture["x1"] < page.width and picture["height"] < page.height
        wide, high = picture["x1"] - picture["x0"], picture["height"]
        assert wide / high == pytest.approx(size[0] / size[1], rel=0.02), "not distorted"


def test_headings_six_deep(make_project: MakeProject) -> None:
    headings = [f"{'#' * depth} Heading {depth}\n\nText {depth}." for depth in range(2, 7)]
    pdf = _book(make_project(), {"one": "\n\n".join(headings)})
    _in_order(
        pdf, [word for depth in range(2, 7) for word in (f"Heading {depth}", f"Text {depth}.")]
    )


def test_300_terms_and_2000_index_entries(make_project: MakeProject) -> None:
    terms = [f"term{number:03}" for number in range(300)]
    glossary = "\n\n".join(f"{term}\n    Definition of {term}." for term in terms)
    entries = [f"entry{number:04}" for number in range(2000)]
    parts = []
    for start in range(0, 2000, 20):
        listed = "\n".join(f"single: {entry}" for entry in entries[start : start + 20])
        parts.append(f"```{{index}}\n{listed}\n```\nParagraph on {entries[start]}.")
    pdf = _book(
        make_project(),
        {"one": "\n\n".join(parts), "words": f":::{{glossary}}\n{glossary}\n:::"},
    )
    for word in [*terms, *entries]:
        assert word in pdf.text
    page = next(n for n, body in enumerate(pdf.bodies, 1) if "Paragraphonentry1980." in body)
    assert re.search(rf"entry1980,{page}(?!\d)", pdf.text), "the entry names its page"


_DESIGN = {
    "card": "::::{card} Title words\nBody words\n\n:::{card-footer}\nFooter words\n:::\n::::",
    "grid": "::::{grid} 2\n:::{grid-item-card} Title words\nBody words\n:::\n"
    ":::{grid-item}\nFooter words\n:::\n::::",
    "tab-set": "::::{tab-set}\n:::{tab-item} Title words\nBody words\n:::\n"
    ":::{tab-item} Second\nFooter words\n:::\n::::",
    "dropdown": ":::{dropdown} Title words\nBody words\n\nFooter words\n:::",
    "accordion": "::::{accordion}\n:::{dropdown} Title words\nBody words\n:::\n"
    ":::{dropdown} Second\nFooter words\n:::\n::::",
    "steps": "::::{steps}\n:::{step} Title words\nBody words\n:::\n"
    ":::{step} Second\nFooter words\n:::\n::::",
    "aside": ":::{aside} Title words\nBody words\n\nFooter words\n:::",
    "carousel": "::::{card-carousel} 2\n:::{card} Title words\nBody words\n:::\n"
    ":::{card} Second\nFooter words\n:::\n::::",
    "badge": "{bdg-primary}`Title words` then Body words and Footer words",
    "button": ":::{button-link} https://www.cancer.gov\nTitle words\n:::\n\n"
    "Body words\n\nFooter words",
    "article-info": "Title words\n\n"
    ":::{article-info}\n:author: Body words\n:date: Footer words\n:::",
    "div": ":::{div} some-class\nTitle words\n\nBody words\n\nFooter words\n:::",
}


def test_every_component_of_sphinx_design(make_project: MakeProject) -> None:
    pdf = _book(make_project(), _DESIGN)
    for name in _DESIGN:
        page = [body for body in pdf.bodies if squeezed(f"Title of {name}") in body][-1]
        for words in ("Title words", "Body words", "Footer words"):
            assert squeezed(words) in page, f"{name}: {words}"


def test_what_cannot_be_printed_is_refused_by_file_and_line(make_project: MakeProject) -> None:
    project = make_project()
    project.write("index", f"{_FRONT}# Book\n\n```{{toctree}}\none\n```\n")
    project.write("one", f"{_FRONT}# One\n\nFirst.\n\n```{{math}}\na^2\n```\n")
    with pytest.raises(HandbookError) as caught:
        project.build("handbook-pdf", **_OUTPUTS)
    assert "one.md:8" in str(caught.value)


# ---- the same bytes -----------------------------------------------------------------------------


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.pdf"))
        if ".work" not in path.parts
    }


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another folder, with another hash seed, in another time zone."""
    found = []
    for seed, name, zone in (("1", "a", "UTC"), ("77", "another folder", "Asia/Tokyo")):
        root = tmp_path / name
        root.mkdir()
        for file in ("conf.py", "clinic.toml", "docutils.conf"):
            shutil.copy(REPOSITORY / file, root)
        shutil.copytree(ROOTS / "test-print", root / "source")
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "SOURCE_DATE_EPOCH": "1790000000",
        }
        kinds = ["pdf", "handouts", "press", "booklet", "review"]
        command = [sys.executable, "-m", "handbook", "build", *kinds, "--paper", "letter"]
        subprocess.run(
            [*command, "--root", str(root), "--out", str(root / "build")],
            cwd=REPOSITORY, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        found.append(_digests(root / "build"))
    assert found[0] == found[1]
    assert len(found[0]) >= 9


# ---- numbers that swing -------------------------------------------------------------------------


def test_page_numbers_settle_even_where_their_width_moves_lines(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room kept for numbers from the first pass on, as after too many: the same pages."""
    from handbook.printing import output

    filler = " ".join(["Words to fill the page with."] * 60)
    text = "\n\n".join([f"See {{ref}}`two` and {{ref}}`one`. {filler}"] * 30)
    monkeypatch.setattr(output, "FREE_PASSES", 0)
    pdf = _book(make_project(), {"one": text, "two": text})
    (chapter,) = [entry for entry in _flat(pdf.reader.outline) if "Title of two" in entry.title]
    page = (pdf.reader.get_destination_page_number(chapter) or 0) + 1
    named = re.findall(r"Titleoftwo\(seepage(\d+)\)", pdf.text)
    assert set(named) == {str(page)}


def _flat(outline: list[Any]) -> list[Any]:
    """The entries of an outline of any depth."""
    return [
        entry
        for found in outline
        for entry in (_flat(found) if isinstance(found, list) else [found])
    ]
