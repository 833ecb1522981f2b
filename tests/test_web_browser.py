"""The web site in a real browser, opened from its folder: reading, reaching, printing."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.axe import violations
from tests.browser import complaints
from tests.helpers import ROOTS, Project

LANGUAGES = {
    "en": {"name": "English", "direction": "ltr"},
    "ar": {"name": "العربية", "direction": "rtl"},
}
KITCHEN_SINK = "part/kitchen-sink"
PAGES = (
    "index",
    "when-to-call",
    KITCHEN_SINK,
    "part/long",
    "words",
    "genindex",
    "search",
    "symptom-finder",
)
RICH = ("when-to-call", KITCHEN_SINK, "symptom-finder")
WIDE, NARROW = 1280, 375
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("sites")
    shutil.copytree(ROOTS / "test-web", folder / "source")
    project = Project(folder, {"handbook_languages": LANGUAGES})
    project.translate(
        "when-to-call",
        "ar",
        {
            "When to call, and whom": "متى تتصل، وبمن",
            "Call us today on {clinic}`phone-day`.": "اتصل بنا اليوم على {clinic}`phone-day`.",
            "You are more tired than usual": "أنت متعب أكثر من المعتاد",
        },
    )
    project.translate("handbook", "ar", {"Pages found: %s": "عدد الصفحات: %s"})
    return {language: project.build(language=language).folder for language in LANGUAGES}


@pytest.fixture
def open_page(browser: Browser, sites: dict[str, Path]) -> Iterator[Open]:
    """Open a page of a site. Whatever it complains of or asks another place for is a failure."""
    heard: list[list[str]] = []
    contexts = []

    def open_(
        name: str, width: int = WIDE, language: str = "en", query: str = "", **options: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        heard.append(complaints(context, "file:"))
        page = context.new_page()
        page.goto((sites[language] / f"{name}.html").as_uri() + query)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [one for of_page in heard for one in of_page] == []


def go_to(page: Page, name: str) -> None:
    """Open another page of the same site."""
    root = page.evaluate("new URL(document.documentElement.dataset.content_root, location).href")
    page.goto(f"{root}{name}.html")


@pytest.mark.parametrize(
    ("language", "colors", "width", "names"),
    [
        ("en", "light", WIDE, PAGES),
        ("en", "dark", NARROW, PAGES),
        ("en", "light", NARROW, RICH),
        ("en", "dark", WIDE, RICH),
        ("ar", "light", WIDE, RICH),
        ("ar", "dark", NARROW, RICH),
    ],
)
def test_axe_finds_nothing(
    open_page: Open, language: str, colors: str, width: int, names: tuple[str, ...]
) -> None:
    page = open_page(names[0], width, language, color_scheme=colors)
    for name in names:
        go_to(page, name)
        found = [f"{name}: {one}" for one in violations(page)]
        assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_phone(open_page: Open, language: str) -> None:
    page = open_page("index", NARROW, language)
    for name in PAGES:
        go_to(page, name)
        for width in (NARROW, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") == width, name
            # The handbook's name does not run under the buttons.
            assert page.locator(".brand").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_wide_table_scrolls_inside_itself_by_keyboard(open_page: Open) -> None:
    page = open_page(KITCHEN_SINK, NARROW)
    region = page.locator(".table-wrapper").nth(1)
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelectorAll('.table-wrapper')[1].scrollLeft > 0")


@pytest.mark.parametrize("language", LANGUAGES)
def test_printing_gives_all_text(open_page: Open, language: str) -> None:
    page = open_page(KITCHEN_SINK, language=language, color_scheme="dark")
    assert not page.get_by_text("Words of the closed dropdown.").is_visible()
    pdf = PdfReader(io.BytesIO(page.pdf(format="Letter")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    for words in (
        "Words of the first tab.",
        "Words of the second tab.",
        "Words of the drip tab.",
        "At night",
        "Words of the closed dropdown.",
        "911",
        "555-0101",
        "No clinician has reviewed this text",
        "DRAFT",
        "https://www.cancer.gov/",
    ):
        assert words in text, words
    assert "Skip to the text" not in text


def test_without_scripts_everything_can_be_read(open_page: Open) -> None:
    page = open_page(KITCHEN_SINK, NARROW, java_script_enabled=False)
    assert page.get_by_text("Call us with a fever").is_visible()
    page.get_by_text("At night", exact=True).locator("visible=true").last.click()
    assert page.get_by_text("Words of the second tab.").is_visible()
    page.get_by_text("More about it").click()
    assert page.get_by_text("Words of the closed dropdown.").is_visible()
    page.locator("label.nav-overlay-icon").click()
    assert page.locator(".sidebar-tree").get_by_text("Words explained").is_visible()
    page = open_page("search", java_script_enabled=False)
    assert page.locator("noscript a[href='genindex.html']").is_visible()


def test_the_keyboard_reaches_the_lists_and_no_closed_one(open_page: Open) -> None:
    page = open_page(KITCHEN_SINK, NARROW)
    chapter = page.locator(".sidebar-tree").get_by_text("Words explained")

    def focused_in(selector: str) -> bool:
        return bool(page.evaluate("s => !!document.activeElement.closest(s)", selector))

    page.keyboard.press("Tab")
    assert focused_in(".skip-to-content")
    page.keyboard.press("Tab")
    assert focused_in("#__navigation")
    for _ in range(60):
        page.keyboard.press("Tab")
        assert not focused_in(".sidebar-drawer, .toc-drawer")
    page.locator("#__navigation").focus()
    page.keyboard.press("Space")
    assert chapter.is_visible()
    page.keyboard.press("Escape")
    assert not chapter.is_visible()
    page.locator("#__toc").focus()
    page.keyboard.press("Space")
    page.locator(".toc-tree").get_by_text("Sources").click()
    page.wait_for_function("!document.getElementById('__toc').checked")
    assert page.url.endswith("#sources")


def test_what_is_jumped_to_is_not_under_the_strip(open_page: Open) -> None:
    page = open_page("part/long")
    page.goto(page.url + "#second-section")
    page.set_viewport_size({"width": WIDE, "height": 500})
    strip = page.locator(".call-strip").bounding_box()
    heading = page.locator("#second-section h2").bounding_box()
    assert strip and heading
    assert strip["y"] == 0  # it stays
    assert heading["y"] >= strip["y"] + strip["height"]


def test_a_chosen_color_scheme_stays(open_page: Open) -> None:
    page = open_page("index")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Change between light and dark colors").click()
    page.goto(page.url)
    assert page.evaluate(background) == "rgb(20, 24, 28)"


def test_the_list_of_sections_marks_the_one_that_is_read(open_page: Open) -> None:
    page = open_page("part/long", 1500)
    assert page.locator(".scroll-current").count() == 0
    page.set_viewport_size({"width": 1500, "height": 300})
    page.evaluate("document.getElementById('second-section').scrollIntoView()")
    page.locator(".scroll-current a[href='#second-section']").wait_for(timeout=5000)


def test_signs_are_seen_where_the_reader_sets_the_colors(open_page: Open) -> None:
    page = open_page("when-to-call", forced_colors="active")
    for color in ("red", "amber", "green"):
        sign, around = page.evaluate(
            "s => { const e = document.querySelector(s); return [e, e.closest('div')].map("
            "x => getComputedStyle(x).backgroundColor) }",
            f".sign-{color}",
        )
        assert sign != around


def test_right_to_left(open_page: Open) -> None:
    def left(page: Page, selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box
        return box["x"]

    page = open_page("when-to-call", language="ar")
    assert left(page, ".sidebar-drawer") > left(page, "article")
    assert left(page, ".action-noticed") > left(page, ".action-steps")
    assert left(page, ".action .sign") > left(page, ".action-symptom")
    # A number among Arabic words reads from left to right, in one piece.
    number = page.locator(".action-amber .phone a").first
    assert number.inner_text().replace("\N{NO-BREAK SPACE}", " ") == "(555) 555-0100"
    assert number.evaluate("e => getComputedStyle(e.parentElement).direction") == "ltr"
    assert number.evaluate("e => e.getClientRects().length") == 1

    page = open_page("when-to-call", NARROW, "ar")
    page.locator("label.nav-overlay-icon").click()
    box = page.locator(".sidebar-drawer").bounding_box()
    assert box and box["x"] + box["width"] == NARROW


@pytest.mark.parametrize(("language", "status"), [("en", "Pages found: "), ("ar", "عدد الصفحات: ")])
def test_search_works_from_a_folder(open_page: Open, language: str, status: str) -> None:
    page = open_page("index", language=language)
    page.locator(".sidebar-search").fill("Vaccine")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=Vaccine*")
    page.locator(".search-summary", has_text=status).wait_for()
    page.locator("ul.search a", has_text="Everything a chapter may hold").first.click()
    page.wait_for_url("**/kitchen-sink.html*")
    # The word that was searched for is marked, until the reader has enough of it.
    page.locator("article .highlighted").first.wait_for()
    page.locator(".highlight-link a").click()
    assert page.locator(".highlighted").count() == 0


def test_a_search_without_result_says_so(open_page: Open) -> None:
    page = open_page("search", query="?q=xylophone")
    page.get_by_text("Nothing found. Try another word").wait_for()


def test_a_page_with_everything_is_light(browser: Browser, sites: dict[str, Path]) -> None:
    context = browser.new_context()
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url.partition("?")[0]))
    page = context.new_page()
    page.goto((sites["en"] / f"{KITCHEN_SINK}.html").as_uri(), wait_until="networkidle")
    context.close()
    weight = sum(Path(address.removeprefix("file://")).stat().st_size for address in asked)
    assert len(asked) > 10
    assert weight < 200_000


def test_a_page_sets_no_cookie(open_page: Open) -> None:
    page = open_page(KITCHEN_SINK)
    assert page.context.cookies() == []
    assert page.evaluate("document.cookie") == ""
