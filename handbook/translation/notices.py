"""What a translated document says of itself: not translated yet, translated in part, a draft.

Each passage that is left in English carries the class ``language-en``, which docutils' HTML writer
turns into the attribute ``lang``; print reads the class.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import extract_messages

from handbook.translation.catalog_files import translations
from handbook.translation.interface import N_, SOURCE_LANGUAGE, _
from handbook.translation.messages import has_words

_TITLE = N_("About this translation")
_UNTRANSLATED = N_("This chapter has not been translated yet. You are reading it in English.")
_PARTIAL = N_("Parts of this chapter have not been translated yet. They are in English.")
_DRAFT = N_("This translation is a draft. No person has reviewed it yet.")

_ENGLISH = f"language-{SOURCE_LANGUAGE}"
#: The class of the notice of a chapter of which nothing is translated.
WHOLLY = "wholly-untranslated"


def is_untranslated(tree: nodes.Node) -> bool:
    """Whether nothing of a chapter is translated."""
    kinds = (nodes.admonition, nodes.paragraph)
    return any(WHOLLY in node["classes"] for kind in kinds for node in tree.findall(kind))


def translation_notice(app: Sphinx) -> str | None:
    """Return what covers and footers say of an unreviewed translation, else None.

    The words are in the language of the build.
    """
    return _(_DRAFT) if _is_draft(app.config) else None


def _is_draft(config: Config) -> bool:
    language = config.language
    known = config.handbook_languages.get(language, {})
    return language != SOURCE_LANGUAGE and not known.get("reviewed_by")


class TranslationNotice(SphinxTransform):
    """Mark what is left in English, and say so at the document's top."""

    default_priority = 19  # before Sphinx's Locale, which puts translations in their place

    def apply(self, **kwargs: Any) -> None:
        """Compare the document's messages with its catalog."""
        if self.config.language == SOURCE_LANGUAGE or self.env._builder_cls.name == "gettext":
            return
        known = self.catalog()
        total = missing = 0
        for node, message in extract_messages(self.document):
            if not has_words(message) or _is_front_matter(node):
                continue
            total += 1
            if message in known:
                continue
            missing += 1
            if isinstance(node, nodes.TextElement):
                node["classes"].append(_ENGLISH)
        notices = []
        if total and missing == total:
            notices.append(_notice("untranslated", _UNTRANSLATED, WHOLLY))
        elif missing:
            notices.append(_notice("untranslated", _PARTIAL))
        if missing < total and _is_draft(self.config):
            # Print says it on its covers and in its footers.
            notices.append(_notice("draft", _DRAFT, "web-only"))
        self.put_under_title(notices)

    def catalog(self) -> dict[str, str]:
        """Return what is translated of this document."""
        domain = docname_to_domain(self.env.docname, self.config.gettext_compact)
        known: dict[str, str] = {}
        for folder in self.config.locale_dirs:
            path = Path(self.env.srcdir, folder, self.config.language, "LC_MESSAGES")
            known |= translations(path.resolve() / f"{domain}.po")
        return known

    def put_under_title(self, notices: list[nodes.admonition]) -> None:
        """Put the notices right under the document's title, where it has one."""
        title = next(iter(self.document.findall(nodes.title)), None)
        if title is None or not isinstance(title.parent, nodes.section):
            self.document[0:0] = notices
        else:
            at = title.parent.index(title) + 1
            title.parent[at:at] = notices


def _is_front_matter(node: nodes.Node) -> bool:
    at: nodes.Node | None = node
    while at is not None:
        if isinstance(at, (nodes.docinfo, nodes.field_list)):
            return isinstance(at.parent, nodes.document)
        at = at.parent
    return False


def _notice(name: str, message: str, *classes: str) -> nodes.admonition:
    """Return a box that says ``message`` in the language of the build and in English."""
    box = nodes.admonition(classes=["box", f"box-{name}", f"{name}-notice", *classes])
    box += _words(nodes.title, _(_TITLE))
    box += _words(nodes.paragraph, _(message))
    if _(message) != message:
        box += _words(nodes.paragraph, message, _ENGLISH)
    return box


def _words(kind: type[nodes.TextElement], words: str, *classes: str) -> nodes.TextElement:
    return kind("", words, classes=list(classes), translatable=False)
