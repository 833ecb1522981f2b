"""Block nodes: sections, paragraphs, boxes and what groups them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from reportlab.platypus import Flowable, HRFlowable
from sphinx import addnodes

from handbook.printing import theme
from handbook.printing.flowables import Stack, WritingLines
from handbook.printing.handlers.base import Handler, handles
from handbook.printing.handlers.design import design_component
from handbook.printing.look import box, label, opening_rule, unboxed
from handbook.translation.interface import _

#: A paragraph of at most so many characters (about three lines) can lead into a list.
_LEAD_IN = 200
_LED_INTO = (nodes.bullet_list, nodes.enumerated_list, nodes.table, nodes.note,
             nodes.important, nodes.tip, nodes.warning)  # fmt: skip
#: Boxes at a chapter's end, whose order does not matter.
_AT_THE_END = {"box-what-you-can-do", "box-when-to-call", "box-questions", "box-words"}
_TITLES = {1: "chapter-title", 2: "section", 3: "subsection"}


@handles(nodes.document, nodes.compound, nodes.decoration, addnodes.glossary, addnodes.only,
         addnodes.start_of_file, addnodes.compact_paragraph, nodes.legend)  # fmt: skip
class Group(Handler):
    """Stands for its children."""

    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        return list(client.gather_elements(node, style))


@handles(nodes.definition_list)
class Definitions(Handler):
    """Terms with their meanings, and the space of a paragraph after the last."""

    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        content = list(client.gather_elements(node, style))
        if content:
            content[-1].spaceAfter = client.theme.leading * 0.5
        return content


@handles(nodes.section)
class Section(Handler):
    def gather_elements(self, client: Any, node: nodes.section, style: Any) -> list[Flowable]:
        client.depth += 1
        try:
            return list(client.gather_elements(node, client.styles["bodytext"]))
        finally:
            client.depth -= 1


@handles(nodes.title, nodes.subtitle)
class Title(Handler):
    """A section's heading, or the first line of a box or table."""

    def gather_elements(self, client: Any, node: nodes.title, style: Any) -> list[Flowable]:
        parent = node.parent
        if isinstance(parent, nodes.table):
            number = parent.get("number")
            before = f"<b>{number}.</b> " if number else ""
            caption = client.paragraph(
                node, client.styles["table-title"], before=before, role="Caption"
            )
            caption.element.settle()  # before the rows, which have their places at once
            return [caption]
        if not isinstance(parent, nodes.section):
            role = f"H{min(client.depth + 1, 6)}"
            return [client.paragraph(node, client.styles["box-title"], role=role)]
        name = _TITLES.get(client.depth, "minor")
        heading = client.heading(node, client.styles[name], client.depth, parent.get("number", ""))
        if client.depth != 1 or client.theme.size == "card":
            return [heading]
        opening: list[Flowable] = [heading]
        if parent.get("number"):
            above = client.words(
                label(_("Chapter %s") % parent["number"]),
                client.styles["chapter-number"],
                element=heading.element,
            )
            opening.insert(0, above)
        return [
            Stack(
                opening,
                (client.theme.step, 0, 0, 0),
                space_after=heading.style.spaceAfter,
                backdrop=opening_rule(client.theme.accent, 4),
                keep_with_next=True,
            )
        ]


@handles(nodes.rubric)
class Rubric(Handler):
    def gather_elements(self, client: Any, node: nodes.rubric, style: Any) -> list[Flowable]:
        return [client.paragraph(node, client.styles["minor"])]


@handles(nodes.paragraph, addnodes.centered)
class Paragraph(Handler):
    def gather_elements(self, client: Any, node: nodes.paragraph, style: Any) -> list[Flowable]:
        if len(node) == 1 and isinstance(node[0], nodes.image):
            return list(client.gen_elements(node[0], style))
        classes: list[str] = node.get("classes", [])
        if "small-print" in classes:
            style = client.styles["small"]
        if "table-title" in classes:
            style = client.styles["table-title"]
        paragraph = client.paragraph(node, style)
        paragraph.keepWithNext = "table-title" in classes or _leads_in(node)
        return [paragraph]


