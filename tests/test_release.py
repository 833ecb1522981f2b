"""Releases, recalls and the ledger: what is issued, what is refused, what a copy then says."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import segno
from bs4 import BeautifulSoup, Tag

from handbook.clinic import load_clinic
from handbook.errors import HandbookError
from handbook.ledger import (
    COLUMNS,
    ISSUED,
    WITHDRAWN,
    Row,
    issues,
    ledger_name,
    read_ledger,
    with_rows,
    withdraw,
)
from handbook.marks import check_address
from handbook.redirects import resolved
from handbook.release import new_rows
from tests.helpers import REPOSITORY
from tests.pdf import Pdf
from tests.site_project import Handbook, make_handbook

FIRST, SECOND = "2026.1-en-00000001", "2026.1-en-00000002"
TODAY = date(2026, 12, 1)


def ledger_with(folder: Path, *rows: Row) -> Path:
    path = folder / "editions.csv"
    path.write_text(with_rows(path, rows), encoding="utf-8")
    return path


def row(code: str, status: str = ISSUED, note: str = "", output: str = "a-en-a4.pdf") -> Row:
    return Row(code, output, "2026-11-22", status, note)


# ---- The ledger ----------------------------------------------------------------------------------


def test_newer_code_of_an_output_replaces_the_older(tmp_path: Path) -> None:
    other = "2026.1-en-00000003"
    rows = [row(FIRST, note="a"), row(other, output="b-en-a4.pdf"), row(SECOND, note="b, c")]
    ledger = ledger_with(tmp_path, *rows)
    known = {issue.code: issue for issue in issues(read_ledger(ledger))}
    assert list(known) == [SECOND, other, FIRST]
    assert [issue.current for issue in known.values()] == [True, True, False]
    assert known[SECOND].what_changed == "b, c"
    assert known[FIRST].withdrawn is None


def test_withdrawn_code_is_neither_current_nor_replaced_by_an_older_one(tmp_path: Path) -> None:
    ledger = ledger_with(tmp_path, row(FIRST), row(SECOND))
    withdraw(ledger, SECOND, "  wrong\n number ", TODAY)
    newest, oldest = issues(read_ledger(ledger))
    assert (newest.code, newest.withdrawn, newest.why) == (SECOND, TODAY, "wrong number")
    assert not newest.current
    assert not oldest.current


@pytest.mark.parametrize(
    ("code", "why", "message"),
    [
        (SECOND, "x", "was never issued"),
        (FIRST, "x", "was withdrawn already, on 2026-11-22 (because)"),
        ("", "x", "no code is given"),
        ("2026.1", "x", "is not the code of an edition"),
        (FIRST, " \n", "no reason is given"),
    ],
)
def test_what_cannot_be_withdrawn(tmp_path: Path, code: str, why: str, message: str) -> None:
    ledger = ledger_with(tmp_path, row(FIRST), row(FIRST, WITHDRAWN, "because"))
    before = ledger.read_bytes()
    with pytest.raises(HandbookError) as caught:
        withdraw(ledger, code, why, TODAY)
    assert message in str(caught.value)
    assert ledger.read_bytes() == before


def test_each_profile_has_its_own_ledger() -> None:
    assert ledger_name(Path("clinic.toml")) == "editions.csv"
    assert ledger_name(Path("x", "our-clinic.toml")) == "our-clinic-editions.csv"


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("", f"https://clinic.example/check/#{FIRST}"),
        ('handbook_web = "https://a.example/b/"', f"https://a.example/b/check/#{FIRST}"),
        ('handbook_web = ""', None),
    ],
)
def test_where_a_code_leads(tmp_path: Path, line: str, address: str | None) -> None:
    profile = tmp_path / "clinic.toml"
    profile.write_text((REPOSITORY / "clinic.toml").read_text("utf-8") + f"\n{line}\n", "utf-8")
    assert check_address(load_clinic(profile), FIRST) == address


def test_nothing_is_issued_twice_unsaid_or_after_it_was_withdrawn() -> None:
    outputs = {FIRST: "a-en-a4.pdf", SECOND: "b-en-a4.pdf"}
    known = [row(FIRST)]
    (new,) = new_rows(known, outputs, "More.", "editions.csv")
    assert (new.code, new.output, new.status, new.note) == (SECOND, "b-en-a4.pdf", ISSUED, "More.")
    assert new_rows([row(FIRST), row(SECOND)], outputs, "", "editions.csv") == []
    with pytest.raises(HandbookError, match=r"WHAT: 1 new codes .* not said what changed"):
        new_rows(known, outputs, "", "editions.csv")
    gone = [row(FIRST), row(FIRST, WITHDRAWN, "because")]
    with pytest.raises(HandbookError, match=r"still says what was withdrawn .*because"):
        new_rows(gone, outputs, "More.", "editions.csv")


# ---- A release -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """A handbook that was released once, from a folder in git."""
    handbook = make_handbook(tmp_path_factory.mktemp("first"))
    (handbook.root / ".gitignore").write_text("build/\n")
    git = ["git", "-c", "user.name=T", "-c", "user.email=t@t.example", "-C", str(handbook.root)]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run([*git, *command], check=True)
    (handbook.root / "notes.txt").write_text("not in git\n")
    refused = handbook.run("release", "--what", "First edition.")
    assert refused.returncode == 2
    assert "notes.txt: 1 files are not in git" in refused.stderr
    (handbook.root / "notes.txt").unlink()
    run = handbook.run("release", "--what", "First edition.")
    assert run.returncode == 0, run.stdout[-1500:] + run.stderr
    return handbook


@pytest.fixture(scope="module")
def second(first: Handbook, tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """The same after one handout was recalled, mended and released, in English alone."""
    handbook = Handbook(tmp_path_factory.mktemp("second") / "handbook")
    shutil.copytree(first.root, handbook.root)
    code = codes(handbook)["first-en-letter.pdf"]
    run = handbook.run("recall", "--code", code, "--why", "A wrong <number>.", out=False)
    assert run.returncode == 0, run.stderr
    handbook.change("source/kinds/first.md", "Words of the", "Better words of the")
    run = handbook.run("release", "--languages", "en", "--what", "Mended.", "--unsaved", "yes")
    assert run.returncode == 0, run.stdout[-1500:] + run.stderr
    return handbook


def codes(handbook: Handbook) -> dict[str, str]:
    """Return the last code of each output."""
    return {row.output: row.code for row in read_ledger(handbook.ledger)}


def pdfs(handbook: Handbook) -> Iterator[Path]:
    yield from sorted(handbook.site.rglob("*.pdf"))


def test_release_issues_a_code_for_each_output(first: Handbook) -> None:
    with first.ledger.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    names = {path.name for path in pdfs(first)} | {"en/index.html", "es/index.html"}
    assert {row["output"] for row in rows} == names
    assert len({row["code"] for row in rows}) == len(rows)
    assert {(row["issued"], row["status"], row["note"]) for row in rows} == {
        ("2026-11-22", "issued", "First edition.")
    }
    addresses = (first.root / "addresses.txt").read_text(encoding="utf-8").split()
    assert addresses == ["get-help-now/sheet", "get-help-now/when-to-call", "index", *KINDS]


KINDS = ("kinds/first", "kinds/second")


def test_released_copies_carry_their_code_and_no_word_of_draft(first: Handbook) -> None:
    issued = codes(first)
    for path in pdfs(first):
        if path.stem.endswith("-booklet"):
            continue  # several pages on a side
        text = " ".join(Pdf(path).pages)
        assert issued[path.name] in text
        assert "DRAFT" not in text
        assert "BORRADOR" not in text
    for language in ("en", "es"):
        for page in (first.site / language).rglob("*.html"):
            assert issued[f"{language}/index.html"] in page.read_text(encoding="utf-8"), page


def test_code_on_paper_leads_to_its_line(first: Handbook) -> None:
    page = BeautifulSoup((first.site / "check" / "index.html").read_text("utf-8"), "html.parser")
    for name in ("first-en-letter.pdf", "sheet-es-a4.pdf", "first-en-a4-large.pdf"):
        code = codes(first)[name]
        path = first.site / code.split("-")[1] / "print" / name
        address = f"https://clinic.example/check/#{code}"
        assert _printed_modules(path, address) == [
            [bool(dark) for dark in line]
            for line in segno.make(address, micro=False, error="m").matrix
        ]
        assert f"clinic.example/check/#{code}" in "".join(Pdf(path).pages[0].split())
        line = page.find(id=code)
        assert isinstance(line, Tag)
        assert line.select_one(".status-current")


def _printed_modules(path: Path, address: str) -> list[list[bool]]:
    """Return the modules of the code on a PDF's first page, as they come out on paper."""
    with pdfplumber.open(path) as pdf:
        page = pdf.pages[0]
        black = [
            rect
            for rect in page.rects
            if rect["fill"] and rect["height"] < 2.5 and set(rect["non_stroking_color"]) == {0}
        ]
        box = [f(rect[k] for rect in black) for f, k in ((min, "x0"), (min, "top"), (max, "x1"))]
    side = len(segno.make(address, micro=False, error="m").matrix)
    module = (box[2] - box[0]) / side
    assert module > 1.0, "too small for a phone's camera"
    scale = 6
    document = pypdfium2.PdfDocument(str(path))
    image = document[0].render(scale=scale).to_pil().convert("L")
    return [
        [
            image.getpixel(
                (
                    round((box[0] + (column + 0.5) * module) * scale),
                    round((box[1] + (line + 0.5) * module) * scale),
                )
            )
            < 128
            for column in range(side)
        ]
        for line in range(side)
    ]


