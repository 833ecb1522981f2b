"""Faults in citations and in the bibliography: what is checked, and what is said."""

from __future__ import annotations

import re

import pytest

from handbook.errors import HandbookError
from handbook.sources.bibliography import KINDS, load_bibliography
from handbook.sources.hosts import host_of, publisher_hosts
from handbook.sources.store import unused_keys
from tests.bibliographies import ARTICLE, GOOD, chapter, entries, project
from tests.conftest import MakeProject
from tests.helpers import REPOSITORY, Project

__all__ = ["chapter", "project"]


# ---- What is checked in chapters -----------------------------------------------------------------


def test_unknown_keys_are_all_named_with_file_and_line(project: Project) -> None:
    text = (project.source / "chapter.md").read_text("utf-8")
    project.write("chapter", text.replace("nci-irae`", "nci-irea; what-is-this`"))
    with pytest.raises(HandbookError) as caught:
        project.build("dummy")
    assert str(caught.value).splitlines()[1:] == [
        "source/chapter.md:3: {cite}: no source has the key “nci-irea”. Did you mean “nci-irae”?",
        "source/chapter.md:3: {cite}: no source has the key “what-is-this”."
        " Add it to the bibliography.",
    ]


def test_unknown_key_of_a_row(project: Project) -> None:
    text = (project.source / "rows.md").read_text("utf-8")
    project.write("rows", text.replace(":source: acs-fever", ":source: acs-fevers"))
    with pytest.raises(HandbookError, match=r"rows\.md:\d+: .*“acs-fevers”\. Did you mean"):
        project.build("dummy")


def test_unknown_key_stops_later_builds_too(chapter: Project) -> None:
    chapter.write("index", "# A\n\nWords.{cite}`goo`\n\n## Sources\n\n:::{sources}\n:::\n")
    for _ in range(2):
        with pytest.raises(HandbookError, match=r"index\.md:3"):
            chapter.build("dummy")


@pytest.mark.parametrize("text", [" ", "a b", "good;", "good @", "@ 5", "good @ ; good", "a,b"])
def test_malformed_cite(chapter: Project, text: str) -> None:
    chapter.write("index", f"# A\n\nWords.{{cite}}`{text}`\n")
    with pytest.raises(HandbookError, match=r"index\.md:3: .*does not name sources"):
        chapter.build("dummy")


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        ("Words.{cite}`good`", "cites sources and has no list of them"),
        (":::{sources}\n:::", "lists its sources and cites none"),
        ("Words.{cite}`good`\n\n:::{sources}\n:::\n\n:::{sources}\n:::", "a second {sources}"),
    ],
)
def test_list_that_does_not_go_with_the_chapter(chapter: Project, body: str, warning: str) -> None:
    chapter.write("index", f"# A\n\n{body}\n")
    built = chapter.build()
    (found,) = built.warnings
    assert "index.md" in found
    assert warning in found
    assert built.html("index").count('<ol class="') <= 1
    assert 'href="#source-' not in built.html("index") or 'id="source-1"' in built.html("index")


def test_sources_that_nothing_cites(project: Project) -> None:
    built = project.build("dummy")
    assert unused_keys(built.app) == ["never-cited"]
    warned = project.build("dummy", handbook_warn_unused_sources=True).warnings
    assert len(warned) == 1
    assert re.search(r"references\.bib:34: WARNING: nothing cites “never-cited”", warned[0])


def test_source_that_is_to_be_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1827619200")  # 2027-12-01
    warned = project.build("dummy").warnings
    assert len(warned) == 5  # each that is cited
    assert re.search(r"references\.bib:2: .*“nci-irae” was to be read again by", warned[0])


def test_one_address_under_two_keys(chapter: Project) -> None:
    file = chapter.source / "references.bib"
    file.write_text(GOOD + GOOD.replace("{good,", "{again,"), "utf-8")
    chapter.write("index", "# A\n")
    (warning,) = chapter.build("dummy").warnings
    assert re.search(r"references\.bib:4: .*“again” has the address of “good”", warning)


# ---- What is checked in the bibliography ------------------------------------------------------


