"""Search in five languages, and what the page of the symptom finder and the words in place do."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from handbook.web.search import Arabic, Chinese, English, PlainWords, Spanish, Turkish
from tests.audit.server import loopback
from tests.browser import complaints
from tests.helpers import ROOTS, Project

LANGUAGES = {
    "en": {"name": "English", "direction": "ltr"},
    "es": {"name": "Español", "direction": "ltr"},
    "tr": {"name": "Türkçe", "direction": "ltr"},
    "zh_CN": {"name": "简体中文", "direction": "ltr"},
    "ar": {"name": "العربية", "direction": "rtl"},
}
# The text of a chapter to be found, and of one that must not be.
TEXTS = {
    "en": ("You may vomit, or your urine is dark. Your skin itches.", "Bring your papers."),
    "es": ("Tiene vómitos, o una inflamación en los pies.", "Traiga sus papeles."),
    "tr": ("Ateşiniz varsa, ışık gözünüzü rahatsız ederse veya ishal olursanız arayın.", "Evrak."),
    "zh_CN": ("发烧或者起皮疹，请马上打电话。您接受的是CAR-T细胞治疗。", "请带上您的证件。"),
    "ar": ("اتصلوا بنا عند الحُمّى أو الإسهال أو آلام المعدة.", "أحضروا أوراقكم."),
}
QUESTIONS = {
    "en": ["vomiting", "VOMIT", "throwing up", "I keep throwing up at night", "itching", "pee"],
    "es": ["vómito", "VOMITO", "inflamacion", "inflamado", "tengo vomitos", "pie"],
    "tr": ["ateş", "ATEŞ", "ates", "ateşim var", "IŞIK", "isik", "İSHAL", "ISHAL", "ishalim"],
    "zh_CN": ["发烧", "皮疹", "疹", "发烧 皮疹", "我发烧", "car t"],
    "ar": ["حمى", "الحمى", "والحمى", "اسهال", "إسهال", "معدتي", "معده", "آلام"],
}
ENTRIES = "```{index}\nsee: throwing up; vomiting\nsee: pee; urine\n```\n"
Ask = Callable[..., Page]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A handbook of two chapters, written in each language."""
    return {language: _site(tmp_path_factory.mktemp(language), language) for language in TEXTS}


def _site(folder: Path, language: str) -> Path:
    project = Project(folder, {"handbook_languages": LANGUAGES})
    chapters = "```{toctree}\n:caption: Part\n\nfound\nother\n```"
    project.write("index", f"# Handbook\n\n{chapters}\n")
    front = "---\nreview-by: 2027-11-22\n---\n"
    found, other = TEXTS[language]
    entries = ENTRIES if language == "en" else ""
    project.write("found", f"{front}# One\n\nWords.\n\n## Signs\n\n{entries}\n{found}\n")
    project.write("other", f"{front}# Two\n\n{other}\n")
    return project.build(language=language).folder


@pytest.fixture
def ask(browser: Browser, sites: dict[str, Path]) -> Iterator[Ask]:
    """Ask a site's search; return the page of results. Nothing may be complained of."""
    context = browser.new_context()
    heard = complaints(context, "file:", "http://127.0.0.1:")
    page = context.new_page()

    def ask_(question: str, language: str, root: str = "") -> Page:
        page.goto(f"{root or sites[language].as_uri()}/search.html?q={quote(question)}")
        page.locator(".search-summary:not(:empty)").wait_for()
        return page

    yield ask_
    context.close()
    assert heard == []


def results(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator("ul.search a").all()]


@pytest.mark.parametrize("language", TEXTS)
def test_words_are_found_in_the_forms_that_people_type(ask: Ask, language: str) -> None:
    for question in QUESTIONS[language]:
        found = results(ask(question, language))
        assert found, question
        assert all(address.startswith("found.html") for address in found), question
    assert results(ask("xylophon", language)) == []
    assert page_says_nothing_found(ask("xylophon", language))


def page_says_nothing_found(page: Page) -> bool:
    return page.locator(".search-summary[role=status]").inner_text() != ""


def test_an_index_entry_leads_to_its_place_and_names_the_section(ask: Ask) -> None:
    page = ask("throwing up", "en")
    link = page.locator("ul.search a").first
    assert link.inner_text() == "One: Signs"
    # From a folder, where no page may read another, the part stands beside it.
    assert "(Part)" in page.locator("ul.search li").first.inner_text()
    link.click()
    page.wait_for_url("**/found.html#*")
    assert page.locator(":target").count() == 1