def test_second_release_adds_rows_only_for_what_changed(first: Handbook, second: Handbook) -> None:
    before, after = read_ledger(first.ledger), read_ledger(second.ledger)
    assert after[: len(before)] == before
    recalled, *new = after[len(before) :]
    assert (recalled.status, recalled.note) == (WITHDRAWN, "A wrong <number>.")
    assert {row.note for row in new} == {"Mended."}
    outputs = {row.output for row in new}
    assert {"first-en-letter.pdf", "handbook-en-a4.pdf", "en/index.html"} <= outputs
    assert not any("when-to-call" in name or "-es-" in name for name in outputs)


def test_list_of_editions_says_what_became_of_each(second: Handbook) -> None:
    page = BeautifulSoup((second.site / "check" / "index.html").read_text("utf-8"), "html.parser")
    old, new = (
        [
            row.code
            for row in read_ledger(second.ledger)
            if row.output == name and row.status == ISSUED
        ]
        for name in ("first-en-letter.pdf", "first-en-a4.pdf")
    )
    assert len(old) == len(new) == 2
    on_top = page.select_one(".withdrawn-list")
    assert on_top is not None
    assert old[0] in on_top.get_text()
    assert "A wrong <number>." in on_top.get_text()
    assert [line["class"] for line in page.select(f"[id='{old[0]}'] .status")] == [
        ["status", "status-withdrawn"]
    ]
    replaced = page.find(id=new[0])
    assert isinstance(replaced, Tag)
    assert replaced.select_one(".status-replaced")
    assert [link["href"] for link in replaced.select("a")] == [f"#{new[1]}"]
    headings = [heading.get_text(" ", strip=True) for heading in page.select(".batch > h2")]
    notes = [note.get_text() for note in page.select(".batch > p .note")]
    assert notes == ["Mended.", "First edition."]
    assert set(headings) == {"Edition 2026.1, issued on Nov 22, 2026"}
    spanish = page.find(id=codes(second)["first-es-a4.pdf"])
    assert isinstance(spanish, Tag)
    parent = spanish.find_parent("div")
    assert parent and (parent["lang"], parent["dir"]) == ("es", "rtl")
    assert page.find("script") is None


