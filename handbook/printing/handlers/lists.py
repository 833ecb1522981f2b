"""Lists: bullets, numbers, boxes to tick, action rows, sources, terms."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from reportlab.platypus import Flowable
from sphinx import addnodes

from handbook.directives.actions import level_word
from handbook.printing import theme
from handbook.printing.columns import Columns
from handbook.printing.flowables import Row, Stack
from handbook.printing.handlers.base import Handler, handles
from handbook.printing.look import bar_and_edge, bullet, draw_sign, number, tick_box
from handbook.printing.scripts.punctuation import bracketed
from handbook.printing.tags import Element, language

#: A list of signs in short is set in two columns from so many items on.
_TWO_COLUMNS = 4
#: A definition of at most this share of the text area is never divided.
_WHOLE = 0.25
#: Entries of a list in columns have at most so many characters: they are never divided.
_SHORT = 600
#: Boxes whose lists stand in columns, where the pages have any.
_BOXES_IN_COLUMNS = {"box-what-you-can-do", "box-questions", "box-words"}


@handles(nodes.bullet_list, nodes.enumerated_list)
class List(Handler):
    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        classes = node.get("classes", ())
        small = "sources" in classes
        style = client.styles["source" if small else "tight"]
        items: list[Flowable] = []
        children: list[Any] = list(node.children)
        for place, child in enumerate(children):
            client.anchor(child.get("ids", ()))
            if "action" in child.get("classes", ()):
                with client.tags.within("LI"):
                    items.append(action_row(client, child))
                continue
            with client.tags.within("LI", Lang=language(child)):
                label = _label(client, node, child)
                with client.tags.within("LBody"):
                    content = list(client.gather_elements(child, style))
            if not content:
                continue
            item = self._item(client, node, child, place, content, style)
            item.label = label
            items.append(item)
        if items:
            items[-1].spaceAfter = client.theme.leading * 0.5
        for item, child in zip(items, children, strict=False):
            item.origin = child
        if (
            "actions-brief" in classes
            and client.theme.size != "large"
            and len(items) >= _TWO_COLUMNS
        ):
            return _two_columns(client, items)
        if _in_columns(client, node):
            for item in items:
                item.keepWithNext = False
            return [Columns.of(items, client.theme)]
        return items

    @staticmethod
    def _item(
        client: Any,
        node: nodes.Element,
        child: nodes.Element,
        place: int,
        content: list[Flowable],
        style: Any,
    ) -> Stack:
        size = style.fontSize
        indent = size * 1.35
        mark = bullet(style)
        if "checklist" in node.get("classes", ()):
            mark, indent = tick_box(style), size * 1.75
        elif "actions-brief" in node.get("classes", ()):
            color = next(
                (c.removeprefix("action-") for c in child["classes"] if c[7:] in theme.LEVELS), ""
            )
            mark, indent = draw_sign(color, style), size * 1.75
        elif isinstance(node, nodes.enumerated_list):
            start = int(node.get("start", 1))
            text = client.bullet_for_node(child)[0] if node.get("enumtype") else f"{start + place}."
            widest = f"{start + len(node) - 1}."
            indent = max(indent, size * 0.6 * len(widest) + size * 0.5)
            mark = number(text, style)
        return Stack(
            content,
            (0, 0, 0, indent),
            room=client.room if "sources" in node.get("classes", ()) else 0,
            mark=mark,
            space_after=style.leading * 0.18,
            # No item is left alone at a page's foot or head.
            keep_with_next=len(node) > 1 and place in (0, len(node) - 2),
        )


def _label(client: Any, node: nodes.Element, child: nodes.Element) -> Element | None:
    """What an item's mark is to a screen reader; None for a mere bullet."""
    classes = node.get("classes", ())
    if "checklist" in classes:
        return cast(Element, client.tags.leaf("Lbl", ActualText="\N{BALLOT BOX}"))
    if "actions-brief" in classes:
        levels = [name[7:] for name in child["classes"] if name[7:] in theme.LEVELS]
        words = " ".join(map(level_word, levels))
        return cast(Element, client.tags.leaf("Lbl", Alt=words))
    return client.tags.leaf("Lbl") if isinstance(node, nodes.enumerated_list) else None


