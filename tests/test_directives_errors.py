"""A mistake in a chapter stops the build or is warned of: the file, the line, what to do."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sphinx.errors import SphinxError

from handbook.errors import HandbookError
from tests.conftest import MakeProject
from tests.helpers import Project

SOURCES = """@online{nci-irae,
  title = {Side Effects}, publisher = {NCI}, url = {https://www.cancer.gov/x},
  urldate = {2026-11-22}, kind = {national-institute}, jurisdiction = {US},
  reviewby = {2027-11-22}
}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@dataclass(frozen=True)
class Mistake:
    """A chapter's text from line 3 on, the line at fault, and words of the message."""

    name: str
    text: str
    line: int
    words: tuple[str, ...]


def row(head: str = "red fever", source: str = ":source: nci-irae\n", body: str = "") -> str:
    body = body or "You have a fever\n\nCall us.\n"
    return f"::::{{actions}}\n:::{{action}} {head}\n{source}{body}:::\n::::\n"


def drawing(options: str = ":alt: A cell.\n", caption: str = "A cell.\n", name: str = "a") -> str:
    return f":::{{drawing}} {name}.svg\n{options}{caption}:::\n"


MISTAKES = [
    Mistake("empty box", ":::{one-minute}\n:::\n", 3, ("{one-minute}", "empty")),
    Mistake(
        "open fence",
        ":::{what-you-can-do}\n- Rest\n\n## Next\n\nText\n",
        3,
        ("{what-you-can-do}", "heading “Next”", "Close the fence"),
    ),
    Mistake("no id", row("red"), 4, ("{action}", "not a colour and an id", "red, amber, green")),
    Mistake("bad colour", row("blue fever"), 4, ("“blue fever”", "red, amber, green")),
    Mistake("bad id", row("red fever_high"), 4, ("letters, digits and hyphens",)),
    Mistake("no source", row(source=""), 4, ("names no source", ":source:")),
    Mistake("unknown source", row(source=":source: nobody\n"), 4, ("“nobody”",)),
    Mistake("bad source", row(source=":source: a`b\n"), 4, ("names no source",)),
    Mistake("empty row", row(body="\n"), 4, ("what the reader notices",)),
    Mistake("row begins with a list", row(body="- a\n\nb\n"), 4, ("what the reader notices",)),
    Mistake("nothing to do", row(body="You have a fever\n"), 4, ("what to do",)),
    Mistake("id twice", row() + "\n" + row(), 13, ("“fever” is taken by index.md, line 4",)),
    Mistake("stray row", ":::{action} red fever\n:source: a\nx\n\ny\n:::\n", 3, ("stands alone",)),
    Mistake("text among rows", ":::{actions}\nCall us.\n:::\n", 4, ("“Call us.”", "only ids")),
    Mistake("empty actions", ":::{actions}\n:::\n", 3, ("empty",)),
    Mistake("unknown id", ":::{actions}\ncough\n:::\n", 3, ("no row has the id “cough”",)),
    Mistake("same id twice", ":::{actions}\na\na\n:::\n", 3, ("names “a” twice",)),
    Mistake("bad all", ":::{actions}\n:all: blue\n:::\n", 3, ("“:all: blue”", "red, amber, green")),
    Mistake("all and ids", ":::{actions}\n:all: red\na\n:::\n", 3, ("“:all:” and a body",)),
    Mistake("none of a colour", ":::{actions}\n:all: green\n:::\n", 3, ("no green row",)),
    Mistake(
        "brief where written",
        "::::{actions}\n:brief:\n:::{action} red a\n:source: nci-irae\nx\n\ny\n:::\n::::\n",
        3,
        ("“:brief:”", "writes them"),
    ),
    Mistake("word twice", ":::{words}\nT cell\nt CELL\n:::\n", 3, ("twice",)),
    Mistake("no list", ":::{checklist}\nA phone\n:::\n", 3, ("one bullet list", "- ")),
    Mistake("lines", ":::{checklist}\n:lines: many\n- a\n:::\n", 3, (":lines: many", "1 to 40")),
    Mistake("no lines", ":::{writing-lines}\n:lines: 0\n:::\n", 3, (":lines: 0", "1 to 40")),
    Mistake("rows", ":::{fill-in}\n:rows: 99\n- a\n:::\n", 3, (":rows: 99", "1 to 40")),
    Mistake("no headings", ":::{fill-in}\nDate\n:::\n", 3, ("one bullet list",)),
    Mistake("rows twice", ":::{fill-in}\n:rows: 2\n- a\n  - b\n- c\n:::\n", 3, ("both", ":rows:")),
    Mistake("labels elsewhere", ":::{fill-in}\n- a\n- b\n  - c\n:::\n", 5, ("one line of words",)),
    Mistake("no picture", drawing(name="none"), 3, ("“none.svg” cannot be read",)),
    Mistake("no file name", ":::{drawing}\n:alt: a\nb\n:::\n", 3, ("names no file",)),
    Mistake("not an SVG", ":::{drawing} a.png\n:alt: a\nb\n:::\n", 3, ("not an SVG file",)),
    Mistake("outside", drawing(name="../../a"), 3, ("not an SVG file in the handbook",)),
    Mistake("no alt", drawing(options=""), 3, ("no “:alt:”",)),
    Mistake("no caption", drawing(caption=""), 3, ("caption is not one paragraph",)),
    Mistake("width", drawing(options=":alt: a\n:width: 3cm\n"), 3, (":width: 3cm", "80%")),
    Mistake("temperature", "It is {temp}`hot`.\n", 3, ("{temp}`hot`", "{temp}`100.4`")),
    Mistake("range", "It is {temp}`102-100.4`.\n", 3, ("from the lower",)),
    Mistake("phone", "Call {phone}`555-HELP`.\n", 3, ("not a telephone number",)),
    Mistake("amount", "Take {amount}` `.\n", 3, ("empty",)),
    Mistake("clinic key", "Call {clinic}`phone`.\n", 3, ("phone-day", "report-errors")),
    Mistake("index", ":::{index}\nsingle: a\nsee: b\n:::\n", 5, ("“see: b”", "see: temperature")),
    Mistake("empty index", ":::{index}\n:::\n", 3, ("no entry",)),
]


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    project = make_project()
    (project.source / "references.bib").write_text(SOURCES, encoding="utf-8")
    (project.source / "a.svg").write_text(SVG.format("<text>T cell</text>"), encoding="utf-8")
    return project


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_stops_the_build(mistake: Mistake, project: Project) -> None:
    project.write("index", f"# Title\n\n{mistake.text}")
    with pytest.raises(HandbookError) as raised:
        project.build("dummy")
    message = str(raised.value)
    assert f"source/index.md:{mistake.line}: " in message
    for words in mistake.words:
        assert words in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<image href="cell.png"/>', "<image>"),
        ('<image href="data:image/png;base64,AAAA"/>', "<image>"),
        ("<style>text {fill: red}</style>", "<style>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<filter/>", "<filter>"),
        ('<use href="https://example.org/a.svg#b"/>', "outside"),
        ('<rect onclick="alert(1)"/>', "onclick"),
        ('<rect fill="url(https://example.org/a.svg#b)"/>', "outside"),
        ("<rect>", "not well-formed"),
    ],
)
def test_an_unsafe_or_broken_drawing_is_refused(inside: str, words: str, project: Project) -> None:
    (project.source / "a.svg").write_text(SVG.format(inside), encoding="utf-8")
    project.write("index", f"# Title\n\n{drawing()}")
    with pytest.raises(HandbookError) as raised:
        project.build("dummy")
    assert "source/index.md:3: {drawing}: “a.svg”: " in str(raised.value)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "no viewBox"),
        ("<svg viewBox='0 0 1 1'/>", "not an SVG"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "DOCTYPE"),
        ("", "not well-formed"),
    ],
)
def test_what_is_no_drawing_is_refused(content: str, words: str, project: Project) -> None:
    (project.source / "a.svg").write_text(content, encoding="utf-8")
    project.write("index", f"# Title\n\n{drawing()}")
    with pytest.raises(HandbookError, match=words):
        project.build("dummy")