def test_list_of_handouts_has_what_was_recalled_on_top(second: Handbook) -> None:
    page = BeautifulSoup(
        (second.site / "en" / "print" / "index.html").read_text("utf-8"), "html.parser"
    )
    box = page.select_one("#recalled")
    assert box is not None
    assert "A wrong <number>." in box.get_text()
    assert "first" in box.get_text()
    assert box.find_next("table") is not None
    assert box.find_previous("table") is None


def test_unsafe_or_overdue_text_is_not_released(first: Handbook, tmp_path: Path) -> None:
    handbook = Handbook(tmp_path / "handbook")
    shutil.copytree(first.root, handbook.root, ignore=shutil.ignore_patterns("build"))
    before = handbook.ledger.read_bytes()
    more = ("--languages", "es", "--what", "x", "--unsaved", "yes")
    due = handbook.run("release", *more, epoch="4102444800")  # in 2100
    assert due.returncode != 0
    assert "review due since 2099-01-31" in due.stderr
    handbook.change(
        "locale/es/LC_MESSAGES/get-help-now/when-to-call.po",
        'msgid "You have a new cough"',
        '#, fuzzy\nmsgid "You have a new cough"',
    )
    unsafe = handbook.run("release", *more)
    assert unsafe.returncode == 2
    assert "locale/es/LC_MESSAGES/get-help-now/when-to-call.po: 1 passages" in unsafe.stderr
    assert "You have a new cough" in unsafe.stderr
    assert handbook.ledger.read_bytes() == before


