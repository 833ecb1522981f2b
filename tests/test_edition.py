"""The edition code: what it depends on, and what it does not."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from handbook.edition import (
    Edition,
    code_of,
    content_parts,
    doctree_content,
    edition_of,
    medium_date,
    month_year,
    review_by,
    review_due,
    today,
)
from handbook.errors import HandbookError
from tests.conftest import MakeProject
from tests.helpers import REPOSITORY, Built, Project

NO_LEDGER = Path("no-such-ledger.csv")

# Every kind of thing whose code could depend on where or how it was built.
CHAPTER = """\
---
review-by: 2027-11-22
---
(one)=
# One

:::{one-minute}
- A *point*.
:::

% a remark
:::{index} single: fever; at night
:::

See {ref}`two`, {doc}`two` and {term}`T cell`. Call {clinic}`phone-day` at {temp}`100.4`.

:::{drawing} cell.svg
:alt: A cell
:name: fig-cell
The cell.
:::

:::{fill-in} My days
:rows: 2
- Day
- Night
:::

::::{tab-set}
:::{tab-item} First
Words.
:::
::::

:::{glossary}
T cell
: A cell.
:::

```{toctree}
two
```
"""
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text x="2" y="9">{}</text></svg>
"""


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """A project of two chapters and a drawing."""
    project = make_project()
    project.write("index", CHAPTER)
    project.write("two", "(two)=\n# Two\n\nWords.\n")
    (project.source / "cell.svg").write_text(SVG.format("cell"), encoding="utf-8")
    return project


def code(parts: Iterable[bytes | str]) -> str:
    return edition_of("2026.1", "en", parts, NO_LEDGER).code


def chapter_code(built: Built, docname: str) -> str:
    """Return the code of one chapter, as print makes it."""
    return code(content_parts(built.doctree(docname), built.app.env))


# ---- The code ----------------------------------------------------------------------------------


def test_code_names_number_language_and_content() -> None:
    edition = Edition("2026.1", "es", "3f9a2c1b", draft=True)
    assert edition.code == "2026.1-es-3f9a2c1b"
    assert edition.label == "2026.1-es-3f9a2c1b DRAFT"
    assert Edition("2026.1", "es", "3f9a2c1b", draft=False).label == edition.code


def test_parts_cannot_be_joined_to_the_same_code() -> None:
    parts: list[list[bytes | str]] = [
        ["ab", "c"],
        ["a", "bc"],
        ["abc"],
        ["abc", ""],
        ["", "abc"],
        ["c", "ab"],
        [],
    ]
    assert len({code(some) for some in parts}) == len(parts)
    assert code(["é"]) == code(["é".encode()])


def test_word_draft_is_in_the_language_of_the_build(project: Project) -> None:
    project.translate("handbook", "es", {"DRAFT": "BORRADOR"})
    built = project.build("dummy", "es", locale_dirs=["../locale"])
    assert code_of(built.app, ["index", "two"]).endswith(" BORRADOR")


@pytest.mark.parametrize("release", ["", "1", "2026", "2026.1.2", "v2026.1", "2026.1 "])
def test_number_that_is_none(release: str) -> None:
    with pytest.raises(HandbookError, match=r"conf\.py: release .* is not the number"):
        edition_of(release, "en", ["a"], NO_LEDGER)


# ---- What the code depends on --------------------------------------------------------------------


