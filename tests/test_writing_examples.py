"""Each example in docs/writing.md is built, and is what docs/architecture.md says it becomes.

``UPDATE_EXPECTED=1 pytest tests/test_writing_examples.py`` writes the expected files again.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from docutils import nodes

from handbook.clinic import KEYS
from tests.helpers import REPOSITORY, ROOTS, Built, Project, outline

ROOT = ROOTS / "test-directives-writing"
GUIDE = (REPOSITORY / "docs" / "writing.md").read_text(encoding="utf-8")

SHOWN = ("classes", "ids", "refuri", "refid", "uri", "alt", "width", "stub", "entries")


@dataclass(frozen=True)
class Example:
    """A piece of Markdown from the guide, named for the heading above it."""

    name: str
    text: str

    def chapter(self) -> str:
        """Return the example as a chapter that can be built."""
        if self.text.startswith("---\n"):
            return self.text
        chapter = f"# Example {self.name}\n\n{self.text}"
        cites = re.search(r"\{cite\}|\{actions\}", self.text) and ":brief:" not in self.text
        if cites and "{sources}" not in self.text:
            chapter += "\n:::{sources}\n:::\n"
        return chapter


def guide_blocks(language: str) -> Iterator[tuple[str, str]]:
    """Yield each fenced block of a language and the heading above it."""
    heading = ""
    for found in re.finditer(
        r"^#+ (?P<heading>[^\n]+)$|^```(?P<language>\w+)\n(?P<text>.*?)^```$", GUIDE, re.M | re.S
    ):
        if found["heading"]:
            heading = found["heading"]
        elif found["language"] == language:
            yield heading, found["text"]


def guide_examples() -> list[Example]:
    """Return the guide's examples."""
    examples: dict[str, Example] = {}
    for heading, text in guide_blocks("markdown"):
        slug = re.sub(r"[^a-z]+", "-", heading.lower()).strip("-")
        number = sum(name.rstrip("-0123456789") == slug for name in examples) + 1
        name = slug if number == 1 else f"{slug}-{number}"
        examples[name] = Example(name, text)
    return list(examples.values())


EXAMPLES = guide_examples()
each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("writing"))
    shutil.copytree(ROOT / "drawings", project.source / "drawings")
    for example in EXAMPLES:
        project.write(example.name, example.chapter())
    names = "\n".join(example.name for example in EXAMPLES)
    project.write("index", f"# All examples\n\n```{{toctree}}\n{names}\n```\n")
    sources = "\n".join(text for _heading, text in guide_blocks("bibtex"))
    (project.source / "references.bib").write_text(sources, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def as_xml(project: Project) -> Built:
    return project.build("xml")


@pytest.fixture(scope="module")
def catalogs(project: Project) -> Built:
    return project.build("gettext")


@pytest.fixture(scope="module")
def pseudo(project: Project, catalogs: Built) -> Built:
    """The examples with each message in brackets, as a translation."""
    for name in [*(example.name for example in EXAMPLES), "index"]:
        messages = catalogs.messages(name)
        project.translate(name, "es", {message: f"⟦{message}⟧" for message in messages})
    return project.build("xml", "es")


def test_the_guide_has_its_examples() -> None:
    assert len(EXAMPLES) >= 30
    assert EXAMPLES[0].name == "the-shape-of-a-chapter"


def test_all_examples_build_for_the_web_without_a_warning(project: Project) -> None:
    built = project.build("html")
    assert built.warnings == []
    for example in EXAMPLES:
        assert "<article" in built.html(example.name)


@each_example
def test_doctree_and_messages(example: Example, as_xml: Built, catalogs: Built) -> None:
    tree = without_sources(as_xml.doctree(example.name))
    words = "\n".join(catalogs.messages(example.name))
    found = f"{outline(tree, SHOWN)}\n\nmessages\n{words}\n"
    path = ROOT / "expected" / f"{example.name}.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_no_expected_file_is_left_over() -> None:
    names = {path.stem for path in (ROOT / "expected").iterdir()}
    assert names == {example.name for example in EXAMPLES}


@each_example
def test_every_word_is_shown_translated(example: Example, pseudo: Built) -> None:
    tree = pseudo.doctree(example.name)
    assert untranslated(tree) == []


def test_the_words_of_a_drawing_are_shown_translated(pseudo: Built) -> None:
    (image,) = pseudo.doctree("drawings").findall(nodes.image)
    assert image["alt"].startswith("⟦A T cell touches")
    picture = Path(pseudo.app.srcdir, image["uri"]).read_text(encoding="utf-8")
    assert re.findall(r">([^<>\n]*\w[^<>\n]*)<", picture) == ["⟦T cell⟧", "⟦Cancer cell⟧", "100"]


def test_every_directive_and_role_of_the_handbook_has_an_example(as_xml: Built) -> None:
    text = "\n".join(example.text for example in EXAMPLES)
    rooms = ("handbook.directives", "handbook.sources")
    ours = [(n, d) for n, d in as_xml.directives.items() if d.__module__.startswith(rooms)]
    assert {"one-minute", "actions", "sources"} <= {name for name, _directive in ours}
    for name, directive in ours:
        assert f"{{{name}}}" in text, name
        for option in directive.option_spec or ():
            if (name, option) != ("index", "name"):  # Sphinx's own, not for chapters
                assert f":{option}:" in text, (name, option)
    role_names = [n for n, r in as_xml.roles.items() if type(r).__module__.startswith(rooms)]
    assert {"temp", "cite"} <= set(role_names)
    for name in role_names:
        assert f"{{{name}}}`" in text, name


def test_every_entry_of_the_clinic_profile_is_explained() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", GUIDE, re.M)
    assert {key for row in rows for key in re.findall(r"`([a-z-]+)`", row)} >= set(KEYS)


def without_sources(tree: nodes.document) -> nodes.document:
    """Return a chapter with its lists of sources empty: tests/test_sources.py looks at those."""
    for place in tree.findall(nodes.Element):
        if "sources" in place["classes"]:
            place.clear()
    return tree


def untranslated(tree: nodes.document) -> list[str]:
    """Return the words of a chapter that are no translation in brackets.

    Interface words are in no catalog of a chapter; a row's number stands behind its message.
    """
    left = []
    for element in without_sources(tree).findall(nodes.TextElement):
        if isinstance(element.parent, nodes.TextElement) or element.get("translatable") is False:
            continue
        copy = element.deepcopy()
        for cite in list(copy.findall(nodes.superscript)):
            cite.parent.remove(cite)
        words = copy.astext().strip()
        if words and not (words.startswith("⟦") and words.endswith("⟧")):
            left.append(f"{element.tagname}: {words}")
    return left
