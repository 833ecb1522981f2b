"""The whole handbook, as `make` builds it: nothing lost, the index right, all pages marked."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser

from tests.helpers import REPOSITORY
from tests.pdf import Link, Pdf, squeezed
from tests.visible import Chapter, read
from tests.weight import heavy_pages

HEAVIEST = 200_000  # bytes of a chapter's page with all that it loads, uncompressed
#: Where the feet of handouts and sheets end, which are lower than the book's, in points.
LOW = 68
PHONES = ("(555) 555-0100", "(555) 555-0101", "911")


def _make(out: Path, *arguments: str) -> str:
    """Build into ``out`` as the Makefile does; a warning fails it. Returns what was said."""
    result = subprocess.run(
        [sys.executable, "-m", "handbook", "build", *arguments, "--out", str(out)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-4000:]
    return result.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of everything in English; a warning fails it."""
    out = tmp_path_factory.mktemp("handbook")
    said = _make(out, "html", "pdf", "handouts", "cards", "--paper", "letter")
    assert "handbook-en-letter.pdf" in said, "the end says where the results are"
    return out


@pytest.fixture(scope="session")
def book(built: Path) -> Pdf:
    return Pdf(built / "pdf" / "en" / "handbook-en-letter.pdf")


@pytest.fixture(scope="session")
def chapters() -> dict[str, Chapter]:
    """Every chapter's visible words, read from its Markdown."""
    source = REPOSITORY / "source"
    return {
        path.relative_to(source).with_suffix("").as_posix(): read(path.read_text("utf-8"))
        for path in sorted(source.rglob("*.md"))
    }


def _lost(chapter: Chapter, text: str) -> list[str]:
    return [piece for piece in chapter.pieces if squeezed(piece) not in text]


def test_nothing_is_lost_in_print(book: Pdf, chapters: dict[str, Chapter]) -> None:
    assert sum(len(chapter.pieces) for chapter in chapters.values()) > 1000
    lost = {name: _lost(chapter, book.text) for name, chapter in chapters.items()}
    assert {name: pieces for name, pieces in lost.items() if pieces} == {}


def test_nothing_is_lost_on_the_web(built: Path, chapters: dict[str, Chapter]) -> None:
    lost = {}
    for name, chapter in chapters.items():
        page = lxml_html.parse(str(built / "html" / "en" / f"{name}.html"))
        (article,) = page.xpath("//article[@role='main']")
        lost[name] = _lost(chapter, squeezed(article.text_content()))
    assert {name: pieces for name, pieces in lost.items() if pieces} == {}


def test_no_chapter_is_heavy_on_the_web(built: Path, browser: Browser) -> None:
    assert list(heavy_pages(browser, built / "html" / "en", HEAVIEST)) == []


def test_handouts_hold_their_whole_chapter(built: Path, chapters: dict[str, Chapter]) -> None:
    found = {path.name for path in (built / "handouts" / "en").glob("*.pdf")}
    cards = {path.name for path in (built / "cards" / "en").glob("*.pdf")}
    for name, chapter in chapters.items():
        short = name.rpartition("/")[2]
        if short == "index":
            continue
        file = f"{short}-en-letter.pdf"
        assert file in found | cards
        kind = "handouts" if file in found else "cards"
        pdf = Pdf(built / kind / "en" / file, foot=LOW)
        assert _lost(chapter, pdf.text) == []


def test_each_page_carries_numbers_edition_and_marks(built: Path, book: Pdf) -> None:
    files = [book, *(Pdf(path) for path in sorted(built.rglob("handouts/en/*.pdf")))]
    files += [Pdf(path) for path in sorted(built.rglob("cards/en/*.pdf"))]
    assert len(files) > 6
    codes = set()
    for pdf in files:
        for number, text in enumerate(pdf.pages, start=1):
            where = f"{pdf.path.name}, page {number}"
            plain = " ".join(text.split())
            assert all(phone in plain for phone in PHONES), where
            assert "SAMPLE" in plain, where
            assert "No clinician has reviewed this text" in plain, where
            assert "Check for a newer copy after" in plain, where
            (code,) = set(re.findall(r"\d{4}\.\d+-en-[0-9a-f]{8} DRAFT", plain))
            codes.add((pdf.path.name, code))
    assert len(codes) == len(files), "one code a file, on all its pages"
    assert len({code for _name, code in codes}) == len(files), "and no two files with one code"