def test_same_book_in_another_folder_and_process_has_the_same_code(
    project: Project, tmp_path: Path
) -> None:
    script = """
import sys
from pathlib import Path
from tests.helpers import Project
from handbook.edition import code_of, content_parts, edition_of
built = Project(Path(sys.argv[1])).build("html")
assert not built.warnings, built.warnings
for name in ("index", "two"):
    parts = content_parts(built.doctree(name), built.app.env)
    print(edition_of("2026.1", "en", parts, Path("none")).code)
print(code_of(built.app, ["index", "two"]))
"""
    codes = set()
    for seed in ("1", "2"):
        home = tmp_path / f"a-folder-{seed}"
        (home / "source").mkdir(parents=True)
        for file in project.source.iterdir():
            (home / "source" / file.name).write_bytes(file.read_bytes())
        run = subprocess.run(
            [sys.executable, "-c", script, str(home)],
            cwd=REPOSITORY,
            env=os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": f"179000000{seed}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        codes.add(run.stdout)
    (printed,) = codes
    assert len(set(printed.split("\n"))) == 4  # three different codes, and the last line's end


def test_content_has_no_trace_of_the_folder(project: Project) -> None:
    built = project.build("dummy")
    for docname in ("index", "two"):
        for tree in (built.read(docname), built.doctree(docname)):
            content = doctree_content(tree)
            assert str(project.folder) not in content
            assert "0x" not in content
            assert "a remark" not in content


CHANGES: list[tuple[str, Callable[[str], str]]] = [
    ("a word", lambda text: text.replace("A *point*", "A *pint*")),
    ("emphasis", lambda text: text.replace("*point*", "point")),
    ("an index entry", lambda text: text.replace("fever", "chills")),
    ("a number of lines", lambda text: text.replace(":rows: 2", ":rows: 3")),
    ("an alternative text", lambda text: text.replace(":alt: A cell", ":alt: A T cell")),
    ("where a link goes", lambda text: text.replace("{ref}`two`", "{ref}`Two <one>`")),
]


@pytest.mark.parametrize(
    "change", [change for _name, change in CHANGES], ids=[name for name, _change in CHANGES]
)
def test_what_is_said_changes_the_code(project: Project, change: Callable[[str], str]) -> None:
    before = project.build("dummy")
    codes = chapter_code(before, "index"), code_of(before.app, ["index", "two"])
    assert change(CHAPTER) != CHAPTER
    project.write("index", change(CHAPTER))
    after = project.build("dummy")
    assert chapter_code(after, "index") != codes[0]
    assert code_of(after.app, ["index", "two"]) != codes[1]
    assert chapter_code(after, "two") == chapter_code(before, "two")


def test_picture_changes_the_code(project: Project) -> None:
    before = chapter_code(project.build("dummy"), "index")
    (project.source / "cell.svg").write_text(
        SVG.format("cell").replace('x="2"', 'x="3"'), encoding="utf-8"
    )
    assert chapter_code(project.build("dummy"), "index") != before


def test_translated_picture_changes_the_code_and_not_its_place(
    project: Project, tmp_path: Path
) -> None:
    english = chapter_code(project.build("dummy", "es"), "index")
    project.translate("index", "es", {"cell": "célula"})
    spanish = project.build("dummy", "es", locale_dirs=["../locale"])
    assert chapter_code(spanish, "index") != english
    assert str(tmp_path) not in doctree_content(spanish.doctree("index"))


def test_clinic_changes_the_code_of_what_shows_it(project: Project) -> None:
    before = project.build("dummy")
    first = chapter_code(before, "index"), chapter_code(before, "two")
    whole = code_of(before.app, ["index", "two"])
    profile = (REPOSITORY / "clinic.toml").read_text(encoding="utf-8")
    own = project.folder / "clinic.toml"
    own.write_text(profile.replace("555-0100", "555-0109"), encoding="utf-8")
    after = project.build("dummy")
    assert chapter_code(after, "index") != first[0]
    assert chapter_code(after, "two") == first[1]
    assert code_of(after.app, ["index", "two"]) != whole


def test_lines_and_remarks_do_not_change_the_code(project: Project) -> None:
    before = chapter_code(project.build("dummy"), "index")
    project.write("index", CHAPTER.replace("% a remark", "% another\n\n% and one\n"))
    assert chapter_code(project.build("dummy"), "index") == before


# ---- The ledger ----------------------------------------------------------------------------------


def write_ledger(path: Path, *rows: str, head: str = "code,output,issued,status,note") -> Path:
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def test_only_what_the_ledger_issued_is_no_draft(tmp_path: Path) -> None:
    known = code(["a"])
    other = code(["b"])
    ledger = write_ledger(
        tmp_path / "editions.csv",
        f'{known},handbook.pdf,2026-11-22,issued,"first, with a comma"',
        f"{other},handbook.pdf,2026-11-22,issued,",
        f"{other},handbook.pdf,2026-12-01,withdrawn,wrong number",
    )
    assert not edition_of("2026.1", "en", ["a"], ledger).draft
    assert edition_of("2026.1", "en", ["b"], ledger).draft
    assert edition_of("2026.1", "en", ["c"], ledger).draft
    assert edition_of("2026.1", "es", ["a"], ledger).draft
    assert edition_of("2026.2", "en", ["a"], ledger).draft
    assert edition_of("2026.1", "en", ["a"], NO_LEDGER).draft
    assert len(list(csv.DictReader(ledger.open(encoding="utf-8")))) == 3


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2026.1-en-3f9a2c1,a,2026-11-22,issued,", "is not the code of an edition"),
        ("2026.1-en-3f9a2c1b,a,22.11.2026,issued,", 'issued "22.11.2026" is not a date'),
        ("2026.1-en-3f9a2c1b,a,2026-11-31,issued,", 'issued "2026-11-31" is not a date'),
        ("2026.1-en-3f9a2c1b,a,2026-11-22,good,", 'status "good" is not one of'),
        ("2026.1-en-3f9a2c1b,a,2026-11-22,issued", "does not have 5 columns"),
        ("2026.1-en-3f9a2c1b,a,2026-11-22,issued,a,b", "does not have 5 columns"),
    ],
)
def test_bad_row_of_the_ledger(tmp_path: Path, row: str, message: str) -> None:
    good = "2026.1-en-00000000,a,2026-11-22,issued,"
    ledger = write_ledger(tmp_path / "editions.csv", good, row)
    with pytest.raises(HandbookError) as caught:
        edition_of("2026.1", "en", ["a"], ledger)
    assert str(caught.value).startswith("editions.csv:3: ")
    assert message in str(caught.value)


