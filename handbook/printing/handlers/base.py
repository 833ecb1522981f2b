"""The dispatcher on rst2pdf's: our handlers first, then rst2pdf's own, an error for none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from docutils import nodes
from reportlab.platypus import Flowable
from rst2pdf.basenodehandler import NodeHandler
from rst2pdf.sphinxnodes import SphinxHandler

from handbook.printing.markup import unprintable
from handbook.printing.tags import language

_OURS: dict[type[nodes.Node], Any] = {}
#: What groups of flowables are to a screen reader.
_ROLES: dict[type[Any], str] = {
    nodes.section: "Sect",
    nodes.Admonition: "Sect",
    nodes.sidebar: "Sect",
    nodes.topic: "Sect",
    nodes.block_quote: "BlockQuote",
    nodes.bullet_list: "L",
    nodes.enumerated_list: "L",
    nodes.definition_list: "L",
    nodes.definition_list_item: "LI",
    nodes.definition: "LBody",
    nodes.table: "Table",
    nodes.figure: "Div",
}


def handles(*targets: type[nodes.Node]) -> Callable[[type[Handler]], type[Handler]]:
    """Register a handler class for docutils node classes (and, through them, their subclasses)."""

    def register(cls: type[Handler]) -> type[Handler]:
        handler = cls()
        for target in targets:
            _OURS[target] = handler
        return cls

    return register


def _group(client: Any, node: nodes.Element) -> AbstractContextManager[Any]:
    """The structure element round what a node becomes, if it has one."""
    role = next((_ROLES[kind] for kind in type(node).__mro__ if kind in _ROLES), "")
    if not role:
        return nullcontext()
    numbers = "Decimal" if isinstance(node, nodes.enumerated_list) else ""
    group: AbstractContextManager[Any] = client.tags.within(
        role, Lang=language(node), ListNumbering=numbers
    )
    return group


class Handler(NodeHandler):  # type: ignore[misc]
    """A handler of ours: ``gather_elements`` gives flowables, ``get_text`` gives inline markup.

    rst2pdf calls the two with ``client``, the :class:`~handbook.printing.typesetter.Typesetter`.
    """

    def getelements(self, client: Any, node: nodes.Element, style: Any) -> list[Flowable]:
        # rst2pdf would look the node's classes up as style names; here classes carry meaning.
        return list(self.gather_elements(client, node, style or client.styles["bodytext"]))

    def apply_replacements(self, text: str, smarty: str, node: nodes.Node) -> str:
        return text


class Dispatcher(Handler):
    """Finds the handler of a node; anchors every id on the way."""

    def __init__(self) -> None:
        self.dispatchdict = {
            **NodeHandler.dispatchdict,
            **SphinxHandler.dispatchdict,
            **_OURS,
        }

    def findsubclass(self, node: nodes.Node, during: str) -> Any:
        """The handler of a node; rst2pdf's own search writes a log of five lines on each node."""
        for kind in type(node).__mro__:
            if kind in self.dispatchdict:
                return self.dispatchdict[kind]
        raise unprintable(node, f"print does not know what to do with “{type(node).__name__}”")

    def textdispatch(self, client: Any, node: nodes.Node, replaceEnt: bool = True) -> str:
        if isinstance(node, nodes.Element):
            client.anchor(node.get("ids", ()))
        handler = self.findsubclass(node, "textdispatch")
        pre, post = handler.get_pre_post(client, node, replaceEnt)
        text = handler.get_text(client, node, replaceEnt)
        return f"{pre}{text}{post}"

    def __call__(self, client: Any) -> tuple[Any, Any]:
        """The two dispatchers that rst2pdf's ``RstToPdf`` calls."""

        def text(node: nodes.Node, replaceEnt: bool = True) -> str:
            return self.textdispatch(client, node, replaceEnt)

        def elements(node: nodes.Node, style: Any = None) -> list[Flowable]:
            group: AbstractContextManager[Any] = nullcontext()
            if isinstance(node, nodes.Element):
                client.anchor(node.get("ids", ()))
                group = _group(client, node)
            with group:
                found = self.findsubclass(node, "elemdispatch").getelements(client, node, style)
            for flowable in found:
                if not hasattr(flowable, "origin"):
                    flowable.origin = node
            return list(found)

        return text, elements