def test_results_from_a_server_show_the_text(ask: Ask, sites: dict[str, Path]) -> None:
    with loopback(sites["en"]) as root:
        page = ask("throwing up", "en", root.rstrip("/"))
        excerpt = page.locator("ul.search .context").first
        excerpt.wait_for()
        assert excerpt.inner_text().startswith("You may vomit")


@pytest.mark.parametrize("language", [English, Spanish, Turkish, Arabic, Chinese])
def test_the_page_cuts_words_as_the_index_does(
    browser: Browser, language: type[PlainWords]
) -> None:
    rules = language({})
    code = {"zh": "zh_CN"}.get(rules.lang, rules.lang)
    words = [rules.fold(word) for word in (*TEXTS[code], *QUESTIONS[code])]
    words = [part for text in words for part in text.split()]
    page = browser.new_page()
    page.add_script_tag(content=f"{rules.js_stemmer_code}\n{rules.js_splitter_code}")
    cut = page.evaluate("words => words.map((word) => new Stemmer().stemWord(word))", words)
    split = page.evaluate("words => words.flatMap(splitQuery)", words)
    page.close()
    assert cut == [rules.stem(word) for word in words]
    # The index holds single Chinese characters besides.
    assert set(split) <= {part for word in words for part in rules.split(word)}


# ---- A symptom finder, and words in place --------------------------------------------------------


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook")
    shutil.copytree(ROOTS / "test-web", folder / "source")
    return Project(folder, {"handbook_languages": LANGUAGES}).build().folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    yield context.new_page()
    context.close()


def test_finder_says_what_to_do_and_leads_to_the_row(page: Page, handbook: Path) -> None:
    page.goto((handbook / "symptom-finder.html").as_uri())
    row = page.locator("li.action-amber").filter(has_text="You have a new cough").first
    assert "Call us today on (555)" in " ".join(row.inner_text().split()).replace("\xa0", " ")
    assert row.locator("sup").count() == 0
    row.get_by_role("link", name="You have a new cough").click()
    page.wait_for_url("**/when-to-call.html#action-cough-new")
    # Each page leads to the finder.
    assert page.locator(".call-strip a", has_text="Find your symptom").is_visible()


def test_finder_holds_each_row_by_part_and_by_color(page: Page, handbook: Path) -> None:
    page.goto((handbook / "symptom-finder.html").as_uri())
    parts, colors = (page.locator(place) for place in ("section .action", ".finder-color li"))
    assert parts.count() == colors.count() == 3
    assert [link.get_attribute("href") for link in page.locator(".finder-color a").all()] == [
        f"when-to-call.html#action-{name}" for name in ("trouble-breathing", "cough-new", "tired")
    ]


def test_a_word_shows_its_meaning_and_escape_ends_it(page: Page, handbook: Path) -> None:
    page.goto((handbook / "part/kitchen-sink.html").as_uri())
    word = page.locator("article a:has(.std-term)").first
    meaning = page.get_by_role("tooltip").filter(visible=True)
    word.hover()
    meaning.wait_for()
    assert "finds and kills cells" in meaning.inner_text()
    box = meaning.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    # The pointer may move onto it; it stays.
    meaning.hover()
    page.wait_for_timeout(400)
    assert meaning.is_visible()
    page.keyboard.press("Escape")
    meaning.wait_for(state="hidden")
    # The keyboard shows it too, and a screen reader is told.
    page.mouse.move(0, 0)
    page.locator("#furo-main-content").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if meaning.is_visible():
            break
    described = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    assert described == meaning.get_attribute("id")
    page.keyboard.press("Tab")
    assert not meaning.is_visible()
    # Without more ado it is a link.
    assert "words.html#term-T-cell" in str(word.get_attribute("href"))


def test_only_the_part_that_is_read_is_open(page: Page, handbook: Path) -> None:
    page.goto((handbook / "part/long.html").as_uri())
    parts = page.locator(".sidebar-part")
    assert [part.get_attribute("open") is not None for part in parts.all()] == [False, True]
    assert parts.nth(1).locator("[aria-current=page]").count() == 1


def test_each_printed_sheet_says_whom_to_call_and_what_it_is(page: Page, handbook: Path) -> None:

    page.goto((handbook / "part/kitchen-sink.html").as_uri())
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) > 1
    for sheet in sheets:
        text = sheet.extract_text().replace("\xa0", " ")
        for words in ("555-0100", "911", "2026.1-en-", "No clinician has reviewed this text"):
            assert words in text, words