def test_fonts_are_embedded_and_the_file_says_what_it_is(built: Path, book: Pdf) -> None:
    for path in built.rglob("*.pdf"):
        fonts = Pdf(path).fonts()
        assert fonts
        assert all(fonts.values()), (path.name, fonts)
    root = book.reader.trailer["/Root"]
    assert book.reader.metadata is not None
    assert book.reader.metadata.title == "Immunotherapy Handbook"
    assert book.reader.metadata.author
    assert root["/Lang"] == "en"
    titles = [title for title, _page in _openings(book)]
    assert "1. When to call, and whom" in titles
    assert "Part 1 · Get help now" in titles
    assert "Index" in titles


def test_spanish_is_built_and_says_that_it_is_a_draft(tmp_path: Path, browser: Browser) -> None:
    _make(tmp_path, "html", "handouts", "cards", "--languages", "es", "--chapter", "when-to-call")
    assert list(heavy_pages(browser, tmp_path / "html" / "es", HEAVIEST)) == []
    handout = Pdf(tmp_path / "handouts" / "es" / "when-to-call-es-letter.pdf")
    card = Pdf(tmp_path / "cards" / "es" / "fridge-sheet-es-letter.pdf")
    assert handout.reader.trailer["/Root"]["/Lang"] == "es"
    for pdf in (handout, card):
        for text in pdf.pages:
            plain = " ".join(text.split())
            assert "Esta traducción es un borrador" in plain
            assert "(555) 555-0101" in plain
    page = (tmp_path / "html" / "es" / "get-help-now" / "when-to-call.html").read_text("utf-8")
    assert re.search(r"<html[^>]* lang=.es.", page)
    assert "Esta traducción es un borrador" in page


def _openings(book: Pdf) -> list[tuple[str, int]]:
    """Parts and chapters as the outline names them, and the pages on which they begin."""
    items: list[Any] = []
    for item in book.reader.outline:
        items += (
            [one for one in item if not isinstance(one, list)] if isinstance(item, list) else [item]
        )
    return [
        (item.title, (book.reader.get_destination_page_number(item) or 0) + 1) for item in items
    ]


def _index_start(book: Pdf) -> int:
    (page,) = [page for title, page in _openings(book) if title == "Index"]
    return page


@pytest.fixture(scope="session")
def links(book: Pdf) -> list[Link]:
    return book.links()


def test_the_contents_name_the_right_pages(book: Pdf, links: list[Link]) -> None:
    start = next(n for n, body in enumerate(book.bodies, 1) if "Whatisinthisbook" in body)
    lines = [
        link for link in links if start <= link.page < start + 4 and "..." not in str(link.goal)
    ]
    checked = 0
    for link in lines:
        match = re.match(r"(.+?)\s*(\d+)$", " ".join(link.text.split()))
        if not match or not isinstance(link.goal, int):
            continue
        title, page = match.group(1), int(match.group(2))
        assert page == link.goal, link
        assert squeezed(re.sub(r"^\d+\. ", "", title)) in book.bodies[page - 1], link
        checked += 1
    assert checked > 30


@pytest.fixture(scope="session")
def index_lines(book: Pdf) -> list[tuple[int, str]]:
    return _index_lines(book, _index_start(book))


def test_index_entries_are_on_the_page_that_they_name(
    book: Pdf,
    links: list[Link],
    index_lines: list[tuple[int, str]],
    chapters: dict[str, Chapter],
) -> None:
    """Of every entry of every chapter, the words that follow it are on a page the index names."""
    first = _index_start(book)
    for link in links:
        if link.page >= first and isinstance(link.goal, int):
            number = re.match(r"\d+", link.text.strip(" ,"))
            assert number and int(number.group()) == link.goal, f"{link}: not where it leads"
    named = _index_pages(index_lines)
    missing, checked = [], 0
    for docname, chapter in chapters.items():
        for entry, words in chapter.entries:
            for term in _places(entry):
                pages = named.get(squeezed(term), set())
                checked += 1
                if not any(squeezed(words)[:40] in book.bodies[page - 1] for page in pages):
                    missing.append((docname, term, words[:40], sorted(pages)))
    assert checked > 500
    assert missing == []


def test_questions_that_patients_ask_are_found_from_the_index_alone(
    book: Pdf, index_lines: list[tuple[int, str]]
) -> None:
    """tests/index_questions.csv: a question, the word to look under, the chapter that answers."""
    named = _index_pages(index_lines)
    spans = _chapter_pages(book)
    with (REPOSITORY / "tests" / "index_questions.csv").open(encoding="utf-8") as stream:
        questions = list(csv.DictReader(stream))
    assert len(questions) >= 40
    lost = []
    for question in questions:
        wanted = set(spans[question["answered_in"]])
        if not _pages_under(question["look_under"], index_lines, named) & wanted:
            lost.append((question["question"], question["look_under"]))
    assert lost == []