BAD_ENTRIES = [
    # what is changed in GOOD or ARTICLE, into what, its line, what the message says
    (GOOD, "title = {A title}, ", "", 1, "good: title is missing. Write title ="),
    (GOOD, "publisher = {NCI}, ", "", 1, "good: publisher is missing"),
    (GOOD, "url = {https://cancer.gov/g},", "", 1, "good: url is missing"),
    (GOOD, "urldate = {2026-11-22}, ", "", 1, "good: urldate is missing"),
    (GOOD, "kind = {national-institute}, ", "", 1, "good: kind is missing"),
    (GOOD, "jurisdiction = {US},", "", 1, "good: jurisdiction is missing"),
    (GOOD, "reviewby = {2027-11-22}", "", 1, "good: reviewby is missing"),
    (GOOD, "{A title}", "{ }", 1, "good: title is blank"),
    (GOOD, "national-institute", "blog", 2, 'good: "blog" is not a kind. Write kind = {…} with'),
    (GOOD, "{US}", "{usa}", 2, 'good: "usa" is not a jurisdiction'),
    (GOOD, "https:", "http:", 1, 'good: "http://cancer.gov/g" is not an https address'),
    (GOOD, "https://cancer.gov/g", "javascript:x", 1, "is not an https address"),
    (GOOD, "https://cancer.gov/g", "https://a b", 1, "is not an https address"),
    (GOOD, "{2026-11-22}", "{22.11.2026}", 2, 'good: urldate "22.11.2026" is not a date'),
    (GOOD, "{2026-11-22}", "{2026-11}", 2, 'good: urldate "2026-11" is not a date'),
    (GOOD, "{2027-11-22}", "{2027-02-30}", 3, 'good: reviewby "2027-02-30" is not a date'),
    (GOOD, "{2027-11-22}", "{2026-11-22}", 3, "good: reviewby is not later than the reading"),
    (GOOD, "kind =", "date = {2026-12}, kind =", 2, "good: date 2026-12 is later than the"),
    (GOOD, "kind =", "date = {2026-13}, kind =", 2, 'good: date "2026-13" is not a date'),
    (GOOD, "kind =", "date = {May 2022}, kind =", 2, 'good: date "May 2022" is not a date'),
    (GOOD, "kind =", "journal = {Cell}, kind =", 2, "good: @online knows no field journal"),
    (GOOD, "urldate", "urldat", 2, "Did you mean urldate?"),
    (GOOD, "kind =", "title = {B}, kind =", 2, "good: title is given twice"),
    (GOOD, "kind =", "language = {English}, kind =", 2, 'good: "English" is not a language'),
    (GOOD, "@online", "@misc", 1, "good: @misc is not a form of entry. Write @online or @article"),
    (GOOD, "@online", "@string", 1, "this is not BibTeX"),
    (GOOD, "@online", "online", 1, "this text stands outside of any entry"),
    (GOOD, "{good,", "{go od,", 1, "go: this is not BibTeX"),
    (GOOD, "{good,", "{go;od,", 1, "this key has other characters"),
    (GOOD, "{A title},", "{A title}", 1, "good: this is not BibTeX"),
    (GOOD, "{A title},", "{A {title},", 1, "good: this is not BibTeX"),
    (GOOD, "{A title}", "january", 1, "good: this is not BibTeX"),
    (GOOD, "{A title}", r"{A \foo title}", 1, "good: title holds TeX that is not known"),
    (ARTICLE, "{Roe, R.}", r'"{Roe} a{b}} \o, R."', 1, "art:"),
    (ARTICLE, "author = {Roe, R.}, ", "", 1, "art: author is missing"),
    (ARTICLE, "journal = {Cell}, ", "", 1, "art: journal is missing"),
    (ARTICLE, "year = {2020},", "", 1, "art: year is missing"),
    (ARTICLE, "doi = {10.1000/x}, ", "", 1, "art: doi and url are missing"),
    (GOOD, "//cancer.gov", "//api.cancer.gov", 1, 'good: "api.cancer.gov" is not known as the'),
    (GOOD, "//cancer.gov", "//cancer.gov.example.org", 1, "is not known as the site of a"),
    (GOOD, "//cancer.gov", "//github.com/a/cancer.gov", 1, 'good: "github.com" is not known'),
    (GOOD, "national-institute", "charity", 1, "is not known as the site of a charity"),
    (ARTICLE, "doi = {10.1000/x}", "url = {https://cell.org/p}", 2, 'art: "cell.org" is not'),
    (ARTICLE, "10.1000/x", "https://doi.org/10.1000/x", 2, "is not a DOI. Write it as in 10."),
    (ARTICLE, "{2020}", "{20}", 1, 'art: "20" is not a year'),
    (ARTICLE, "{Roe, R.}", "{Roe, R., a, b, c}", 1, "art: these names cannot be read"),
]


