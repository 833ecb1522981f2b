"""The ``{cite}`` role, the places of the lists, and the numbers.

A cite is a ``superscript`` that carries its keys until everything that belongs on the page is on
it (action rows are copied into a chapter after it was read); then each source gets its number, by
order of appearance in the chapter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from handbook.directives.base import HandbookRole
from handbook.sources.bibliography import KEY, Source
from handbook.sources.entries import entry, sort_key
from handbook.sources.store import bibliography_from, used_keys
from handbook.translation.interface import _

logger = logging.getLogger(__name__)


class CiteRole(HandbookRole):
    """``{cite}`key; key @ part```: the numbers of the sources, raised.

    ``part`` says where in the source: a section of a medicine's label, a page.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the cite, without its numbers. Keys are looked up once all chapters are read."""
        keys: list[str] = []
        parts: list[tuple[str, str]] = []
        for item in self.text.split(";"):
            key, at, part = (piece.strip() for piece in item.partition("@"))
            if not KEY.fullmatch(key) or bool(at) != bool(part):
                raise self.error(
                    "this does not name sources",
                    "Write keys of references.bib, as in {cite}`nci-irae; fda-keytruda @ 5.1`.",
                )
            if key not in keys:
                keys.append(key)
            if part:
                parts.append((key, part))
        node = nodes.superscript(classes=["cite"], cite_keys=keys, cite_parts=parts)
        self.set_source_info(node)
        return [node], []


class SourcesDirective(SphinxDirective):
    """``{sources}``: the place of the chapter's list."""

    def run(self) -> list[nodes.Node]:
        """Return the empty list."""
        place = nodes.enumerated_list(
            classes=["sources"], sources_of="chapter", enumtype="arabic", prefix="", suffix="."
        )
        self.set_source_info(place)
        return [place]


class AllSourcesDirective(SphinxDirective):
    """``{all-sources}``: the place of the book's list."""

    def run(self) -> list[nodes.Node]:
        """Return the empty list."""
        place = nodes.bullet_list(classes=["sources", "all-sources"], sources_of="book", bullet="-")
        self.set_source_info(place)
        return [place]


class NumberSources(SphinxPostTransform):
    """Write the numbers into the cites, and the sources into the lists."""

    # After the action rows' copies (1), before cross references are resolved (10).
    default_priority = 5

    def is_supported(self) -> bool:
        """Return False for catalogs: numbers and lists are no words of the chapter."""
        return bool(self.env._builder_cls.name != "gettext")

    def run(self, **kwargs: Any) -> None:
        """Fill in this document."""
        sources = bibliography_from(self.config).sources
        cites = [node for node in self.document.findall(nodes.superscript) if "cite_keys" in node]
        lists = list(self.document.findall(nodes.enumerated_list))
        chapter_lists = [node for node in lists if node.get("sources_of") == "chapter"]
        numbers: dict[str, int] = {}
        parts: dict[str, list[str]] = {}
        for cite in cites:
            for key in cite["cite_keys"]:
                numbers.setdefault(key, len(numbers) + 1)
            for key, part in cite["cite_parts"]:
                known = parts.setdefault(key, [])
                if part not in known:
                    known.append(part)
            _write_numbers(cite, numbers, linked=bool(chapter_lists))
        self._check_places(cites, chapter_lists)
        for place in chapter_lists[:1] if cites else []:
            items = self._items((sources[key] for key in numbers), parts)
            for number, item in enumerate(items, start=1):
                item["ids"].append(f"source-{number}")
            place += items
        for book_list in list(self.document.findall(nodes.bullet_list)):
            if book_list.get("sources_of") == "book":
                used = (sources[key] for key in used_keys(self.env))
                book_list += self._items(sorted(used, key=sort_key), {})

    def _items(
        self, sources: Iterable[Source], parts: Mapping[str, list[str]]
    ) -> list[nodes.list_item]:
        return [
            nodes.list_item(
                "",
                entry(source, self.config.language, parts.get(source.key, ())),
                source_key=source.key,
                source_parts=parts.get(source.key, []),
            )
            for source in sources
        ]

    def _check_places(
        self, cites: list[nodes.superscript], lists: list[nodes.enumerated_list]
    ) -> None:
        if cites and not lists:
            # The cite itself may come from another chapter, with a copied action row.
            _warn(
                'this chapter cites sources and has no list of them: add "## Sources" and'
                " {sources} at its end",
                self.env.docname,
            )
        if lists and not cites:
            _warn("this chapter lists its sources and cites none: take {sources} out", lists[0])
        for extra in lists[1:]:
            _warn("this chapter has a second {sources}: take it out", extra)
        for empty in lists if not cites else lists[1:]:
            empty.parent.remove(empty)


def _warn(problem: str, location: str | nodes.Node) -> None:
    logger.warning(problem, location=location, type="handbook", subtype="sources")


def _write_numbers(cite: nodes.superscript, numbers: Mapping[str, int], *, linked: bool) -> None:
    """Put "3,5" into a cite, each number a link to its source in the chapter's list."""
    cite.clear()
    for number in sorted(numbers[key] for key in cite["cite_keys"]):
        if cite.children:
            cite += nodes.Text(",")
        if linked:
            title = _("Source {number}").replace("{number}", str(number))
            cite += nodes.reference(
                "", str(number), internal=True, refid=f"source-{number}", reftitle=title
            )
        else:
            cite += nodes.Text(str(number))
    # A number belongs to the words before it: no space, where a line could break.
    place = cite.parent.index(cite)
    before = cite.parent[place - 1] if place else None
    if isinstance(before, nodes.Text) and before != before.rstrip():
        cite.parent[place - 1] = nodes.Text(before.rstrip())