# ---- Addresses that were released ----------------------------------------------------------------


def test_renamed_chapters_lead_on(tmp_path: Path) -> None:
    chapters = {"a", "b/c"}
    (tmp_path / "redirects.csv").write_text("old,new,date\nx,y,2026-11-22\ny,b/c,2026-11-23\n")
    assert resolved(tmp_path, chapters) == {"x": "b/c", "y": "b/c"}
    (tmp_path / "addresses.txt").write_text("a\nx\ny\n")
    assert resolved(tmp_path, chapters) == {"x": "b/c", "y": "b/c"}
    (tmp_path / "addresses.txt").write_text("a\nlost\n")
    with pytest.raises(HandbookError, match=r'redirects.csv: the chapter "lost" was released'):
        resolved(tmp_path, chapters)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("old;new\n", "redirects.csv:1: the first line does not name the columns"),
        ("old,new,date\nx,y\n", "redirects.csv:2: this row does not have 3 columns"),
        ("old,new,date\nx,y.html,2026-11-22\n", 'new "y.html" is not the address'),
        ("old,new,date\n../x,a,2026-11-22\n", 'old "../x" is not the address'),
        ("old,new,date\nx,a,soon\n", 'date "soon" is not a date'),
        ("old,new,date\nx,y,2026-11-22\n", '"x" leads to "y", and there is no such chapter'),
        ("old,new,date\nx,y,2026-11-22\ny,x,2026-11-22\n", "there is no such chapter"),
        ("old,new,date\na,b,2026-11-22\n", 'redirects.csv:2: "a" is renamed here'),
    ],
)
def test_bad_table_of_renamed_chapters(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "redirects.csv").write_text(text)
    with pytest.raises(HandbookError) as caught:
        resolved(tmp_path, {"a", "b"})
    assert message in str(caught.value)


def test_no_address_of_the_handbook_is_lost() -> None:
    source = REPOSITORY / "source"
    chapters = {
        path.relative_to(source).with_suffix("").as_posix() for path in source.rglob("*.md")
    }
    resolved(REPOSITORY, chapters)