@pytest.mark.parametrize(
    ("entry", "old", "new", "line", "message"),
    BAD_ENTRIES,
    ids=[f"{old}-{new}"[:50] for _e, old, new, _l, _m in BAD_ENTRIES],
)
def test_bad_entry(
    chapter: Project, entry: str, old: str, new: str, line: int, message: str
) -> None:
    assert old in entry
    (chapter.source / "references.bib").write_text(entry.replace(old, new, 1), "utf-8")
    with pytest.raises(HandbookError) as caught:
        chapter.build("dummy")
    first, *lines = str(caught.value).splitlines()
    found = [text for text in lines or [first] if message in text]
    assert len(found) == 1
    assert found[0].startswith(f"source/references.bib:{line}: ")


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("national-institute", "https://www.cancer.gov/g"),
        ("national-institute", "https://WWW.Cancer.gov/g"),
        ("regulator", "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=1"),
        ("charity", "https://doi.org/10.1000/x"),
    ],
)
def test_address_of_the_publishers_own(chapter: Project, kind: str, address: str) -> None:
    chapter.write("index", "# A\n\nWords.{cite}`good`\n\n## Sources\n\n:::{sources}\n:::\n")
    entry = GOOD.replace("national-institute", kind).replace("https://cancer.gov/g", address)
    (chapter.source / "references.bib").write_text(entry, "utf-8")
    assert entries(chapter.build("dummy"), "index")[0].endswith(f" {address[8:]}")


def test_each_kind_of_source_has_its_publishers() -> None:
    assert set(publisher_hosts()) == set(KINDS)
    for hosts in publisher_hosts().values():
        assert hosts
        assert all(host == host_of(f"https://www.{host}/") for host in hosts)


def test_all_faults_of_a_bibliography_come_at_once(chapter: Project) -> None:
    faulty = GOOD.replace("{US}", "{}").replace("NCI", "").replace("{good,", "{bad,")
    (chapter.source / "references.bib").write_text(GOOD + GOOD + faulty, "utf-8")
    with pytest.raises(HandbookError) as caught:
        chapter.build("dummy")
    first, *lines = str(caught.value).splitlines()
    assert first.startswith("source/references.bib: 4 things in the bibliography")
    assert [re.sub(r"\. .*", "", line) for line in lines] == [
        "source/references.bib:4: good: this key is already used in line 1",
        "source/references.bib:7: bad: publisher is blank",
        'source/references.bib:8: bad: "" is not a jurisdiction',
        "source/references.bib:8: bad: jurisdiction is blank",
    ]


def test_faults_in_the_writing_name_their_entry(chapter: Project) -> None:
    remarks = '@string{nci = "NCI"}\n@preamble{"x"}\n@comment{no}\n% @online{a}\n'
    cut = GOOD.replace("{A title},", "{A title}").replace("{good,", "{cut,")
    (chapter.source / "references.bib").write_text(remarks + cut + GOOD, "utf-8")
    with pytest.raises(HandbookError) as caught:
        chapter.build("dummy")
    lines = str(caught.value).splitlines()[1:]
    assert [re.match(r"source/references\.bib:(\d+: [^ ]+):", line)[1] for line in lines] == [
        "1: @string",
        "2: @preamble",
        "3: @comment{no}",
        "5: cut",
    ]


def test_keys_that_differ_only_in_case(chapter: Project) -> None:
    (chapter.source / "references.bib").write_text(GOOD + GOOD.replace("{good", "{Good"), "utf-8")
    with pytest.raises(HandbookError, match="Good: this key is already used in line 1"):
        chapter.build("dummy")


def test_bibliography_in_another_encoding(chapter: Project) -> None:
    (chapter.source / "references.bib").write_bytes(GOOD.replace("NCI", "Ñ").encode("latin-1"))
    with pytest.raises(HandbookError, match=r"references\.bib:1: .* not in UTF-8"):
        chapter.build("dummy")


def test_book_without_a_bibliography_is_built(make_project: MakeProject) -> None:
    project = make_project()
    project.write("index", "# A\n\nWords.\n")
    assert project.build("dummy").warnings == []


def test_bibliography_of_the_handbook_is_sound() -> None:
    path = REPOSITORY / "source" / "references.bib"
    sources = load_bibliography(path).sources
    assert path.read_text("utf-8").count("\n@") + path.read_text("utf-8").startswith("@") == len(
        sources
    )
    assert sources
