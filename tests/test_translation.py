"""What a build does with its catalogs: broken ones stop it, gaps are marked and told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes

from handbook.errors import HandbookError
from handbook.translation import translation_notice
from tests.conftest import MakeProject
from tests.helpers import REPOSITORY, Project

MESSAGES = {
    "Fever": "Fiebre",
    "A fever can be a sign.": "La fiebre puede ser una señal.",
    "Call us at once.": "Llámenos enseguida.",
    "Drink water.": "Drink water.",
    "The last words.": "Las últimas palabras.",
}
INTERFACE = {
    "Immunotherapy Handbook": "Manual de inmunoterapia",
    "About this translation": "Sobre esta traducción",
    "This chapter has not been translated yet. You are reading it in English.": "No traducido.",
    "Parts of this chapter have not been translated yet. They are in English.": "En parte.",
    "This translation is a draft. No person has reviewed it yet.": "Es un borrador.",
}
REVIEWED = {"es": {"name": "Español", "direction": "ltr", "reviewed_by": "Ana Pérez"}}


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """A chapter of one section, a list, a number alone and a table."""
    project = make_project("test-translation")
    project.translate("handbook", "es", INTERFACE)
    return project


def passages(page: str) -> dict[str, str | None]:
    """Return the words of each block of the chapter's text, and its ``lang``."""
    article = page[page.index("<h1") : page.index("The end.") + 50]
    blocks = re.findall(r"<(?:h1|h2|p|dt)\b([^>]*)>(.*?)</(?:h1|h2|p|dt)>", article, re.DOTALL)
    found = {}
    for attributes, words in blocks:
        lang = re.search(r'lang="([^"]*)"', attributes)
        found[re.sub(r"<[^>]+>", "", words).strip()] = lang[1] if lang else None
    return found


def boxes(doctree: nodes.document) -> dict[str, list[str]]:
    """Return the paragraphs of each notice, by its class."""
    return {
        next(name for name in box["classes"] if name.endswith("-notice")): [
            child.astext() for child in box.children
        ]
        for box in doctree.findall(nodes.admonition)
    }


def test_a_chapter_without_a_translation_says_so(project: Project) -> None:
    built = project.build("html", "es")
    assert built.warnings == []
    assert boxes(built.doctree("index")) == {
        "untranslated-notice": [
            "Sobre esta traducción",
            "No traducido.",
            "This chapter has not been translated yet. You are reading it in English.",
        ]
    }
    found = passages(built.html("index"))
    assert {"Fever", "A fever can be a sign.", "Call us at once.", "Drink water."} <= set(found)
    foreign = {words for words, lang in found.items() if lang is None}
    assert foreign == {"Sobre esta traducción", "No traducido.", "911"}
    assert set(found.values()) == {None, "en"}
    assert '<html lang="es"' in built.html("index").replace(' class="no-js"', "")


def test_passages_that_are_left_in_english_are_marked(project: Project) -> None:
    some = {key: MESSAGES[key] for key in ("Fever", "Drink water.", "A fever can be a sign.")}
    project.translate("index", "es", some)
    built = project.build("html", "es")
    assert list(boxes(built.doctree("index"))) == ["untranslated-notice", "draft-notice"]
    found = passages(built.html("index"))
    assert found["Fiebre"] is None
    assert found["Drink water."] is None, "a translation that is equal to its original is one"
    assert found["Call us at once."] == "en"
    assert found["911"] is None
    assert found["En parte."] is None


def test_a_translated_chapter_is_a_draft_until_it_is_reviewed(project: Project) -> None:
    project.translate("index", "es", {**MESSAGES, "The end.": "The end."})
    built = project.build("html", "es")
    (box,) = built.doctree("index").findall(nodes.admonition)
    assert boxes(built.doctree("index")) == {
        "draft-notice": [
            "Sobre esta traducción",
            "Es un borrador.",
            "This translation is a draft. No person has reviewed it yet.",
        ]
    }
    assert "web-only" in box["classes"], "print says it on covers and in footers"
    assert translation_notice(built.app) == "Es un borrador."
    lang = {words: lang for words, lang in passages(built.html("index")).items() if lang}
    assert list(lang) == ["This translation is a draft. No person has reviewed it yet."]

    reviewed = project.build("html", "es", handbook_languages=REVIEWED)
    assert boxes(reviewed.doctree("index")) == {}
    assert translation_notice(reviewed.app) is None


def test_english_says_nothing_of_translations(project: Project) -> None:
    built = project.build("html", "en")
    assert boxes(built.doctree("index")) == {}
    assert translation_notice(built.app) is None
    assert 'lang="en"' not in built.html("index").partition("<body")[2]


def test_the_handbooks_name_is_translated(project: Project) -> None:
    built = project.build("html", "es")
    assert built.app.config.project == "Manual de inmunoterapia"
    assert built.app.config.html_title == "Manual de inmunoterapia"


BROKEN = {
    "no quotation mark": ('msgid "Fever"\nmsgstr Fiebre\n', 3),
    "open quotation mark": ('msgid "Fever"\nmsgstr "Fie"bre"\n', 3),
    "unknown word": ('msgid "Fever"\nmsgstr "Fiebre"\nmgsid "x"\n', 4),
    "no translation": ('msgid "Fever"\nmsgid "Call us at once."\nmsgstr "x"\n', 3),
    "twice": ('msgid "Fever"\nmsgstr "Fiebre"\n\nmsgid "Fever"\nmsgstr "Calor"\n', 5),
    "no catalog": ("Fiebre\n", 2),
}


@pytest.mark.parametrize(("text", "line"), BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("domain", ["index", "handbook", "sphinx"])
def test_a_broken_catalog_stops_the_build(
    project: Project, domain: str, text: str, line: int
) -> None:
    path = project.translate(domain, "es", {})
    path.write_text("# A comment\n" + text, encoding="utf-8")
    error = refused(project)
    assert error.file.endswith(f"locale/es/LC_MESSAGES/{domain}.po")
    assert error.line == line


def refused(project: Project) -> HandbookError:
    with pytest.raises(HandbookError) as caught:
        project.build("html", "es")
    return caught.value


def test_a_catalog_that_is_not_utf_8_stops_the_build(project: Project) -> None:
    path = project.translate("index", "es", {})
    path.write_bytes('msgid "Fever"\nmsgstr "Señal"\n'.encode("latin-1"))
    assert refused(project).line == 2


def test_a_catalog_with_a_wrong_plural_rule_stops_the_build(project: Project) -> None:
    path = project.translate("handbook", "es", {"Search": "Buscar"})
    text = path.read_text()
    header = 'msgstr ""\n"Plural-Forms: nplurals=2; plural=(n != ;\\n"\n'
    path.write_text(text.replace('msgstr ""\n', header, 1))
    assert "cannot be compiled" in str(refused(project))


def test_the_repositorys_own_catalogs_can_be_built() -> None:
    """Each language of conf.py: every catalog is well-formed and safe (make lint says the same)."""
    from handbook.catalogs.lint import lint_catalogs

    languages = [path.name for path in Path(REPOSITORY, "locale").iterdir() if path.is_dir()]
    assert lint_catalogs(REPOSITORY, languages) == []