def test_a_mistake_in_a_translation_names_the_line_that_it_translates(project: Project) -> None:
    project.write("index", "# Title\n\nText\n\nIt takes {amount}`a few weeks`.\n")
    project.translate("index", "es", {"It takes {amount}`a few weeks`.": "Dura {amount}` `."})
    with pytest.raises(HandbookError) as raised:
        project.build("dummy", "es")
    assert str(raised.value).startswith("source/index.md:5: {amount}` `: it is empty")
    assert "es translation of this line" in str(raised.value)


def test_a_row_written_in_two_chapters_is_refused(project: Project) -> None:
    project.write("index", f"# Title\n\n```{{toctree}}\nother\n```\n\n{row()}")
    project.write("other", f"# Other\n\n{row()}")
    with pytest.raises(HandbookError, match=r"source/other\.md:4: .*index\.md, line 8"):
        project.build("dummy")


def test_a_row_written_twice_is_refused_when_chapters_are_read_by_several_processes(
    project: Project,
) -> None:
    names = ["a", *(f"m{number}" for number in range(8)), "z"]
    for name in names:
        project.write(name, f"# Title\n\n{row() if name in 'az' else 'Text'}\n")
    project.write("index", "# Title\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")
    with pytest.raises(SphinxError, match=r"the id “fever” is taken by [az]\.md, line 4"):
        project.build("dummy", parallel=4)


def test_a_copy_with_a_link_to_its_own_page_is_refused(project: Project) -> None:
    body = "You have a fever\n\nSee [this](#title-label).\n"
    chapter = f"(title-label)=\n# Title\n\n{row(body=body)}\n:::{{actions}}\nfever\n:::\n"
    project.write("index", chapter)
    with pytest.raises(HandbookError, match=r"source/index\.md:\d+: “this” links to its own page"):
        project.build("dummy")


def test_markdown_that_reads_well_but_is_wrong_is_warned_of(project: Project) -> None:
    project.write(
        "index",
        "# Title\n\n- [ ] a box\n- fine\n\n:::{note}\n:::{checklist}\n- a\n:::\nmore\n:::\n\n"
        ":::note\nText\n:::\n",
    )
    warnings = project.build("dummy").warnings
    assert [warning.rpartition("source/")[2][:30] for warning in warnings] == [
        "index.md:3: WARNING: a list it",
        "index.md:11: WARNING: “:::” op",
        "index.md:13: WARNING: “:::note",
    ]
    assert "{checklist}" in warnings[0]
    assert all("[handbook." in warning for warning in warnings)


def test_a_word_that_the_glossary_lacks_is_warned_of(project: Project) -> None:
    project.write("index", "# Title\n\n:::{words}\nT cell\nB cell\n:::\n")
    warnings = project.build("dummy").warnings
    assert ["index.md:3" in warning for warning in warnings] == [True, True]
    assert "“T cell”" in warnings[0]
    assert "“B cell”" in warnings[1]
