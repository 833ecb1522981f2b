"""What stands before the text: the book's cover and contents, a handout's head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from reportlab.platypus import Flowable, PageBreak, Spacer

from handbook.marks import Call
from handbook.printing import theme
from handbook.printing.assemble import Document
from handbook.printing.flowables import LeaderLine, Row, Stack, WritingLines
from handbook.printing.handlers.figures import logo_picture
from handbook.printing.look import bar_and_edge, box, draw_sign, label
from handbook.printing.pages import PageKind
from handbook.printing.theme import BoxLook
from handbook.translation.interface import _


@dataclass(frozen=True)
class Copy:
    """What a copy says of itself on its face.

    :param marks: one line each: sample, reviewed or not, draft translation, edition, newer copy.
    :param check: the address where this copy can be looked up, None where the clinic has none.
    """

    book: str
    subtitle: str
    clinic: str
    department: str
    address: str
    logo: Any
    calls: Sequence[Call]
    nobody_answers: str
    marks: Sequence[str]
    check: str | None = None


def call_box(client: Any, copy: Copy) -> Flowable:
    """Whom to call, set large."""
    emergency = [call for call in copy.calls if call.emergency]
    others = [call for call in copy.calls if not call.emergency]
    content: list[Flowable] = []
    level = client.styles["level"]
    for call in emergency:
        line = client.words(f"<b>{label(call.label)}: {label(call.number)}</b>", level)
        content.append(
            Stack(
                [line], (0, 0, 0, level.fontSize * 1.6), mark=draw_sign("red", level), space_after=3
            )
        )
    for call in others:
        content.append(
            client.words(
                f"{label(call.label)}: <b>{label(call.number)}</b>", client.styles["tight"]
            )
        )
    content.append(
        client.words(
            label(f"{_('If nobody answers')}: {copy.nobody_answers}"), client.styles["cell"]
        )
    )
    return box(client, content, theme.BOXES["box-when-to-call"])


def cover(client: Any, copy: Copy) -> list[Flowable]:
    """The book's first page: title, clinic, marks, whom to call."""
    lead = client.theme.leading
    marks = [client.words(label(mark), client.styles["mark"]) for mark in copy.marks]
    band = Stack(
        [
            client.words(
                f'<font color="#ffffff">{label(copy.book)}</font>',
                client.styles["handbook-title"],
                role="H1",
            ),
            client.words(
                f'<font color="#ffffff">{label(copy.subtitle)}</font>', client.styles["bodytext"]
            ),
        ],
        (lead * 2.2, lead, lead * 1.4, lead),
        backdrop=bar_and_edge(BoxLook(theme.TEAL, theme.TEAL, bar=0)),
        space_after=lead,
    )
    story: list[Flowable] = [PageKind("cover"), band]
    if copy.logo is not None:
        story.append(logo_picture(copy.logo, client.room))
    story += [
        client.words(f"<b>{label(copy.clinic)}</b>", client.styles["section"]),
        *_lines(client, copy.department, copy.address),
        call_box(client, copy),
        Spacer(1, lead * 0.6),
        *marks,
        PageKind("body"),
        PageBreak(),
    ]
    return story


def _lines(client: Any, *texts: str) -> list[Flowable]:
    return [
        client.words(label(line), client.styles["tight"])
        for text in texts
        for line in text.splitlines()
        if line.strip()
    ]


def handout_head(client: Any, copy: Copy) -> list[Flowable]:
    """A handout's face: whose it is, its marks, whom to call."""
    left = Stack(
        [
            client.words(f"<b>{label(copy.clinic)}</b>", client.styles["tight"]),
            client.words(label(_("From: %s") % copy.book), client.styles["small"]),
        ]
    )
    right = Stack([client.words(label(mark), client.styles["small"]) for mark in copy.marks])
    return [
        Row([left, right], [0.5, 0.5], room=client.room, space_after=client.theme.leading * 0.3),
        call_box(client, copy),
        Spacer(1, client.theme.leading * 0.4),
    ]


def notes_page(client: Any) -> list[Flowable]:
    """A page to write on."""
    pitch = client.theme.leading * 1.6
    count = int((client.room - client.theme.leading * 4) / max(pitch, 24))
    return [
        client.words(label(_("My notes")), client.styles["section"], role="H1"),
        WritingLines(count, pitch, theme.RULE),
    ]


def contents(client: Any, documents: Sequence[Document], *, index: bool = True) -> list[Flowable]:
    """The list of contents: parts, chapters, sections, each with its page.

    :param index: whether there is an index to name.
    """
    title = _("What is in this book")
    heading = client.front_heading(title, "contents")
    story: list[Flowable] = [heading]
    whole = of_part = client.tags.leaf("TOC")
    part = ""
    for document in documents:
        if document.part != part:
            part = document.part
            with client.tags.at(whole), client.tags.within("TOC") as of_part:
                story.append(client.words(label(part), client.styles["part-title"], role="Caption"))
        for section in document.tree.findall(nodes.section):
            depth = _depth(section)
            if depth > 2 or not section["ids"] or _is_sources(section):
                continue
            with client.tags.at(of_part):
                story.append(_contents_line(client, section, depth))
    if not index:
        return [*story, PageBreak()]
    with client.tags.at(whole):
        last = client.styles["contents-chapter"]
        story.append(_leader_line(client, _("Index"), last, "index", 0.0))
    return [*story, PageBreak()]


def _contents_line(client: Any, section: nodes.section, depth: int) -> Flowable:
    style = client.styles["contents-chapter" if depth == 1 else "contents-section"]
    title = section[0].astext()
    number = section.get("number", "") if depth == 1 else ""
    text = f"{number}. {title}" if number else title
    indent = 0.0 if depth == 1 else client.theme.base * 1.4
    key = section["ids"][0]
    line = _leader_line(client, text, style, key, indent)
    line.keepWithNext = depth == 1
    return line


def _leader_line(client: Any, text: str, style: Any, key: str, indent: float) -> LeaderLine:
    with client.tags.within("TOCI"), client.tags.within("Reference"):
        link = client.tags.link(f"#{key}", client.told(text, key))
    words = client.words(label(text), style, element=link)
    return LeaderLine(words, client.page(key), link, indent, theme.RULE)


def _is_sources(section: nodes.section) -> bool:
    """The list of sources that ends each chapter: it would only lengthen the contents."""
    return any(
        isinstance(child, nodes.Element) and "sources" in child.get("classes", ())
        for child in section.children
    )


def _depth(section: nodes.section) -> int:
    depth = 0
    node: Any = section
    while isinstance(node, nodes.section):
        depth, node = depth + 1, node.parent
    return depth
