"""The same page in the other languages: links, and what a page's head says of them.

The languages of a site lie side by side, each in the folder of its code, with the same addresses
and the same names of sections. So a link needs no script. Links to a section stand under its
heading, and are seen by readers who came to it by its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config

from handbook.errors import HandbookError
from handbook.translation.interface import _
from handbook.web.translator import HandbookTranslator, direction


@dataclass(frozen=True)
class Version:
    """A page in a language.

    :param tag: the language's BCP 47 tag ("zh-CN").
    :param name: the language's own name.
    :param address: relative to the page that is shown.
    """

    tag: str
    name: str
    direction: str
    address: str
    current: bool


def codes(config: Config) -> list[str]:
    """Return the codes of the languages of this site; none where it stands alone.

    :raises HandbookError: conf.py does not know one of them.
    """
    found = config.handbook_site_languages.replace(",", " ").split()
    for code in found:
        if len(found) > 1 and code not in config.handbook_languages:
            raise HandbookError(
                "LANGUAGES",
                f'conf.py knows no language "{code}"',
                f"Choose from: {' '.join(config.handbook_languages)}.",
            )
    return found if len(found) > 1 else []


def versions(builder: Builder, name: str) -> Iterator[Version]:
    """Yield a page in each language of the site, in the order of conf.py's list.

    :param name: the page's name ("part/chapter").
    """
    up = "../" * (name.count("/") + 1)
    page, config = builder.get_target_uri(name), builder.config
    for code in codes(config):
        yield Version(
            code.replace("_", "-"),
            config.handbook_languages[code]["name"],
            direction(config, code),
            f"{up}{code}/{page}",
            code == config.language,
        )


class LinkingTranslator(HandbookTranslator):
    """Puts links to the same section in the other languages under each section's heading."""

    def depart_title(self, node: nodes.title) -> None:
        """Close the heading."""
        super().depart_title(node)
        section = node.parent
        if isinstance(section, nodes.section) and self.section_level == 2 and section["ids"]:
            self.body.append(self._same_place(section["ids"][0]))

    def _same_place(self, target: str) -> str:
        links = [
            f'<a href="{escape(version.address)}#{escape(target)}" lang="{version.tag}"'
            f"{self._direction(version)}>{escape(version.name)}</a>"
            for version in versions(self.builder, self.builder.current_docname)
            if not version.current
        ]
        if not links:
            return ""
        return f'<p class="same-place">{escape(_("This part in:"))} {" · ".join(links)}</p>\n'

    def _direction(self, version: Version) -> str:
        """Return the attribute for a name that is written the other way than the page."""
        same = version.direction == direction(self.config, self.config.language)
        return "" if same else f' dir="{version.direction}"'


def _add(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    context["versions"] = list(versions(app.builder, name))


def setup(app: Sphinx) -> None:
    """Give each page its versions."""
    # Folders side by side: "en es". Blank: this language stands alone.
    app.add_config_value("handbook_site_languages", "", "", types=[str])
    app.set_translator("html", LinkingTranslator, override=True)
    app.connect("html-page-context", _add)