def test_ledger_with_other_columns(tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path / "editions.csv", head="code;output")
    with pytest.raises(HandbookError, match=r"editions\.csv:1: .* does not name its columns"):
        edition_of("2026.1", "en", ["a"], ledger)


# ---- Dates ---------------------------------------------------------------------------------------


def test_copy_is_due_once_the_printed_month_is_over() -> None:
    by = date(2027, 11, 22)
    assert not review_due(by, date(2027, 11, 30))
    assert review_due(by, date(2027, 12, 1))
    assert review_due(by, date(2028, 1, 1))
    assert not review_due(by, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("language", "month", "day"),
    [
        ("en", "November 2027", "Nov 2, 2027"),
        ("es", "noviembre de 2027", "2 nov 2027"),
        ("zh_CN", "2027年11月", "2027年11月2日"),
        ("tr", "Kasım 2027", "2 Kas 2027"),
        ("xx", "November 2027", "Nov 2, 2027"),
    ],
)
def test_dates_in_words(language: str, month: str, day: str) -> None:
    assert month_year(date(2027, 11, 2), language) == month
    assert medium_date(date(2027, 11, 2), language) == day


def test_today_is_the_day_that_the_build_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert today() == date(2027, 1, 15)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert today() >= date(2026, 11, 1)
    for bad in ("tomorrow", "1" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", bad)
        with pytest.raises(HandbookError, match="SOURCE_DATE_EPOCH"):
            today()


def test_review_date_of_a_chapter(project: Project) -> None:
    env = project.build("dummy").app.env
    assert review_by(env, "index") == date(2027, 11, 22)
    with pytest.raises(HandbookError, match=r"source/two\.md:1: the chapter has no review-by"):
        review_by(env, "two")


@pytest.mark.parametrize("value", ["soon", "2027-11", "2027-1-1", "22.11.2027", '""', "[1]"])
def test_malformed_review_date_stops_the_build(project: Project, value: str) -> None:
    project.write("two", f"---\nreview-by: {value}\n---\n# Two\n")
    with pytest.raises(HandbookError, match=r"source/two\.md:1: .*review-by"):
        project.build("dummy")


def test_front_matter_that_is_no_yaml_is_not_passed_over(project: Project) -> None:
    project.write("two", "---\nreview-by: 2027-13-01\n---\n# Two\n")
    built = project.build("dummy")
    assert any("two.md:1" in warning for warning in built.warnings)
    with pytest.raises(HandbookError, match=r"source/two\.md:1: the chapter has no review-by"):
        review_by(built.app.env, "two")


def test_chapter_that_is_due_gives_a_warning(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1827619199")  # the last second of November 2027
    assert project.build("dummy").warnings == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1827619200")
    (warning,) = project.build("dummy").warnings
    assert "index.md" in warning
    assert "review due since 2027-11-22" in warning