def _leads_in(node: nodes.Element) -> bool:
    """Whether a short paragraph leads into what follows, such as a list, and must stay with it."""
    if len(node.astext()) > _LEAD_IN:
        return False
    after: nodes.Node | None = node.next_node(descend=False, siblings=True)
    while isinstance(after, (nodes.target, addnodes.index)):
        after = after.next_node(descend=False, siblings=True)
    if node.astext().rstrip().endswith(":"):
        return after is not None
    return isinstance(after, _LED_INTO)


@handles(nodes.line_block)
class LineBlock(Handler):
    """Lines of text, or (``writing-lines``) rules to write on."""

    def gather_elements(self, client: Any, node: nodes.line_block, style: Any) -> list[Flowable]:
        if "writing-lines" in node["classes"]:
            return [WritingLines(len(node), client.theme.leading * 1.25, theme.RULE)]
        tight = client.styles["tight"]
        return [flowable for line in node for flowable in client.gen_elements(line, tight)]


@handles(nodes.line)
class Line(Handler):
    def gather_elements(self, client: Any, node: nodes.line, style: Any) -> list[Flowable]:
        return [client.paragraph(node, style)] if node.astext().strip() else []


@handles(nodes.block_quote)
class BlockQuote(Handler):
    def gather_elements(self, client: Any, node: nodes.block_quote, style: Any) -> list[Flowable]:
        indent = client.theme.base * 1.4
        return [Stack(client.gather_elements(node, style), (0, 0, 0, indent), space_after=6)]


@handles(nodes.attribution)
class Attribution(Handler):
    def gather_elements(self, client: Any, node: nodes.attribution, style: Any) -> list[Flowable]:
        return [client.paragraph(node, client.styles["small"], before="– ")]


@handles(nodes.literal_block, nodes.doctest_block)
class LiteralBlock(Handler):
    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        lines = node.astext().split("\n")
        small = client.styles["small"]
        return [Stack([client.words(label(line) or "&nbsp;", small) for line in lines])]


@handles(nodes.transition)
class Transition(Handler):
    def gather_elements(self, client: Any, node: nodes.transition, style: Any) -> list[Flowable]:
        space = client.theme.leading
        return [HRFlowable("40%", 0.6, color=theme.RULE, spaceBefore=space, spaceAfter=space)]


@handles(nodes.admonition, nodes.sidebar, nodes.topic, addnodes.versionmodified,
         addnodes.seealso, nodes.attention, nodes.caution, nodes.danger, nodes.error, nodes.hint,
         nodes.important, nodes.note, nodes.tip, nodes.warning)  # fmt: skip
class Admonition(Handler):
    """A box. The plain admonitions of docutils have no title of their own and get its word."""

    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        content = list(client.gather_elements(node, client.styles["bodytext"]))
        if not isinstance(node[0] if len(node) else None, nodes.title):
            content.insert(0, client.words(label(_title_word(node)), client.styles["box-title"]))
        classes: list[str] = node.get("classes", [])
        look = next((theme.BOXES[name] for name in classes if name in theme.BOXES), None)
        if isinstance(node, (nodes.warning, nodes.danger, nodes.attention, nodes.caution)):
            look = theme.BOXES["warning"]
        look = look or theme.BOXES["plain"]
        found = (unboxed if "box-words" in classes else box)(client, content, look)
        found.movable = not _AT_THE_END.isdisjoint(classes)
        return [found]


def _title_word(node: nodes.Element) -> str:
    if isinstance(node, (nodes.warning, nodes.danger, nodes.attention, nodes.caution, nodes.error)):
        return _("Warning")
    if isinstance(node, (nodes.tip, nodes.hint)):
        return _("Tip")
    if isinstance(node, nodes.important):
        return _("Important")
    if isinstance(node, addnodes.seealso):
        return _("See also")
    return _("Note")


@handles(nodes.container)
class Container(Handler):
    """A plain container stands for its children; sphinx-design's are told by their component."""

    def gather_elements(self, client: Any, node: nodes.container, style: Any) -> list[Flowable]:
        return design_component(client, node, style)