def _two_columns(client: Any, items: list[Flowable]) -> list[Flowable]:
    """Items in pairs side by side: a long list goes on over the page between two pairs."""
    rows: list[Flowable] = []
    for left in range(0, len(items), 2):
        pair = [Stack([item]) for item in items[left : left + 2]]
        pair += [Stack([])] * (2 - len(pair))
        rows.append(Row(pair, [1, 1], room=client.room, space_after=client.theme.leading * 0.15))
    rows[-1].spaceAfter = client.theme.leading * 0.4
    return rows


def action_row(client: Any, node: nodes.Element) -> Row:
    """An action row: at the left its sign, word and symptom; at the right what to do."""
    color = next(c[7:] for c in node["classes"] if c[7:] in theme.LEVELS)
    look = theme.LEVELS[color]
    first: list[Flowable] = []
    rest: list[Flowable] = []
    body = client.tags.leaf("LBody")
    children: list[Any] = list(node.children)
    for child in children:
        classes = child.get("classes", ())
        if "action-level" in classes:
            client.anchor(child["ids"])
            level = client.paragraph(child, client.styles["level"], role="Lbl")
            indent = client.theme.base * 1.55
            first.append(
                Stack([level], (0, 0, 0, indent), mark=draw_sign(color, client.styles["level"]))
            )
            continue
        with client.tags.at(body):
            if "action-symptom" in classes:
                client.anchor(child["ids"])  # those of index entries in the row
                first.append(client.paragraph(child, client.styles["symptom"]))
            else:
                rest += client.gen_elements(child, client.styles["tight"])
    pad = client.theme.base * 0.5
    wide = client.theme.size in ("large", "booklet")  # two columns would be too narrow
    cells = [Stack(first + rest)] if wide else [Stack(first), Stack(rest)]
    return Row(
        cells,
        [1] if wide else [0.47, 0.53],
        gap=pad * 1.6,
        room=client.room,
        padding=(pad, pad * 1.4, pad * 0.7, pad * 1.4 + look.bar),
        backdrop=bar_and_edge(look),
        space_before=3,
        space_after=client.theme.leading * 0.3,
    )


def _in_columns(client: Any, node: nodes.Element) -> bool:
    """Whether a list of short entries stands in columns: sources, words, lists in some boxes."""
    listed = "sources" in node.get("classes", ()) or isinstance(node.parent, addnodes.glossary)
    boxes = _BOXES_IN_COLUMNS.intersection(node.parent.get("classes", ()))
    short = all(len(child.astext()) <= _SHORT for child in node.children)
    return client.theme.columns > 1 and bool(listed or boxes) and short


@handles(nodes.list_item)
class Item(Handler):
    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        return list(client.gather_elements(node, style))


@handles(nodes.definition_list)
class Definitions(Handler):
    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        found = list(client.gather_elements(node, style))
        return [Columns.of(found, client.theme)] if _in_columns(client, node) else found


@handles(nodes.definition_list_item)
class DefinitionItem(Handler):
    """A term and what it means; large print keeps the two on one page."""

    def gather_elements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        content = list(client.gather_elements(node, style))
        if client.theme.size != "large" or not content:
            return content
        space = content[-1].getSpaceAfter()
        return [Stack(content, room=client.room, space_after=space)]


@handles(nodes.term)
class Term(Handler):
    def gather_elements(self, client: Any, node: nodes.term, style: Any) -> list[Flowable]:
        return [client.paragraph(node, client.styles["term"], role="Lbl")]


@handles(nodes.definition)
class Definition(Handler):
    def gather_elements(self, client: Any, node: nodes.definition, style: Any) -> list[Flowable]:
        content = client.gather_elements(node, client.styles["tight"])
        indent = client.theme.base * 1.0
        space = client.theme.leading * 0.25
        whole = client.room * _WHOLE
        stack = Stack(content, (0, 0, 0, indent), room=whole, space_after=space)
        return [stack] if content else []


@handles(nodes.classifier)
class Classifier(Handler):
    def get_text(self, client: Any, node: nodes.classifier, replaceEnt: bool) -> str:
        return bracketed(client.gather_pdftext(node), client.theme.language)
