"""The client that rst2pdf's handlers call: styles, anchors, page numbers, paragraphs."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import yaml
from docutils import nodes
from reportlab.platypus import Flowable
from rst2pdf.createpdf import RstToPdf
from rst2pdf.styles import StyleSheet

from handbook.printing import compat, fonts, theme
from handbook.printing.handlers import Dispatcher
from handbook.printing.markup import attribute, markup, unprintable
from handbook.printing.paragraph import FIGURE_SPACE, Shared, TaggedParagraph
from handbook.printing.scripts.punctuation import bracketed
from handbook.printing.stylesheet import in_color, stylesheet
from handbook.printing.tags import Element, Structure, language, tongue_of
from handbook.printing.theme import Theme
from handbook.translation.interface import _


class Heading(TaggedParagraph):
    """A heading: in the outline of the PDF, and, where a chapter opens, in the running head.

    :ivar key: its anchor.
    :ivar title: as the outline shows it.
    :ivar level: in the outline, from 0.
    :ivar opens: whether it opens a chapter.
    """

    key: str
    title: str
    level: int
    opens: bool

    def draw(self) -> None:
        canvas = self.canv
        canvas.bookmarkHorizontal(self.key, 0, self.height)
        canvas.addOutlineEntry(self.title, self.key, level=self.level, closed=True)
        if self.opens:
            canvas.chapter, canvas.opener = self.title, canvas.getPageNumber()
        super().draw()


_Kind = TypeVar("_Kind", bound=TaggedParagraph)


class Anchor(Flowable):
    """Takes no room; marks a place."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self.key, 0, 0)


class _Styles(StyleSheet):  # type: ignore[misc]
    """A stylesheet on rst2pdf's own, whose 750 lines libyaml reads in no time, PyYAML slowly."""

    def readStyle(self, ssname: Any) -> Any:
        if callable(ssname):
            return ssname()
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return yaml.load(Path(ssname).read_text("utf-8"), loader)


@functools.cache
def _stylesheet(look: Theme) -> Any:
    if look.part:
        return in_color(_stylesheet(replace(look, part=0)), look.accent)
    return _Styles([stylesheet(look)], font_path=[str(fonts.FOLDER)])


