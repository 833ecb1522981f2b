"""The whole site of a small handbook: from a server with the sample headers, and from a folder."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from tests.audit.files import bad_answers, dead_links, pages
from tests.audit.server import loopback
from tests.axe import violations
from tests.browser import complaints
from tests.site_project import Handbook, make_handbook

WIDE, NARROW = 1280, 375
FIRST_CODE = "2026.1-en-0badc0de"
LEDGER = f"""\
code,output,issued,status,note
{FIRST_CODE},first-en-letter.pdf,2026-10-01,issued,First edition.
2026.1-es-0badc0de,first-es-letter.pdf,2026-10-01,issued,First edition.
{FIRST_CODE},first-en-letter.pdf,2026-11-01,withdrawn,It gave a wrong number.
"""
# One of each template and language.
SAMPLE = (
    "index.html",
    "check/index.html",
    "en/index.html",
    "en/kinds/first.html",
    "en/print/index.html",
    "en/search.html",
    "es/get-help-now/when-to-call.html",
    "es/kinds/first.html",
    "es/print/index.html",
    "es/genindex.html",
)
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    handbook = make_handbook(tmp_path_factory.mktemp("handbook"))
    handbook.ledger.write_text(LEDGER, encoding="utf-8")
    run = handbook.run("build", "site", "--languages", "")
    assert run.returncode == 0, run.stdout[-1500:] + run.stderr
    return handbook


@pytest.fixture(scope="module")
def site(handbook: Handbook) -> Path:
    return handbook.site


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def sums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


# ---- As files ------------------------------------------------------------------------------------


def test_everything_is_where_the_design_puts_it(site: Path) -> None:
    for language in ("en", "es"):
        names = {path.name for path in (site / language / "print").glob("*.pdf")}
        sizes = ("letter", "a4", "letter-large", "a4-large")
        for size in sizes:
            for name in ("handbook", "when-to-call", "first", "second"):
                assert f"{name}-{language}-{size}.pdf" in names
        assert {f"sheet-{language}-a4.pdf", f"kinds-{language}-letter-booklet.pdf"} <= names
        assert not any("press" in name or "review" in name for name in names)
        for page in ("index", "kinds/first", "print/index", "genindex", "search"):
            assert (site / language / f"{page}.html").is_file()
    assert not list(site.rglob("*.md*")), "chapters with their notes for writers"


def test_checksums_cover_each_file(site: Path) -> None:
    run = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=site, check=False)
    assert run.returncode == 0
    listed = [line.split("  ", 1)[1] for line in (site / "SHA256SUMS").read_text().splitlines()]
    assert sorted(listed) == sorted(sums(site).keys() - {"SHA256SUMS"})


def test_no_link_is_dead(site: Path) -> None:
    assert list(dead_links(site)) == []


def test_each_page_leads_to_itself_in_every_language(site: Path) -> None:
    names = [path.relative_to(site / "en").as_posix() for path in (site / "en").rglob("*.html")]
    assert len(names) > 8
    for name in names:
        page = soup(site / "en" / name)
        alternates = {
            link["hreflang"]: (site / "en" / name).parent / str(link["href"])
            for link in page.select("link[rel=alternate]")
        }
        assert set(alternates) == {"en", "es", "x-default"}, name
        assert alternates["es"].resolve() == (site / "es" / name).resolve()
        assert alternates["x-default"].resolve() == (site / "en" / name).resolve()
        assert page.select_one(".languages [hreflang=en]")["aria-current"] == "true"  # type: ignore[index]
    spanish = soup(site / "es" / "kinds" / "first.html")
    assert spanish.html and (spanish.html["lang"], spanish.html["dir"]) == ("es", "rtl")
    notice = spanish.select_one(".untranslated-notice")
    assert notice is not None
    assert notice.select_one("[lang=en]")


def test_chapter_names_and_links_its_handout(site: Path) -> None:
    page = soup(site / "es" / "kinds" / "second.html")
    links = [link["href"] for link in page.select("#on-paper li a")]
    assert links == [
        f"../print/second-es-{size}.pdf" for size in ("letter", "a4", "letter-large", "a4-large")
    ]
    trail = [item.get_text(strip=True) for item in page.select(".breadcrumbs li")]
    assert trail == ["Manual de inmunoterapia", "Tipos de tratamiento", "4. El segundo tipo"]


def test_list_of_handouts_tells_what_a_nurse_needs(site: Path) -> None:
    page = soup(site / "en" / "print" / "index.html")
    listed = {str(link["href"]) for link in page.select(".print-list a[href$='.pdf']")}
    assert listed == {path.name for path in (site / "en" / "print").glob("*.pdf")}
    row = page.select_one("th:has(a[href='../kinds/first.html']) ~ td")
    assert row is not None
    words = row.get_text(" ", strip=True)
    assert "page" in words and "KB" in words and "2026.1-en-" in words and "draft" in words
    recalled = page.select_one("#recalled")
    assert recalled is not None
    assert FIRST_CODE in recalled.get_text()
    assert soup(site / "es" / "print" / "index.html").select_one("#recalled") is None


def test_failed_build_leaves_the_site_as_it_was(handbook: Handbook, tmp_path: Path) -> None:
    broken = Handbook(tmp_path / "handbook")
    shutil.copytree(handbook.root, broken.root)
    before = sums(broken.site)
    (broken.root / "source" / "kinds" / "second.md").write_text("# No date\n\n{role}`x`\n")
    run = broken.run("build", "site", "--languages", "en")
    assert run.returncode == 1
    assert sums(broken.site) == before


def test_same_input_gives_the_same_bytes(handbook: Handbook, tmp_path: Path) -> None:
    again = make_handbook(tmp_path / "elsewhere")
    again.ledger.write_text(LEDGER, encoding="utf-8")
    run = again.run("build", "site", "--languages", "")
    assert run.returncode == 0, run.stderr
    assert sums(again.site) == sums(handbook.site)


def test_language_that_is_not_known(handbook: Handbook) -> None:
    run = handbook.run("build", "site", "--languages", "en xx")
    assert run.returncode == 2
    assert 'LANGUAGES: conf.py knows no language "xx". Choose from: en es.' in run.stderr


# ---- In a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with loopback(site) as root:
        yield root


@pytest.fixture
def open_page(browser: Browser, server: str, site: Path) -> Iterator[Open]:
    """Open a page; whatever it complains of or asks another place for is a failure."""
    heard: list[list[str]] = []
    contexts = []

    def open_(name: str, *, folder: bool = False, width: int = WIDE, **options: object) -> Page:
        root = f"{site.as_uri()}/" if folder else server
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        heard.append(complaints(context, root))
        page = context.new_page()
        page.goto(root + name)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [one for of_page in heard for one in of_page] == []


def test_server_answers_as_the_sample_settings_say(site: Path, server: str) -> None:
    found = [
        finding
        for finding in bad_answers(site, server)
        # nginx alone sends these; make audit looks at them.
        if "Content-Type" not in finding and "Cache-Control" not in finding
    ]
    assert found == []


@pytest.mark.parametrize(("width", "colors"), [(WIDE, "light"), (NARROW, "dark")])
def test_pages_pass_axe_and_fit_the_window(open_page: Open, width: int, colors: str) -> None:
    page = open_page(SAMPLE[0], width=width, color_scheme=colors)
    root = page.url.removesuffix(SAMPLE[0])
    for name in SAMPLE:
        page.goto(root + name)
        assert [f"{name}: {found}" for found in violations(page)] == []
        for window in (width, 320):
            page.set_viewport_size({"width": window, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= window, name
        page.set_viewport_size({"width": width, "height": 800})


def test_all_pages_open_from_a_folder(open_page: Open, site: Path) -> None:
    page = open_page("index.html", folder=True)
    for name in pages(site):
        if "/kinds/one" in name or "/the-first" in name:
            continue  # leads on at once
        page.goto(f"{site.as_uri()}/{name}")
        assert page.locator("h1").count() == 1, name


@pytest.mark.parametrize("scripts", [True, False])
def test_language_switch_keeps_the_place(open_page: Open, scripts: bool) -> None:
    page = open_page("en/kinds/second.html#how-it-is-taken", java_script_enabled=scripts)
    if scripts:
        page.locator(".languages").get_by_text("Español").click()
    else:
        page.locator("#how-it-is-taken .same-place").get_by_text("Español").click()
    page.wait_for_url("**/es/kinds/second.html#how-it-is-taken")
    assert page.locator("#how-it-is-taken h2").inner_text() == "Cómo se toma"
    assert page.locator(".same-place:visible").count() == 1


@pytest.mark.parametrize("folder", [True, False])
def test_renamed_chapter_leads_on_without_a_script(open_page: Open, folder: bool) -> None:
    page = open_page("es/kinds/one.html", folder=folder, java_script_enabled=False)
    page.wait_for_url("**/es/kinds/first.html")


def test_code_on_paper_marks_its_line(open_page: Open) -> None:
    page = open_page(f"check/#{FIRST_CODE}", width=NARROW, java_script_enabled=False)
    line = page.locator(f"[id='{FIRST_CODE}']")
    box, top = line.bounding_box(), page.evaluate("innerHeight")
    assert box and 0 <= box["y"] < top
    assert "Withdrawn" in line.inner_text()
    border = line.evaluate("e => getComputedStyle(e).borderTopWidth")
    other = page.locator(".codes li:not(:target)").last
    assert border != other.evaluate("e => getComputedStyle(e).borderTopWidth")


def test_start_page_leads_to_whom_to_call_in_each_language(open_page: Open) -> None:
    page = open_page("index.html", java_script_enabled=False)
    assert page.locator(".choices a[href='tel:911']").count() == 2
    assert page.locator(".choices a[href$='/symptom-finder.html']").count() == 2
    page.get_by_text("Cuándo llamar y a quién").click()
    page.wait_for_url("**/es/get-help-now/when-to-call.html")
