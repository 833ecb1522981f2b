"""Paragraphs: ReportLab's markup in; lines in any script, drawn as parts of an element, out.

ReportLab parses the markup. Breaking into lines, shaping, reordering, dividing over pages and
drawing are here and in ``scripts``, the same way for every language. In a style, ``leftIndent`` is
the indent at the side where lines start, ``rightIndent`` at the other; TA_RIGHT ends lines there.
``measure``, where a style has it, is the width that no line exceeds, however wide its place is.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from handbook.printing.scripts import direction
from handbook.printing.scripts.lines import (
    Line,
    Segment,
    Text,
    Type,
    fill,
    final_space,
    rest,
    segments,
)
from handbook.printing.scripts.writer import Writer, areas, placed
from handbook.printing.tags import Element

#: Stands for a figure space in markup, whose parser would take that for any other white space.
FIGURE_SPACE = "\ue007"
_SPACES = re.compile(r"[ \t\n\r]+")


@dataclass
class Shared:
    """A paragraph's words as they are cut, and its lines by the width that they fill (points)."""

    segments: list[Segment] | None = None
    runs_rtl: bool = False
    lines: dict[float, list[Line]] = field(default_factory=dict)


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph that draws as part of an element; so do its parts when it is divided.

    :ivar element: what it is to a screen reader; None: it is an artifact.
    :ivar beside: what a review copy has beside the paragraph.
    :ivar language: of its words (BCP 47), where it is not the book's.
    """

    element: Element | None = None
    language: str = ""
    beside: Any = None
    #: What copies of one paragraph share, so that it is cut and filled once for all passes.
    shared: Shared | None = None
    _segments: list[Segment] | None = None
    _laid: tuple[float, list[Line]] | None = None
    _goes_on = False
    _runs_rtl = False

    def __init__(self, text: str, style: Any) -> None:
        super().__init__(text, style, frags=_without_markup(text, style))

    def __copy__(self) -> TaggedParagraph:
        twin = type(self).__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin

    @property
    def rtl(self) -> bool:
        """Whether lines start at the right: the book's direction."""
        return bool(getattr(self.style, "rtl", False))

    @property
    def _tongue(self) -> str:
        return self.language or getattr(self.style, "tongue", "")

    @property
    def lines(self) -> list[Line]:
        """The lines, once it is wrapped."""
        assert self._laid is not None
        return self._laid[1]

    def _cut(self) -> list[Segment]:
        if self._segments is None and self.shared is not None and self.shared.segments is not None:
            self._segments, self._runs_rtl = self.shared.segments, self.shared.runs_rtl
        if self._segments is None:
            tongue = self._tongue
            source = _read(self.frags)
            self._runs_rtl = direction.runs_rtl(source.text, tongue)
            self._segments = segments(source, rtl=self._runs_rtl, language=tongue)
            final_space(self._segments)
            if self.shared is not None:
                self.shared.segments, self.shared.runs_rtl = self._segments, self._runs_rtl
        return self._segments

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        if self._laid is None or self._laid[0] != available_width:
            known = self.shared.lines if self.shared is not None else {}
            if available_width not in known:
                known[available_width] = self._filled(available_width)
            self._cut()
            self._laid = (available_width, known[available_width])
        self.height: float = len(self.lines) * self.style.leading
        return self.width, self.height

    def _end_indent(self) -> float:
        """What stays free of the width at the side where lines end."""
        style = self.style
        beyond = self.width - style.leftIndent - getattr(style, "measure", self.width)
        return float(max(style.rightIndent, beyond))

    def _filled(self, width: float) -> list[Line]:
        style = self.style
        room = width - style.leftIndent - self._end_indent()
        first = room - (0 if self._goes_on else style.firstLineIndent)
        divides = getattr(style, "hyphenate", False) and "Bold" not in style.fontName
        return fill(self._cut(), first, room, hyphenate=self._tongue if divides else "")

    def split(self, available_width: float, available_height: float) -> list[Paragraph]:
        """Divide after as many lines as fit; never leave one line alone where the style forbids."""
        self.wrap(available_width, available_height)
        style, lines = self.style, self.lines
        fits = int((available_height + 1e-6) / style.leading)
        if fits >= len(lines):
            return [self]
        if not style.allowWidows and len(lines) - fits == 1:
            fits -= 1
        if fits < (1 if style.allowOrphans else 2):
            return []
        first, second = copy(self), TaggedParagraph.__new__(TaggedParagraph)
        second.__dict__.update(self.__dict__)
        second.__dict__.pop("_postponed", None)  # ReportLab's note that it was moved to this page
        first.shared = second.shared = None
        first._laid = (available_width, lines[:fits])
        first._segments = [segment for line in lines[:fits] for segment in line.segments]
        second._segments = rest(self._cut(), lines[fits])
        second._laid, second._goes_on, second.beside = None, True, None
        first.height = fits * style.leading
        first.spaceAfter, second.spaceBefore = 0, 0
        return [first, second]

    def minWidth(self) -> float:
        """The width of the longest word."""
        return max((segment.width for segment in self._cut()), default=0.0)

    def start(self, line: int) -> float:
        """x of a line's left edge, in the paragraph's own coordinates."""
        style = self.style
        laid = self.lines[line]
        indent = style.leftIndent - laid.lead
        if line == 0 and not self._goes_on:
            indent += style.firstLineIndent
        end = self._end_indent()
        spare = self.width - indent - end - laid.width - laid.lead
        if style.alignment == TA_CENTER:
            return float((end if self.rtl else indent) + spare / 2)
        at_end = style.alignment == TA_RIGHT
        if self.rtl:
            return float(end + (0 if at_end else spare))
        return float(indent + (spare if at_end else 0))

    def draw(self) -> None:
        canvas, style = self.canv, self.style
        if canvas.rehearsal:
            for line in self.lines:
                for segment in line.segments:
                    for name in segment.anchors:
                        canvas.bookmarkPage(name)
            return
        if self.beside is not None:
            canvas.placed.append((canvas.absolutePosition(0, self.height)[1], self.beside))
        element = None if canvas.quiet else self.element
        writer = Writer(canvas, canvas.marker(element) if element else None)
        y = self.height - style.fontSize
        canvas.saveState()
        for number, line in enumerate(self.lines):
            found = placed(line, self.start(number), rtl=self._runs_rtl)
            for segment in line.segments:
                for name in segment.anchors:
                    canvas.bookmarkHorizontal(name, 0, y + style.leading)
            writer.show(found, y)
            low, high = y - style.fontSize * 0.25, y + style.fontSize * 0.95
            for (_number, address), stretches in areas(found).items():
                for first, last in stretches:
                    canvas.linkURL(address, (first, low, last, high), relative=1)
            y -= style.leading
        canvas.drawText(writer)
        canvas.restoreState()