class Typesetter(RstToPdf):  # type: ignore[misc]
    """Makes flowables of doctrees, for one pass over one output.

    :param numbers: the page of each anchor as the pass before found them; empty in the first.
    :param room: height of the text area, in points.
    :param source: folder that picture addresses start from.
    """

    def __init__(self, look: Theme, numbers: Mapping[str, int], room: float, source: Path) -> None:
        compat.apply()
        self.theme = look
        self.numbers = numbers
        self.first_pass = not numbers
        #: Paragraphs by markup, style and language; the passes over one output share it.
        self.known: dict[tuple[type[TaggedParagraph], str, int, str], TaggedParagraph] = {}
        self.frozen = False  # page numbers in the text take up the same room, whatever they are
        self.room = room
        self.source = source
        super().__init__(basedir=str(source), sphinx=True)
        self.gen_pdftext, self.gen_elements = Dispatcher()(self)
        self._waiting: list[str] = []
        self._placed: set[str] = set()
        self._outline = -1
        self._outline_from = 0
        self.tags = Structure()

    def loadStyles(self, styleSheets: Any = None) -> None:
        """Take the theme's stylesheet, read once for each look."""
        self.styles = _stylesheet(self.theme)

    @property
    def link_color(self) -> str:
        return "#" + str(theme.TEAL.hexval()[2:])

    def dressed(self, look: Theme, outline: int = 0) -> Typesetter:
        """A typesetter of another look that shares this one's anchors and page numbers.

        :param outline: how much deeper its headings stand in the PDF's outline.
        """
        other = Typesetter(look, self.numbers, self.room, self.source)
        other.first_pass, other.frozen = self.first_pass, self.frozen
        other.known = self.known
        other._waiting, other._placed = self._waiting, self._placed
        other._outline = self._outline
        other._outline_from = self._outline_from + outline
        other.tags = self.tags
        return other

    # ---- anchors and page numbers ---------------------------------------------------------------

    def anchor(self, keys: Iterable[str]) -> None:
        """Have the next words that are set carry these anchors."""
        for key in keys:
            if key not in self._placed:
                self._placed.add(key)
                self._waiting.append(key)

    def take_anchors(self) -> str:
        """The waiting anchors as paragraph markup."""
        marks = "".join(f"<a name={attribute(key)}/>" for key in self._waiting)
        self._waiting.clear()
        return marks

    def left_over(self) -> list[Flowable]:
        """Anchors that no words came for."""
        flowables: list[Flowable] = [Anchor(key) for key in self._waiting]
        self._waiting.clear()
        return flowables

    def page(self, key: str) -> str:
        """The page of an anchor; a wide stand-in while it is not known."""
        return str(self.numbers[key]) if key in self.numbers else "88"

    def number(self, key: str) -> str:
        """The markup of an anchor's page, equally wide in all passes once numbers are frozen."""
        number = self.page(key)
        if self.frozen:
            # The digits of Noto Sans are equally wide, and its figure space is as wide as they.
            return f'<font name="NotoSans-Regular">{number:{FIGURE_SPACE}>4}</font>'
        return number

    def page_suffix(self, key: str) -> str:
        """What print adds to a cross reference."""
        told = _("see page %s").replace(" %s", "\N{NO-BREAK SPACE}%s")
        before, after = bracketed(told, self.theme.language).split("%s")
        plain = nodes.paragraph()
        # The number stays with the word before it ("page 12").
        first, space, word = before.rstrip().rpartition(" ")
        word += before[len(before.rstrip()) :]
        number = f"{markup(word, plain)}{self.number(key)}{markup(after, plain)}"
        return f"{markup(first + space, plain)}<nobr>{number}</nobr>"

    # ---- making flowables -----------------------------------------------------------------------

    def words(
        self, text: str, style: Any, role: str = "P", element: Element | None = None
    ) -> TaggedParagraph:
        """A paragraph of ready markup.

        :param role: what it is to a screen reader, where it is no part of a given ``element``.
        """
        paragraph = self._made(TaggedParagraph, self.take_anchors() + text, style)
        paragraph.element = element or self.tags.leaf(role)
        return paragraph

    def paragraph(
        self, node: nodes.Node, style: Any, before: str = "", role: str = "P"
    ) -> TaggedParagraph:
        """A paragraph of a node's inline content.

        :param before: markup set in front ("<b>Figure 2.1.</b> ").
        :param role: what it is to a screen reader.
        """
        tongue = language(node) if isinstance(node, nodes.Element) else ""
        element = self.tags.leaf(role, Lang=tongue)
        text = (
            self.gather_pdftext(node) if isinstance(node, nodes.Element) else self.gen_pdftext(node)
        )
        try:
            paragraph = self._made(
                TaggedParagraph, self.take_anchors() + before + text, style, tongue_of(node)
            )
        except ValueError as error:
            raise unprintable(node, f"this paragraph cannot be set ({error})") from error
        paragraph.element = element
        if isinstance(node, nodes.Element):
            paragraph.beside = node.get("beside")
        return paragraph

    def _made(self, kind: type[_Kind], text: str, style: Any, tongue: str = "") -> _Kind:
        """A paragraph; what an earlier pass has made of the same words is used again."""
        key = (kind, text, id(style), tongue)
        known = self.known.get(key)
        if not isinstance(known, kind):
            known = self.known[key] = kind(text, style)
            known.language, known.shared = tongue, Shared()
        return copy(known)

    def heading(self, node: nodes.title, style: Any, depth: int, number: str) -> Heading:
        """A section's heading; deeper outline levels never skip one."""
        level = min(self._outline_from + depth - 1, self._outline + 1)
        self._outline = level
        title = node.astext()
        text = self.gather_pdftext(node)
        key = node.parent["ids"][0] if node.parent.get("ids") else f"heading-{id(node)}"
        self._placed.add(key)
        marks = "".join(f"<a name={attribute(k)}/>" for k in self._waiting if k != key)
        self._waiting.clear()
        shown = f"{number}. {title}" if number and depth == 1 else title
        heading = self._made(Heading, marks + text, style, tongue_of(node))
        heading.key, heading.title, heading.level = key, shown, level
        heading.opens = depth == 1
        heading.element = self.tags.leaf(f"H{min(depth, 6)}", Lang=language(node))
        return heading

    def front_heading(
        self, title: str, key: str, style: str = "chapter-title", shown: str = ""
    ) -> Heading:
        """The heading of a page that is no chapter (contents, a part's opening, index).

        :param shown: what the outline says, if not the title.
        """
        self._outline = 0
        text = markup(title, nodes.paragraph())
        heading = self._made(Heading, text, self.styles[style])
        heading.key, heading.title, heading.level = key, shown or title, 0
        heading.opens = True
        heading.element = self.tags.leaf("H1")
        return heading

    def told(self, text: str, key: str) -> str:
        """What a screen reader says of a link to an anchor."""
        return f"{text} ({_('see page %s') % self.page(key)})"

    def link(self, goal: str, contents: str, color: str = "") -> str:
        """The markup that begins a link; ``</a>`` ends it.

        :param goal: "#anchor" or an address.
        :param contents: what a screen reader says of it; for an anchor, its page is added.
        """
        if goal.startswith("#"):
            contents = self.told(contents, goal[1:])
        href = self.tags.inline("Link", goal, contents)
        return f"<a href={attribute(href)}{f' color={color!r}' if color else ''}>"

    def picture_path(self, node: nodes.image) -> Path:
        """The file of a picture.

        :raises HandbookError: there is none.
        """
        uri = node.get("uri", "")
        path = Path(uri)
        if not path.is_absolute():
            path = self.source / uri
        if not path.is_file():
            raise unprintable(
                node, f"the picture {uri} is not there", "Put the file there, or mend its name."
            )
        return path
