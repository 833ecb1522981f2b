"""A fault stops `make` with one message that names the file, and the earlier PDF stays."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import REPOSITORY, ROOTS

Break = Callable[[Path], None]


def _make(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    arguments = [
        "build",
        "pdf",
        "--paper",
        "letter",
        "--root",
        str(root),
        "--out",
        str(root / "build"),
    ]
    return subprocess.run(
        [sys.executable, "-m", "handbook", *arguments, *more],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook that has been built once."""
    root = tmp_path_factory.mktemp("good")
    shutil.copytree(ROOTS / "test-print", root / "source")
    for name in ("conf.py", "docutils.conf", "clinic.toml"):
        shutil.copy(REPOSITORY / name, root)
    result = _make(root)
    assert result.returncode == 0, result.stderr
    return root


def _append(name: str, text: str) -> Break:
    def change(root: Path) -> None:
        with (root / "source" / name).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def _replace(name: str, old: str, new: str) -> Break:
    def change(root: Path) -> None:
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def _cut_png(root: Path) -> None:
    path = root / "source" / "square.png"
    path.write_bytes(path.read_bytes()[:60])


def _remove_picture(root: Path) -> None:
    (root / "source" / "square.png").unlink()


def _break_catalog(root: Path) -> None:
    folder = root / "locale" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "one.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "broken\n', "utf-8")


FAULTS: dict[str, tuple[Break, list[str]]] = {
    "cross reference": (_append("two.md", "\n{ref}`nowhere`\n"), ["two.md:", "nowhere"]),
    "missing picture": (_remove_picture, ["one.md:", "square.png"]),
    "broken PNG": (_cut_png, ["one.md:", "square.png"]),
    "broken SVG": (_replace("source/drawing.svg", "</svg>", ""), ["drawing.svg"]),
    "blank telephone": (
        _replace("clinic.toml", '"(555) 555-0100"', '""'),
        ["clinic.toml:", "phone_day"],
    ),
    "malformed profile": (
        _replace("clinic.toml", "phone_night =", "phone_night"),
        ["clinic.toml:"],
    ),
    "malformed directive": (
        _append("three.md", "\n:::{temp-table}\n:rows: x\n:::\n"),
        ["three.md:", "temp-table"],
    ),
    "bad option": (_append("three.md", "\n:::{fill-in}\n:rows: many\n- A\n:::\n"), ["three.md:"]),
    "bad temperature": (_append("three.md", "\n{temp}`warm`\n"), ["three.md:", "warm"]),
    "unknown source": (_append("three.md", "\nWords.{cite}`nobody`\n"), ["three.md:", "nobody"]),
    "character without a font": (
        _append("three.md", "\nA snowman \u2603.\n"),
        ["three.md:", "U+2603"],
    ),
    "picture within a line": (
        _append("three.md", "\nWords ![a](square.png) words.\n"),
        ["three.md:", "square.png"],
    ),
    "no review date": (_replace("source/three.md", "review-by: 2099-01-31\n", ""), ["three.md"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_and_the_earlier_book_stays(fault: str, good: Path, tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(good, root)
    book = root / "build" / "pdf" / "en" / "handbook-en-letter.pdf"
    before = hashlib.sha256(book.read_bytes()).hexdigest()
    change, words = FAULTS[fault]
    change(root)
    # Run again, nothing has changed since the fault was told: it must be told once more.
    for _run in range(2 if fault in ("cross reference", "bad option") else 1):
        result = _make(root)
        said = result.stdout + result.stderr
        assert result.returncode != 0, said
        assert "Traceback" not in said
        for word in words:
            assert word in result.stderr, said
        assert "What was built before is still in place" in result.stderr
        assert hashlib.sha256(book.read_bytes()).hexdigest() == before
        assert sorted(path.name for path in book.parent.iterdir()) == [book.name]


def test_a_broken_catalog_is_told(good: Path, tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(good, root)
    _break_catalog(root)
    result = _make(root, "--languages", "es")
    assert result.returncode != 0
    assert "one.po:4" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_chapter_is_told(good: Path) -> None:
    result = _make(good, "--chapter", "nowhere")
    assert result.returncode != 0
    assert "there is no chapter “nowhere”" in result.stderr
    assert "three" in result.stderr, "the chapters that there are"
