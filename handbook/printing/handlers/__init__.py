"""Handlers: docutils nodes in, flowables and paragraph markup out, one module a kind of node."""

from handbook.printing.handlers import blocks, design, figures, lists, tables, text
from handbook.printing.handlers.base import Dispatcher

__all__ = ["Dispatcher", "blocks", "design", "figures", "lists", "tables", "text"]
