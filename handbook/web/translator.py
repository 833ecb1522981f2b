"""The HTML writer, with faults of docutils and Sphinx mended where every tag is written."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator

from handbook.web.untranslated import titles_of

_OF_LINKS = frozenset({"reference", "internal", "external"})
_OF_BOXES = frozenset({"docutils", "doc", "std", "std-doc", "std-numref", "std-ref", "xref"})
_PERCENT = re.compile(r"\bwidth:\s*([0-9.]+)%")


def width_class(style: str) -> str | None:
    """Return the class of tables.css for a width in percent, to the nearest five.

    :param style: a ``style`` attribute; anything in it but such a width is left out.
    """
    found = _PERCENT.search(style)
    if not found:
        return None
    return f"width-{min(100, max(5, 5 * round(float(found[1]) / 5)))}"


def _needed_classes(names: str, tagname: str) -> str:
    """Leave out classes that docutils writes on each link and box and that no style is for.

    A chapter has some two hundred links.
    """
    useless = _OF_LINKS if tagname == "a" else _OF_BOXES if tagname in ("div", "span") else ()
    return " ".join(name for name in names.split() if name not in useless)


def _goes_on(node: nodes.Element) -> bool:
    """Return whether a link is a further number after one that says "Source 3" of itself."""
    return isinstance(node.parent, nodes.superscript) and node.parent.index(node) > 0


def direction(config: Config, language: str) -> str:
    """Return "ltr" or "rtl" from conf.py's list of languages.

    :param language: a Sphinx code ("zh_CN") or a BCP 47 tag ("zh-CN").
    """
    known = config.handbook_languages.get(language.replace("-", "_"), {})
    return str(known.get("direction", "ltr"))


class HandbookTranslator(HTML5Translator):
    """Writes pages that a strict Content-Security-Policy and axe-core let pass."""

    def starttag(
        self,
        node: nodes.Element,
        tagname: str,
        suffix: str = "\n",
        empty: bool = False,
        **attributes: Any,
    ) -> str:
        """Return a start tag without inline style, and with a level on each heading role.

        A passage in a language of another direction gets that direction with its ``lang``.
        """
        named = {name.lower(): value for name, value in attributes.items()}
        if names := named.get("class"):
            named["class"] = _needed_classes(names, tagname)
        if tagname == "a" and _goes_on(node):
            named.pop("title", None)
        if style := named.pop("style", None):
            named["class"] = f"{named.get('class', '')} {width_class(style) or ''}".strip()
        if tagname == "img":
            named |= self._picture_attributes(node)
        if named.get("role") == "heading":
            # Captions of the table of contents; the page's own title is level 1.
            named.setdefault("aria-level", "2")
        if way := self._other_direction(node):
            named["dir"] = way
        tag: str = super().starttag(node, tagname, suffix, empty, **named)
        return tag

    def visit_reference(self, node: nodes.Element) -> None:
        """Open a link; one that is called as an untranslated chapter says its language."""
        assert isinstance(node, nodes.reference)
        titles_of(self.builder.env).mark(node)
        super().visit_reference(node)

    def _picture_attributes(self, node: nodes.Element) -> dict[str, str]:
        """Return what makes room for a picture before it is there, and fetches it when near."""
        if size := node.get("natural-size"):
            return {"loading": "lazy", "width": str(size[0]), "height": str(size[1])}
        return {"loading": "lazy"}

    def _other_direction(self, node: nodes.Element) -> str | None:
        name: str
        for name in node.get("classes", ()):
            if name.startswith("language-"):
                way = direction(self.config, name.removeprefix("language-"))
                return way if way != direction(self.config, self.config.language) else None
        return None


def setup(app: Sphinx) -> None:
    """Use this writer for pages."""
    app.set_translator("html", HandbookTranslator)
