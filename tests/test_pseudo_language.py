"""A language in which each message stands in brackets shows what cannot be translated."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polib
import pytest
import sphinx
from pypdf import PdfReader

from handbook.catalogs.interface_words import handbook_template
from tests.helpers import ROOTS, Built, Project

LANGUAGE = "xx"
# Brackets that the print font has.
OPEN, CLOSE = "«", "»"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A chapter of every construct, with catalogs that put each message in brackets."""
    folder = tmp_path_factory.mktemp("pseudo")
    shutil.copytree(ROOTS / "test-translation-pseudo", folder / "source")
    project = Project(folder, {"handbook_languages": {LANGUAGE: {"name": "Pseudo"}}})
    templates = project.build("gettext")
    assert templates.warnings == [], templates.output
    for path in sorted(templates.folder.rglob("*.pot")):
        domain = path.relative_to(templates.folder).with_suffix("").as_posix()
        messages = [entry.msgid for entry in polib.pofile(str(path)) if entry.msgid]
        project.translate(domain, LANGUAGE, bracketed(messages))
    interface = [entry.msgid for entry in handbook_template(templates.app.config)]
    project.translate("handbook", LANGUAGE, bracketed(interface))
    sphinx_words = Path(sphinx.package_dir, "locale", "sphinx.pot")
    words = [entry.msgid for entry in polib.pofile(str(sphinx_words)) if entry.msgid]
    project.translate("sphinx", LANGUAGE, bracketed(words))
    return project


def bracketed(messages: list[str]) -> dict[str, str]:
    return {message: f"{OPEN}{message}{CLOSE}" for message in messages}


# What stands outside brackets on purpose, and why. Each has to be found, or it goes from here.
EVERYWHERE = {
    "Sample Cancer Center": "a clinic's name is its own",
}
ON_THE_WEB = {"handbook@clinic.example": "an address"}
IN_PRINT = {
    "Immunotherapy clinic (SAMPLE – replace before use)": "the profile's own words",
    "100 Sample Street, Sample Town, ST 00000": "an address",
    "Go to the nearest emergency room. Take this handbook with you.": "the profile's own words",
    # On the web these are marked as English, and are not looked at.
    "National Cancer Institute. A page about side effects.": "a source is named as it names itself",
    "A paper about side effects. Journal of Papers 2021;39:4073–4126.": "the same",
    "NCI. A page about side effects.": "the same, in short",
    "www.cancer.gov/one": "an address",  # on the web the source's name is the link
    "doi.org/10.1200/JCO.21.01440": "an address",
    "clinic.example/check/#": "an address",
    "Pseudo": "a language is named in itself",
}
INDEX_LETTERS = re.compile(r"\b[A-Z]\b")  # the index's heads are first letters of its entries
CODE = re.compile(rf"2026\.\d+-{LANGUAGE}-[0-9a-f]{{8}}")  # the code of an edition


def bare(text: str) -> str:
    """Return what of ``text`` stands in no bracket and is no code of an edition."""
    outside, depth = [], 0
    for character in text:
        depth += (character == OPEN) - (character == CLOSE)
        assert depth >= 0, f"a bracket is closed that was not opened: {text[:300]}"
        if depth == 0 and character != CLOSE:
            outside.append(character)
    assert depth == 0, f"a bracket is not closed: {text[:300]}"
    plain = " ".join("".join(outside).replace("\u00ad", "").split())
    return CODE.sub("", plain.replace("/ ", "/"))  # addresses go on in the next line


def assert_all_in_brackets(texts: dict[str, str], *allowed: dict[str, str]) -> None:
    """Fail with every string that no catalog reaches, and with every exception not needed."""
    exceptions = [words for group in allowed for words in group]
    seen: set[str] = set()
    holes = {}
    for place, text in texts.items():
        left = bare(text)
        for words in exceptions:
            if words in left:
                seen.add(words)
                left = left.replace(words, "")
        left = INDEX_LETTERS.sub("", left) if place.startswith(("genindex", "handbook-")) else left
        if re.search(r"[^\W\d_]", left):
            holes[place] = left
    assert holes == {}, [re.findall(r"[^\W\d_]+", left) for left in holes.values()]
    assert seen == set(exceptions)


def test_the_measure_sees_a_hole() -> None:
    known = {"Pseudo": "known"}
    nested = f"{OPEN}one {OPEN}two{CLOSE}{CLOSE} 3.5: Pseudo 2026.1-xx-0123abcd"
    assert_all_in_brackets({"page": nested}, known)
    with pytest.raises(AssertionError, match="hole"):
        assert_all_in_brackets({"page": f"{OPEN}one{CLOSE} hole {OPEN}two{CLOSE}"})
    with pytest.raises(AssertionError, match="not closed"):
        assert_all_in_brackets({"page": f"{OPEN}one"})
    with pytest.raises(AssertionError, match="Pseudo"):
        assert_all_in_brackets({"page": f"{OPEN}one{CLOSE}"}, known)


class Page(HTMLParser):
    """The text that readers of a page see or hear, without what is marked as English."""

    ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder", "summary")
    VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.attributes: dict[str, str] = {}
        self.left_out = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        left_out = tag in ("script", "style") or ("lang", "en") in attributes
        if (left_out or self.left_out) and tag not in self.VOID:
            self.left_out += 1
        for name, value in attributes:
            if name in self.ATTRIBUTES and value:
                self.attributes[f"{tag} {name} {self.getpos()}"] = value

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            self.left_out -= 1

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.text.append(data)


def test_web(project: Project) -> None:
    built = project.build("html", LANGUAGE)
    assert built.warnings == []
    texts, attributes = {}, {}
    for path in sorted(built.folder.rglob("*.html")):
        page = Page(path.read_text(encoding="utf-8"))
        assert page.left_out == 0
        texts[path.name] = " ".join(page.text)
        attributes |= {f"{path.name} {place}": words for place, words in page.attributes.items()}
    assert {"everything.html", "genindex.html", "search.html"} <= set(texts)
    assert len(attributes) > 20
    assert_all_in_brackets(texts, EVERYWHERE, ON_THE_WEB)
    assert_all_in_brackets(attributes)
    assert_all_in_brackets(dict(_words_of_drawings(built)))


def _words_of_drawings(built: Built) -> Iterator[tuple[str, str]]:
    drawings = list(Path(built.folder, "_images").glob("*.svg"))
    assert drawings
    for path in drawings:
        root = ElementTree.parse(path).getroot()
        words = "".join(root.itertext())
        assert "The brake" in words
        yield path.name, words


def test_print(project: Project) -> None:
    built = project.build(
        "handbook-pdf",
        LANGUAGE,
        handbook_outputs="book,handouts,cards",
        handbook_papers="letter",
        handbook_cards=["care/sheet"],
    )
    assert built.warnings == []
    texts, extras = {}, {}
    for path in sorted(built.folder.rglob("*.pdf")):
        reader = PdfReader(path)
        texts[path.name] = "\n".join(page.extract_text() for page in reader.pages)
        extras[f"{path.name} title"] = str((reader.metadata or {}).get("/Title", "no title"))
        for number, title in enumerate(_outline(reader.outline)):
            extras[f"{path.name} outline {number}"] = title
    assert len(texts) > 5
    assert_all_in_brackets(texts, EVERYWHERE, IN_PRINT)
    assert_all_in_brackets(extras)


def _outline(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry)
        else:
            yield str(entry.title)
