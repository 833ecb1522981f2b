"""The web site's pages as files: what each holds, and that nothing in them breaks the policy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from bs4 import BeautifulSoup, Tag

from handbook.web.assets import is_needed
from handbook.web.lean import (
    cut,
    kinds_of,
    without_overridden_properties,
    without_unread_properties,
)
from handbook.web.policy import CONTENT_SECURITY_POLICY
from handbook.web.translator import width_class
from tests.helpers import REPOSITORY, ROOTS, Project

LANGUAGES = {
    "en": {"name": "English", "direction": "ltr"},
    "ar": {"name": "العربية", "direction": "rtl"},
    "zh_CN": {"name": "简体中文", "direction": "ltr"},
}
Pages = dict[str, BeautifulSoup]


def project_in(folder: Path) -> Project:
    shutil.copytree(ROOTS / "test-web", folder / "source")
    return Project(folder, {"handbook_languages": LANGUAGES})


def pages_of(folder: Path) -> Pages:
    return {
        path.relative_to(folder).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(folder.rglob("*.html"))
    }


def words(element: Tag | BeautifulSoup | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = project_in(tmp_path_factory.mktemp("site")).build()
    assert built.warnings == []
    return built.folder


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    return pages_of(site)


def test_each_page_says_whom_to_call_and_what_copy_it_is(pages: Pages) -> None:
    assert len(pages) == 8
    for name, page in pages.items():
        strip = words(page.select_one("aside.call-strip"))
        assert "Emergency 911" in strip, name
        assert "Sample Cancer Center" in strip, name
        assert "(555) 555-0100" in strip, name
        assert "(555) 555-0101" in strip, name
        assert page.select_one('.call-strip a[href="tel:5555550101"]'), name
        marks = words(page.select_one(".copy-marks"))
        assert "SAMPLE" in marks, name
        assert "No clinician has reviewed this text" in marks, name
        foot = words(page.select_one("footer"))
        assert re.search(r"2026\.1-en-[0-9a-f]{8} DRAFT", foot), name
        assert "handbook@clinic.example" in foot, name


def test_a_page_says_until_when_its_own_chapter_holds(pages: Pages) -> None:
    assert "after November 2027" in words(pages["when-to-call.html"].select_one("footer"))
    assert "after June 2027" in words(pages["part/long.html"].select_one("footer"))
    # A page of no chapter takes the earliest.
    assert "after June 2027" in words(pages["genindex.html"].select_one("footer"))


def test_a_clinic_that_has_signed_the_text_off_is_named(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    sample = (REPOSITORY / "clinic.toml").read_text("utf-8")
    signed = re.sub(r"^sample = true$", "sample = false", sample, flags=re.MULTILINE)
    signed = signed.replace("SAMPLE – replace before use", "second floor").replace("Sample", "Lake")
    signed = signed.replace("clinic.example", "lake.test").replace("555-01", "234-01")
    signed += '\nreviewed_by = "Ada Reader, MD"\nreviewed_on = 2026-11-20\n'
    (tmp_path / "clinic.toml").write_text(signed, "utf-8")
    page = pages_of(project.build().folder)["when-to-call.html"]
    marks = words(page.select_one(".copy-marks"))
    assert marks == "Reviewed by Ada Reader, MD on November 20, 2026"


def test_a_change_in_one_chapter_changes_the_code_on_every_page(tmp_path: Path) -> None:
    project = project_in(tmp_path)

    def codes() -> set[str]:
        pages = pages_of(project.build().folder)
        return {words(page.select_one(".edition-code")) for page in pages.values()}

    first = codes()
    chapter = project.source / "part" / "long.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    second = codes()
    assert len(first) == len(second) == 1
    assert first != second


def test_the_clinics_logo_is_on_every_page(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    profile = (REPOSITORY / "clinic.toml").read_text("utf-8")
    (tmp_path / "clinic.toml").write_text(f'logo = "logo.svg"\n{profile}', "utf-8")
    shutil.copy(project.source / "part/drawings/cell.svg", tmp_path / "logo.svg")
    folder = project.build().folder
    for name, page in pages_of(folder).items():
        image = page.select_one("img.sidebar-logo")
        assert image and image["alt"] == "Sample Cancer Center", name
        assert ((folder / name).parent / str(image["src"]).partition("?")[0]).exists(), name


def test_no_page_has_an_inline_script_or_style(pages: Pages) -> None:
    for name, page in pages.items():
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
        assert policy and policy["content"] == CONTENT_SECURITY_POLICY, name
        assert not page.select("style, [style]"), name
        assert all(script.get("src") for script in page.select("script")), name
        assert not [tag for tag in page.find_all(True) if any(a[:2] == "on" for a in tag.attrs)]
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_nothing_is_loaded_from_elsewhere(pages: Pages) -> None:
    for name, page in pages.items():
        for tag in page.select("[src], link[href]"):
            address = str(tag.get("src") or tag.get("href"))
            assert not re.match(r"[a-z]+:|//", address), f"{name}: {address}"


def test_every_link_inside_the_site_leads_somewhere(site: Path, pages: Pages) -> None:
    ids = {name: {tag["id"] for tag in page.select("[id]")} for name, page in pages.items()}
    for name, page in pages.items():
        for tag in page.select("a[href], [src], link[href]"):
            address, anchor = urldefrag(str(tag.get("href") or tag.get("src")))
            if re.match(r"[a-z]+:", address):
                continue
            file = unquote(address.partition("?")[0])
            path = (site / name).parent / file if file else site / name
            assert path.exists(), f"{name}: {address}"
            if anchor:
                target = path.resolve().relative_to(site.resolve()).as_posix()
                assert anchor in ids[target], f"{name}: {address}#{anchor}"


def test_no_link_stands_in_another(pages: Pages) -> None:
    assert pages["symptom-finder.html"].select("a .phone")
    assert [name for name, page in pages.items() if page.select("a a")] == []


def test_ids_are_unique_and_headings_have_levels(pages: Pages) -> None:
    for name, page in pages.items():
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids)), name
        assert all(tag.get("aria-level") for tag in page.select('[role="heading"]')), name
        assert not page.select("label[aria-controls]"), name
        assert len(page.select("h1")) == 1, name


def test_parts_for_print_alone_are_left_out(pages: Pages) -> None:
    text = words(pages["part/kitchen-sink.html"])
    assert "Words for the web alone." in text
    assert "Words for print alone." not in text


def test_an_action_row_has_two_sides(pages: Pages) -> None:
    row = pages["when-to-call.html"].select_one("li#action-cough-new")
    assert row and [child["class"][0] for child in row.find_all("div", recursive=False)] == [
        "action-noticed",
        "action-steps",
    ]
    noticed, steps = row.find_all("div", recursive=False)
    assert words(noticed).startswith("Call today You have a new cough")
    assert noticed.select_one("span.sign.sign-amber")
    assert words(steps).startswith("Call us today on (555) 555-0100")
    assert "1-800-422-6237" in words(steps)


def test_the_index_names_the_places_it_leads_to(pages: Pages) -> None:
    lines = [words(line) for line in pages["genindex.html"].select(".index-lines > li")]
    assert lines == [
        "breathing : When to call, and whom at rest : A chapter with many sections",
        "checkpoint inhibitor : Words explained",
        "chills : see also fever",
        "fever : A chapter with many sections: First section ,"
        " A chapter with many sections: Below the first at night : When to call, and whom",
        "T cell : Words explained",
        "temperature : see fever",
    ]
    fever = pages["genindex.html"].find("span", string="fever").parent
    for text in ("see fever", "see also fever"):
        link = pages["genindex.html"].find("a", string=text)
        assert link["href"] == f"#{fever['id']}"


def test_a_drawing_makes_room_for_itself(pages: Pages) -> None:
    image = pages["part/kitchen-sink.html"].select_one("figure.drawing .drawing-view > img")
    assert image
    assert (image["width"], image["height"], image["loading"]) == ("600", "260", "lazy")
    assert image["alt"] == "A T cell finds a cancer cell."
    assert "width-80" in image["class"]


def test_a_table_is_named_by_its_caption(pages: Pages) -> None:
    labels = [
        region["aria-label"] for region in pages["part/kitchen-sink.html"].select(".table-wrapper")
    ]
    assert labels == ["Two kinds", "Table", "My temperature", "Table"]


@pytest.mark.parametrize(
    ("language", "tag", "direction"), [("ar", "ar", "rtl"), ("zh_CN", "zh-CN", "ltr")]
)
def test_language_and_direction(tmp_path: Path, language: str, tag: str, direction: str) -> None:
    project = project_in(tmp_path)
    project.translate("when-to-call", language, {"When to call, and whom": "متى تتصل"})
    project.translate("handbook", language, {"Search": "بحث", "Pages found: %s": "الصفحات: %s"})
    built = project.build(language=language)
    pages = pages_of(built.folder)
    for name, page in pages.items():
        assert page.html and (page.html["lang"], page.html["dir"]) == (tag, direction), name
    page = pages["when-to-call.html"]
    assert page.find("h1", string="متى تتصل")
    left = next(p for p in page.select("p") if words(p).startswith("Rest. Tell us"))
    assert left["lang"] == "en"
    assert left.get("dir") == ("ltr" if direction == "rtl" else None)
    # So do the names of chapters that are left in English, wherever they stand.
    for named in page.select(".sidebar-tree a[href$='long.html'], .title:-soup-contains('many')"):
        assert named["lang"] == "en", named
    assert all(link.get("lang") is None for link in page.select(".sidebar-tree .current-page a"))
    contents = pages["index.html"].select("article a[href$='long.html']")
    assert contents and {link.get("lang") for link in contents} == {"en"}
    assert page.select_one('.sidebar-search[aria-label="بحث"]')
    # The scripts' words too, without the plural rule that the policy forbids to run.
    assert "الصفحات: ${resultCount}" in (built.folder / "_static/handbook/words.js").read_text(
        "utf-8"
    )
    assert not page.select('script[src*="translations.js"]')
    # No person has reviewed this translation: chapters say so in a box, other pages in a mark.
    assert "draft" in words(pages["genindex.html"].select_one(".copy-marks"))


def test_a_page_loads_only_what_it_uses(pages: Pages) -> None:
    def styles(name: str) -> str:
        return " ".join(str(link["href"]) for link in pages[name].select('[rel="stylesheet"]'))

    assert "sphinx-design" in styles("part/kitchen-sink.html")
    assert "sphinx-design" not in styles("when-to-call.html")
    assert "pygments" not in styles("when-to-call.html")
    assert not is_needed("_static/design-tabs.js", "a", '<label class="sd-tab-label">')
    assert is_needed("_static/design-tabs.js", "a", '<label data-sync-id="a">')


def test_cut_keeps_what_a_page_can_use() -> None:
    stylesheet = (
        "/* why */ body {\n  a: b;\n}\n.on,.off{c:d}.off .on{e:f}p:not(.off){g:h}p.on{i:j}"
        "@media print{.off{i:j}}@media print{.on{k:l}}@font-face{m:n}"
        "li:is(.a, .b) > em, pre{o:p}.search-summary pre{q:r}"
    )
    page = '<body><p id="a">x</p><li class="a on"><em>y</em></li></body>'
    assert cut(stylesheet, kinds_of(page)).split("\n") == [
        "body{a:b}",
        ".on{c:d}",
        "p:not(.off){g:h}",
        "@media print{.on{k:l}}",
        "@font-face{m:n}",
        "li:is(.a,.b) > em{o:p}",
        "",
    ]


def test_properties_that_are_set_again_go() -> None:
    earlier = "body{--a:1;--b:2}\n.x{--a:3}\n"
    assert without_overridden_properties(earlier, "body{--a:4}") == "body{--b:2}\n.x{--a:3}\n"


def test_unread_properties_go() -> None:
    stylesheets = {
        "a.css": "body{--read:var(--far);--far:url('data:x;y');--never:var(--lost);--lost:1}",
        "b.css": "p{color:var(--read)}",
    }
    assert without_unread_properties(stylesheets) == {
        "a.css": "body{--read:var(--far);--far:url('data:x;y');}",
        "b.css": "p{color:var(--read)}",
    }


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("width: 80%", "width-80"),
        ("width: 33.3%", "width-35"),
        ("width: 1%", "width-5"),
        ("width: 20em", None),
        ("color: red", None),
    ],
)
def test_width_class(style: str, name: str | None) -> None:
    assert width_class(style) == name
