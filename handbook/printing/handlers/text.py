"""Inline nodes: words in, ReportLab's paragraph markup out."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx_design.shared import PassthroughTextElement

from handbook.printing.handlers.base import Handler, handles
from handbook.printing.markup import attribute, markup, unprintable
from handbook.printing.scripts.direction import is_rtl
from handbook.printing.scripts.punctuation import bracketed
from handbook.printing.tags import language
from handbook.translation.interface import _

#: Roles that must not break at a line's end.
TOGETHER = {"phone", "temperature", "amount"}
#: Roles whose words keep their direction in text from right to left (UAX #9: first strong isolate).
_ISOLATED = {*TOGETHER, "clinic"}
_FSI, _PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
#: Cross references whose page is not worth a "see page": the glossary and the sources.
_NO_PAGE = {"std-term"}


@handles(nodes.Text)
class Text(Handler):
    def get_text(self, client: Any, node: nodes.Text, replaceEnt: bool) -> str:
        return str(client.take_anchors()) + markup(str(node).replace("\n", " "), node)

    def gather_elements(self, client: Any, node: nodes.Text, style: Any) -> list[Any]:
        return [client.paragraph(node, style)] if node.strip() else []


@handles(nodes.strong, nodes.title_reference, addnodes.literal_strong)
class Strong(Handler):
    pre, post = "<b>", "</b>"


@handles(nodes.emphasis, addnodes.literal_emphasis)
class Emphasis(Handler):
    pre, post = "<i>", "</i>"


@handles(nodes.literal)
class Literal(Handler):
    """Code is rare in a handbook; it keeps the text font and stays in one piece."""

    pre, post = "<nobr>", "</nobr>"


@handles(nodes.superscript)
class Superscript(Handler):
    """Raised and small; in large print, numbers of sources stand full-size in brackets."""

    def get_pre_post(self, client: Any, node: nodes.Element, replaceEnt: bool) -> tuple[str, str]:
        if client.theme.size == "large" and "cite" in node.get("classes", ()):
            return "&nbsp;[", "]"
        size = client.theme.base * 0.62
        return f'<super rise="{client.theme.base * 0.36:.1f}" size="{size:.1f}">', "</super>"


@handles(nodes.subscript)
class Subscript(Handler):
    pre, post = "<sub>", "</sub>"


@handles(nodes.inline, nodes.generated, nodes.abbreviation, nodes.acronym, PassthroughTextElement)
class Inline(Handler):
    """Phone numbers and amounts stay together; badges are bold words."""

    def get_pre_post(self, client: Any, node: nodes.Element, replaceEnt: bool) -> tuple[str, str]:
        classes: set[str] = set(node.get("classes", ()))
        first, last = ("", "") if not classes & _ISOLATED else (_FSI, _PDI)
        if "phone" in classes:
            return f"<nobr><b>{first}", f"{last}</b></nobr>"
        if classes & TOGETHER:
            return f"<nobr>{first}", f"{last}</nobr>"
        if "sd-badge" in classes:
            return "<b>[", "]</b>"
        told = {"Lang": language(node), "E": node.get("explanation", "")}
        if any(told.values()):
            if told["Lang"] and is_rtl(client.theme.language):
                first, last = _FSI, _PDI
            mark = f"<a href={attribute(client.tags.inline('Span', **told))}>"
            return f"{mark}{first}", f"{last}</a>"
        return first, last

    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Any]:
        return [client.paragraph(node, style)] if node.astext().strip() else []


@handles(nodes.reference, addnodes.download_reference, nodes.footnote_reference)
class Reference(Handler):
    """A link; in print also its page ("see page 12") or, outside, its address or chapter."""

    def get_pre_post(self, client: Any, node: nodes.Element, replaceEnt: bool) -> tuple[str, str]:
        if "outside" in node:
            return "", self._outside(client, node)
        target = node.get("refid")
        if target:
            return self._inside(client, node, target)
        uri = node.get("refuri", "")
        text = node.astext()
        shown = uri.removeprefix("mailto:").removeprefix("tel:")
        plain = text.replace("\N{NO-BREAK SPACE}", " ")
        # A source's address is shown as short as can be (handbook/sources/entries.py).
        quiet = "source-address" in node.get("classes", ())
        spoken = uri.startswith("tel:") or plain in (uri, shown) or shown.endswith("//" + plain)
        after = "" if spoken or quiet else bracketed(markup(shown, node), client.theme.language)
        told = f"{text}{'' if spoken else f' ({shown})'}"
        return client.link(uri, told, client.link_color), f"</a>{after}"

    def _inside(self, client: Any, node: nodes.Element, target: str) -> tuple[str, str]:
        if client.first_pass:
            return "", client.page_suffix(target) if self._wants_page(node) else ""
        if target not in client.numbers:
            raise unprintable(
                node,
                f"“{node.astext()[:60]}” points at a place that is not printed ({target})",
                "Point the reference at a heading, figure or term.",
            )
        after = client.page_suffix(target) if self._wants_page(node) else ""
        quiet = bool(self._roles(node) & _NO_PAGE)
        color = "" if quiet else client.link_color
        told = node.astext()
        if isinstance(node.parent, nodes.superscript):
            told = _("Source {number}").format(number=told)
            mark = f"<a href={attribute(client.tags.inline('Reference'))}>"
            return mark + client.link(f"#{target}", told, color), f"</a></a>{after}"
        return client.link(f"#{target}", told, color), f"</a>{after}"

    def _outside(self, client: Any, node: nodes.Element) -> str:
        if not self._wants_page(node) or node.astext() == node["outside"]:
            return ""
        words = markup(_("in the handbook: %s") % node["outside"], node)
        return bracketed(words, client.theme.language)

    def _wants_page(self, node: nodes.Element) -> bool:
        parent = node.parent
        in_cite = isinstance(parent, nodes.superscript) or "sources" in parent.get("classes", ())
        return not in_cite and not self._roles(node) & _NO_PAGE

    @staticmethod
    def _roles(node: nodes.Element) -> set[str]:
        roles: set[str] = set()
        for inner in node.findall(nodes.Element):
            roles.update(inner.get("classes", ()))
        return roles

    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Any]:
        if len(node) == 1 and isinstance(node[0], nodes.image):
            return list(client.gen_elements(node[0], style))
        return [client.paragraph(node, style)]


@handles(nodes.target)
class Target(Handler):
    """An anchor; its own ids and those it forwards are taken up by the next words."""

    def get_text(self, client: Any, node: nodes.target, replaceEnt: bool) -> str:
        if "refid" in node:
            client.anchor([node["refid"]])
        return str(client.gather_pdftext(node))

    def get_pre_post(self, client: Any, node: nodes.target, replaceEnt: bool) -> tuple[str, str]:
        return "", ""

    def gather_elements(self, client: Any, node: nodes.target, style: Any) -> list[Any]:
        return []


@handles(addnodes.index, nodes.comment, nodes.substitution_definition, nodes.pending, nodes.meta,
         addnodes.highlightlang, addnodes.tabular_col_spec, nodes.docinfo, nodes.raw)  # fmt: skip
class Nothing(Handler):
    """Draws nothing; its ids are anchored by the dispatcher. Raw parts are sphinx-design's icons:
    chapters can write none (docutils.conf)."""

    def get_text(self, client: Any, node: nodes.Element, replaceEnt: bool) -> str:
        return ""

    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Any]:
        return []


@handles(nodes.problematic, nodes.system_message, nodes.math, nodes.math_block)
class Refused(Handler):
    """Parts that chapters may not use and that must not vanish silently."""

    def get_text(self, client: Any, node: nodes.Element, replaceEnt: bool) -> str:
        raise unprintable(node, f"“{node.astext()[:60]}” ({type(node).__name__}) cannot be printed")

    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Any]:
        raise unprintable(node, f"“{node.astext()[:60]}” ({type(node).__name__}) cannot be printed")