def _pages_under(word: str, lines: list[tuple[int, str]], named: dict[str, set[int]]) -> set[int]:
    """The pages of an entry, of its sub-entries, and of the entry it sends the reader to."""
    term = squeezed(word)
    pages = {
        page
        for name, found in named.items()
        if name == term or name.startswith(f"{term};")
        for page in found
    }
    entry = ""
    for depth, line in lines:
        entry = line if depth == 0 else entry
        match = re.search(r"\bsee (?:also )?(.+)$", line)
        if match and squeezed(entry.partition(", see ")[0]) == term:
            goals = squeezed(match.group(1))
            pages |= {
                page
                for name, found in named.items()
                if name == goals or name.startswith(f"{goals};")
                for page in found
            }
    return pages


def _chapter_pages(book: Pdf) -> dict[str, range]:
    """The pages of each document, from the PDF's outline."""
    starts = _openings(book)
    titles = {}
    for path in (REPOSITORY / "source").rglob("*.md"):
        title = re.search(r"^# (.+)$", path.read_text("utf-8"), re.MULTILINE)
        assert title
        name = path.relative_to(REPOSITORY / "source").with_suffix("").as_posix()
        titles[title.group(1)] = name
    spans = {}
    for (title, start), (_next, end) in pairwise([*starts, ("", len(book) + 1)]):
        name = titles.get(re.sub(r"^\d+\. ", "", title))
        if name:
            spans[name] = range(start, end)
    return spans


def _places(entry: str) -> Iterator[str]:
    """The terms of an entry that name a page: "fever; at night" of "! single: fever; at night"."""
    text = entry.lstrip("! ").strip()
    kind, colon, rest = text.partition(":")
    if colon and kind in ("see", "seealso"):
        return
    if colon and kind == "pair":
        one, _, two = (part.strip() for part in rest.partition(";"))
        yield f"{one}; {two}"
        yield f"{two}; {one}"
    elif colon and kind == "single":
        yield rest.lstrip("! ").strip()
    else:
        yield from (part.strip().lstrip("! ") for part in text.split(","))


def _index_pages(lines: list[tuple[int, str]]) -> dict[str, set[int]]:
    """The printed index: "term" or "term;sub-term", squeezed, and the pages that it names."""
    found: dict[str, set[int]] = {}
    entry = ""
    for depth, line in lines:
        match = re.match(r"(.*?),\s+(\d+(?:–\d+)?(?:, \d+(?:–\d+)?)*)$", line)
        words, pages = match.groups() if match else (line, "")
        term = squeezed(words.removesuffix("(continued)"))
        if depth == 0:
            entry = term
        else:
            term = f"{entry};{term}"
        ranges = [tuple(map(int, part.split("–"))) for part in pages.split(", ") if part]
        found.setdefault(term, set()).update(
            page for span in ranges for page in range(span[0], span[-1] + 1)
        )
    return found


def _is_upright(thing: dict[str, Any]) -> bool:
    """Not so the words of the index's thumb mark."""
    return bool(thing.get("upright", True))


def _index_lines(book: Pdf, first: int) -> list[tuple[int, str]]:
    """The index's entries as (depth, text), put together from its printed lines."""
    entries: list[tuple[int, str]] = []
    with pdfplumber.open(book.path) as document:
        for page in document.pages[first - 1 :]:
            frame = page.crop((0, book.head, page.width, page.height - book.foot))
            words = frame.filter(_is_upright).extract_words(extra_attrs=["size"])
            middle = page.width / 2
            for column in (
                [w for w in words if w["x0"] < middle],
                [w for w in words if w["x0"] >= middle],
            ):
                small = [word for word in column if word["size"] < 13]
                left = min((word["x0"] for word in small), default=0.0)
                for _top, line in groupby(small, key=lambda word: round(word["bottom"])):
                    line_words = list(line)
                    indent = line_words[0]["x0"] - left
                    text = " ".join(word["text"] for word in line_words)
                    if indent > 18:
                        depth, before = entries.pop()
                        entries.append((depth, f"{before} {text}"))
                    else:
                        entries.append((int(indent > 6), text))
    return entries
