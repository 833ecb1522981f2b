"""A drawing's file: is it safe and printable, which words are in it, the same with other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

# What both the web and the print engine draw alike.
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
ELEMENTS = frozenset({"svg", "g", "defs", "use", *SHAPES, "text", "tspan", "title", "desc"})
_OWN_ADDRESS = re.compile(r"url\(\s*['\"]?#")
# Where the words of an element stand: before its first child, or after its end tag.
_TEXT, _TAIL = "text", "tail"


class DrawingError(Exception):
    """A drawing that cannot be used: what is wrong, and what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


class Drawing:
    """An SVG picture whose words can be read and replaced.

    :param content: the file.
    :raises DrawingError: it is not an SVG, or holds something that is unsafe or not printed.
    """

    def __init__(self, content: bytes) -> None:
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise DrawingError("it has a DOCTYPE", "Take the line out; SVG does not need it.")
        try:
            self.root = ElementTree.fromstring(content)
        except ElementTree.ParseError as error:
            raise DrawingError(
                f"it is not well-formed SVG ({error})",
                "Open it in the drawing program, save again.",
            ) from error
        self._check()

    def words(self) -> list[str]:
        """Return each string of words, in the order of the file, once."""
        return list(dict.fromkeys(words for _element, _place, words in self._strings()))

    def with_words(self, words: Mapping[str, str]) -> bytes:
        """Return the picture with strings replaced."""
        for element, place, original in list(self._strings()):
            old = getattr(element, place)
            before = old[: len(old) - len(old.lstrip())]
            after = old[len(old.rstrip()) :]
            setattr(element, place, before + words.get(original, original) + after)
        ElementTree.register_namespace("", SVG)
        ElementTree.register_namespace("xlink", XLINK)
        content: bytes = ElementTree.tostring(self.root, encoding="utf-8", xml_declaration=True)
        return content

    def _strings(self) -> Iterator[tuple[ElementTree.Element, str, str]]:
        for text in self.root.iter(f"{{{SVG}}}text"):
            for holder, place in _places(text):
                words = " ".join((getattr(holder, place) or "").split())
                if any(character.isalpha() for character in words):
                    yield holder, place, words

    def _check(self) -> None:
        if self.root.tag != f"{{{SVG}}}svg":
            raise DrawingError(
                "it is not an SVG picture", f'Its first element is <svg xmlns="{SVG}">.'
            )
        if not self.root.get("viewBox"):
            raise DrawingError(
                "its <svg> has no viewBox", "Add one: without it the size is unknown."
            )
        for element in self.root.iter():
            name = _local(element.tag)
            if name not in ELEMENTS:
                raise DrawingError(
                    f"it holds <{name}>, which is unsafe or is not printed",
                    f"Use only these elements: {', '.join(sorted(ELEMENTS))}.",
                )
            for attribute, value in element.attrib.items():
                self._check_attribute(_local(attribute), value)

    def _check_attribute(self, name: str, value: str) -> None:
        if name.lower().startswith("on"):
            raise DrawingError(f"it holds a script ({name}=…)", "Take the attribute out.")
        outside = name == "href" and not value.startswith("#")
        outside |= "url(" in value.lower() and not _OWN_ADDRESS.search(value.lower())
        if outside:
            raise DrawingError(
                f'it loads something from outside ({name}="{value}")',
                "Draw the thing itself in the picture.",
            )


def _places(element: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str]]:
    """Yield where words stand in an element, in the order of the file."""
    yield element, _TEXT
    for child in element:
        yield from _places(child)
        yield child, _TAIL


def _local(name: str) -> str:
    return name.rpartition("}")[2]
