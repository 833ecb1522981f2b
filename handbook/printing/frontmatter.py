"""What stands before the text: the book's cover and title page, a handout's head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Spacer

from handbook.marks import Call
from handbook.printing import theme
from handbook.printing.flowables import Row, Stack, WritingLines
from handbook.printing.handlers.figures import logo_picture
from handbook.printing.look import box, draw_sign, isolated, label
from handbook.printing.pages import PageKind
from handbook.printing.qr import check_beside
from handbook.printing.scripts.punctuation import labelled
from handbook.translation.interface import _

#: Height of the strip of the parts' colors under the cover's band, in points.
_STRIP = 12.0


@dataclass(frozen=True)
class Copy:
    """What a copy says of itself on its face.

    :param marks: one line each: sample, reviewed or not, draft translation.
    :param issue: one line each: edition and language, when to look for a newer copy.
    :param languages: one line: the languages in which the handbook is to be had.
    :param rights: who made the text, and under which licence.
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
    issue: Sequence[str]
    languages: str = ""
    rights: str = ""
    check: str | None = None


def call_box(client: Any, copy: Copy) -> Flowable:
    """Whom to call, set large."""
    content: list[Flowable] = [client.words(label(_("Whom to call")), client.styles["box-title"])]
    level, language = client.styles["level"], client.theme.language
    lines: list[Flowable] = []
    for call in copy.calls:
        line = client.words(
            f"{label(labelled(call.label, language))}<b>{label(call.number)}</b>",
            level if call.emergency else client.styles["tight"],
        )
        if call.emergency:
            sign = draw_sign("red", level)
            line = Stack([line], (0, 0, 0, level.fontSize * 1.6), mark=sign, space_after=3)
        lines.append(line)
    if client.theme.columns > 1:
        cells = [Stack([line]) for line in lines]
        lines = [Row(cells, [1] * len(cells), space_after=client.theme.step * 0.5)]
    content += lines
    content.append(
        client.words(
            label(labelled(_("If nobody answers"), language) + isolated(copy.nobody_answers)),
            client.styles["cell"],
        )
    )
    return box(client, content, theme.BOXES["box-when-to-call"])


def cover(client: Any, copy: Copy) -> list[Flowable]:
    """The book's first page: title, clinic, whom to call, what the copy says of itself."""
    lead = _front_lead(client)
    side = client.theme.leading * 0.8
    band = Stack(
        [
            client.words(_white(copy.book), client.styles["handbook-title"], role="H1"),
            client.words(_white(copy.subtitle), client.styles["lead"]),
        ],
        (max(lead * 2.5, side), side, _STRIP + max(lead * 1.2, side * 0.5), side),
        backdrop=_cover_band,
        space_after=lead * 1.5,
    )
    story: list[Flowable] = [PageKind("cover"), band]
    if copy.logo is not None:
        story.append(logo_picture(copy.logo, client.room))
    return [
        *story,
        client.words(label(copy.clinic), client.styles["section"]),
        *_lines(client, copy.department, copy.address),
        Spacer(1, lead * 0.5),
        call_box(client, copy),
        Spacer(1, lead * 0.5),
        *_marks(client, copy),
    ]


def _white(text: str) -> str:
    return f'<font color="#ffffff">{label(text)}</font>'


def _marks(client: Any, copy: Copy) -> list[Flowable]:
    return [client.words(label(mark), client.styles["mark"]) for mark in (*copy.marks, *copy.issue)]


def _cover_band(canvas: Canvas, width: float, height: float) -> None:
    """A block behind the title, and under it the colors of the parts, as the thumb marks show."""
    canvas.setFillColor(theme.TEAL)
    canvas.rect(0, _STRIP, width, height - _STRIP, stroke=0, fill=1)
    share = width / len(theme.PART_COLORS)
    for place, color in enumerate(theme.PART_COLORS):
        canvas.setFillColor(color)
        canvas.rect(place * share, 0, share - 3, 9, stroke=0, fill=1)


def _front_lead(client: Any) -> float:
    """The measure of white space on the first two pages, less where little fits a page."""
    share = {"large": 0.15, "booklet": 0.5}.get(client.theme.size, 1.0)
    return float(client.theme.leading) * share


def title_page(client: Any, copy: Copy) -> list[Flowable]:
    """The back of the cover: title, clinic, edition, review and draft marks, languages, rights."""
    lead = _front_lead(client)
    return [
        PageKind("plain"),
        PageBreak(),
        Spacer(1, lead * 3),
        client.words(label(copy.book), client.styles["chapter-title"]),
        client.words(label(copy.subtitle), client.styles["lead"]),
        Spacer(1, lead * 2),
        client.words(label(copy.clinic), client.styles["section"]),
        *_lines(client, copy.department, copy.address),
        Spacer(1, lead * 2),
        *_marks(client, copy),
        Spacer(1, lead),
        *_lines(client, copy.languages, copy.rights),
    ]


def _lines(client: Any, *texts: str) -> list[Flowable]:
    return [
        client.words(label(line), client.styles["tight"])
        for text in texts
        for line in text.splitlines()
        if line.strip()
    ]


def handout_head(client: Any, copy: Copy) -> list[Flowable]:
    """A handout's face: whose it is, its marks, how to look it up, whom to call."""
    style = client.styles["face"]
    source = isolated(_("From: %s") % copy.book)
    face = [
        client.words(f"<b>{label(copy.clinic)}</b> · {label(source)}", client.styles["tight"]),
        client.words(f"<b>{label(' · '.join(copy.marks))}</b>", style),
        client.words(label(" · ".join(copy.issue)), style),
    ]
    head = check_beside(client, face, copy.check)
    head.spaceAfter = client.theme.leading * 0.4
    return [head, call_box(client, copy), Spacer(1, client.theme.leading * 0.4)]


def copy_marks(client: Any, copy: Copy) -> list[Flowable]:
    """Whose a sheet is, and what it says of itself, at its end."""
    lines = [copy.clinic, *copy.marks, *copy.issue]
    return [client.words(label(line), client.styles["small"]) for line in lines]


def notes_page(client: Any) -> list[Flowable]:
    """A page to write on."""
    pitch = client.theme.leading * 1.6
    count = int((client.room - client.theme.leading * 4) / max(pitch, 24))
    return [
        client.words(label(_("My notes")), client.styles["section"]),
        WritingLines(count, pitch, theme.RULE),
    ]
