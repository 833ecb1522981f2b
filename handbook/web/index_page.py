"""The index page: each entry with the places it leads to, named in words.

Sphinx numbers the further places of an entry "[1]", "[2]"; here each is called by its chapter,
and by its section where a chapter has several. "See" entries become links. The order is that of
the language: Chinese by pinyin, Arabic without the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import _ as sphinx_word

from handbook.translation.collation import letter_of, sort_key

# What Sphinx's index gives: (main or not, address) of each place; name and places of each subentry.
Places = list[tuple[str | None, str]]
SphinxEntry = tuple[str, tuple[Places, list[tuple[str, Places]], str | None]]


@dataclass(frozen=True)
class Place:
    """Where an entry leads: an address on the site and its name in words."""

    address: str
    name: str
    main: bool


@dataclass(frozen=True)
class Line:
    """A line of the index: its words, their place on this page, and what follows."""

    words: str
    anchor: str
    places: list[Place] = field(default_factory=list)
    see: str | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Letter:
    """The lines under one letter."""

    letter: str
    anchor: str
    lines: list[Line]


def section_titles(env: BuildEnvironment, docname: str) -> dict[str, str]:
    """Return the title of the innermost section around each id of a chapter."""
    titles: dict[str, str] = {}
    for section in env.get_doctree(docname).findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is None:
            continue
        for node in section.findall(nodes.Element):
            for name in (*node.get("ids", ()), node.get("refid", "")):
                titles[name] = title.astext()  # an inner section comes later and takes it over
    return titles


class IndexNames:
    """Names places of the index, and knows the chapters that they are in."""

    def __init__(self, env: BuildEnvironment, addresses: dict[str, str]) -> None:
        """Take the environment, and the docname of each page's address."""
        self.env = env
        self.addresses = addresses
        self.sections: dict[str, dict[str, str]] = {}

    def places(self, places: Iterable[tuple[str | None, str]]) -> list[Place]:
        """Return an entry's places with names that tell them apart."""
        found = [
            (*self._chapter_and_section(address), address, bool(main)) for main, address in places
        ]
        in_chapter = Counter(chapter for chapter, *_rest in found)
        named: dict[str, Place] = {}
        for chapter, section, address, main in found:
            alone = in_chapter[chapter] == 1 or section in (chapter, "")
            name = chapter if alone else f"{chapter}: {section}"
            # Two places in one section are one place to a reader.
            named.setdefault(name, Place(address, name, main))
        return list(named.values())

    def _chapter_and_section(self, address: str) -> tuple[str, str]:
        page, _hash, target = address.partition("#")
        docname = self.addresses[page]
        if docname not in self.sections:
            self.sections[docname] = section_titles(self.env, docname)
        chapter = self.env.titles[docname].astext()
        return chapter, self.sections[docname].get(target, "")


def index_letters(
    entries: list[tuple[str, list[SphinxEntry]]], names: IndexNames, language: str
) -> list[Letter]:
    """Return what the index page shows, from what Sphinx collected, in the language's order."""
    found = [entry for _letter, of_letter in entries for entry in of_letter]
    found.sort(key=lambda entry: sort_key(entry[0], language))
    anchors = {words: f"entry-{number}" for number, (words, _entry) in enumerate(found, 1)}
    # Sphinx writes "see fever" as a subentry with no place; the words are its catalog's.
    see = {
        sphinx_word(pattern) % words: f"#{anchor}"
        for pattern in ("see %s", "see also %s")
        for words, anchor in anchors.items()
    }
    grouped = groupby(found, lambda entry: letter_of(entry[0], language))
    return [
        Letter(
            letter or sphinx_word("Symbols"),
            f"letter-{number}",
            [
                Line(
                    words,
                    anchors[words],
                    names.places(places),
                    lines=[
                        Line(sub_words, "", names.places(sub_places), see.get(sub_words))
                        for sub_words, sub_places in sorted(
                            sub_entries, key=lambda sub: sort_key(sub[0], language)
                        )
                    ],
                )
                for words, (places, sub_entries, _key) in of_letter
            ],
        )
        for number, (letter, of_letter) in enumerate(grouped, 1)
    ]


def _add_letters(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    if pagename != "genindex":
        return
    env = app.env
    addresses = {app.builder.get_relative_uri("genindex", name): name for name in env.found_docs}
    context["index_letters"] = index_letters(
        context["genindexentries"], IndexNames(env, addresses), app.config.language
    )


def setup(app: Sphinx) -> None:
    """Prepare the index page."""
    app.connect("html-page-context", _add_letters)