def _without_markup(text: str, style: Any) -> list[Any] | None:
    """The one fragment of words without markup, as ReportLab's slow parser would give it."""
    words = text.strip()
    if not words or "<" in words or "&" in words:
        return None
    return [
        ParaFrag(
            text=words,
            fontName=style.fontName,
            fontSize=style.fontSize,
            textColor=style.textColor,
            rise=0,
        )
    ]


def _read(frags: list[Any]) -> Text:
    """ReportLab's fragments as one text with its stretches."""
    found = Text()
    parts: list[str] = []
    size = 0
    ends_blank = True  # white space collapses, at the start as well
    opened: int | None = None
    for frag in frags:
        if getattr(frag, "nobr", False) and not hasattr(frag, "cbDefn"):
            opened = size if opened is None else opened
        elif opened is not None and not hasattr(frag, "cbDefn"):
            found.together.append((opened, size))
            opened = None
        if hasattr(frag, "cbDefn"):
            if frag.cbDefn.kind != "anchor":
                raise ValueError(f"<{frag.cbDefn.kind}> is no part of the handbook's markup")
            found.anchors.append((size, frag.cbDefn.name))
            continue
        if getattr(frag, "lineBreak", False):
            found.forced.append(size)
            ends_blank = True
            continue
        text = _SPACES.sub(" ", frag.text).replace(FIGURE_SPACE, "\N{FIGURE SPACE}")
        if ends_blank and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        ends_blank = text.endswith(" ")
        links = tuple((number, href) for number, href in getattr(frag, "link", None) or ())
        if frag.rise:  # a raised number never begins a line
            found.together.append((size - 1, size + 1))
        type_ = Type(frag.fontName, frag.fontSize, frag.textColor, frag.rise or 0.0, links)
        found.stretches.append((size, size + len(text), type_.same()))
        parts.append(text)
        size += len(text)
    if opened is not None:
        found.together.append((opened, size))
    found.text = "".join(parts)
    return found


__all__ = ["TaggedParagraph"]
