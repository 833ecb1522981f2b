"""A drawing whose words would be too small in, the same with letters and the key to them out.

Large print and booklets cannot give every drawing the width that its words need. There each label
becomes a letter on a disk, and the words stand under the picture in full type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.graphics.shapes import Circle, Drawing, Group, String, mmult
from reportlab.lib.colors import Color

from handbook.printing import fonts, theme
from handbook.printing.scripts.punctuation import comma, joined, labelled

#: A label of so many characters (a number, an axis) stays and is set in full type.
_SHORT = 3
#: Lines of one label are at most so far apart, in sizes of their type.
_PITCH = 1.7
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Label:
    """Words that belong together in a drawing, one or several lines.

    :param x: of the point that the lines are set from, in the drawing's own units, as all lengths.
    :param y: baseline of the first line; ``last`` of the last one.
    :param anchor: "start", "middle" or "end".
    """

    x: float
    y: float
    size: float
    anchor: str
    color: Color
    lines: list[tuple[str, bool]] = field(default_factory=list)
    last: float = 0.0

    def words(self, language: str) -> str:
        """The lines as one: what is bold is the head of what follows it."""
        head = joined([text for text, bold in self.lines if bold], language)
        plain = [text for text, bold in self.lines if not bold]
        if not head and len(plain) > 2 and all(text[0].islower() for text in plain):
            return comma(language).join(plain)  # a list: a sentence begins with a capital
        for place, text in enumerate(plain[1:]):
            if text.partition(" ")[0].endswith(":") and plain[place][-1].isalnum():
                plain[place] += "."  # the next line has a head of its own
        rest = joined(plain, language)
        return f"{labelled(head, language)}{rest}" if head and rest else head or rest


def type_size(drawing: Drawing) -> float:
    """The size of the smallest words, in the drawing's units; 0 without words."""
    return min((label.size for label in _labels(drawing)), default=0.0)


def keyed_words(drawing: Drawing, language: str) -> list[str]:
    """The words that :func:`keyed` would put into a key, each once."""
    found = (label.words(language) for label in _labels(drawing))
    return list(dict.fromkeys(words for words in found if len(words) > _SHORT))


def keyed(drawing: Drawing, size: float, language: str) -> list[tuple[str, str]]:
    """Put letters in the place of words, in place.

    :param size: of the letters, in the drawing's units.
    :param language: BCP 47.
    :returns: each letter with its words, in the order of the drawing.
    """
    labels = list(_labels(drawing))
    _without_words(drawing)
    key: list[tuple[str, str]] = []
    known: dict[str, str] = {}
    for label in labels:
        words = label.words(language)
        if len(words) <= _SHORT:
            _write(drawing, label, words, size)
            continue
        if words not in known:
            known[words] = _letter(len(known))
            key.append((known[words], words))
        _disk(drawing, label, known[words], size)
    return key


def _letter(place: int) -> str:
    """A, B, … Z, AA, AB, …"""
    head = _LETTERS[place // 26 - 1] if place >= 26 else ""
    return head + _LETTERS[place % 26]


def _labels(drawing: Drawing) -> Iterator[Label]:
    current: Label | None = None
    for string, matrix in _strings(drawing, (1, 0, 0, 1, 0, 0)):
        a, b, c, d, e, f = matrix
        x, y = a * string.x + c * string.y + e, b * string.x + d * string.y + f
        size, bold = string.fontSize * abs(d), "Bold" in string.fontName
        text = " ".join(string.text.split())
        follows = (
            current is not None
            and abs(current.x - x) < size * 0.1
            and current.anchor == string.textAnchor
            and 0 < current.last - y < _PITCH * size
            and (current.lines[-1][1] or not bold)
        )
        if not follows or current is None:
            if current is not None:
                yield current
            current = Label(x, y, size, string.textAnchor, string.fillColor)
        current.lines.append((text, bold))
        current.last = y
    if current is not None:
        yield current


Matrix = tuple[float, float, float, float, float, float]


def _strings(group: Group | Drawing, matrix: Matrix) -> Iterator[tuple[String, Matrix]]:
    for shape in group.contents:
        if isinstance(shape, Group):
            yield from _strings(shape, mmult(matrix, shape.transform))
        elif isinstance(shape, String) and shape.text.strip():
            yield shape, matrix


def _without_words(group: Group | Drawing) -> None:
    group.contents = [shape for shape in group.contents if not isinstance(shape, String)]
    for shape in group.contents:
        if isinstance(shape, Group):
            _without_words(shape)


def _write(drawing: Drawing, label: Label, words: str, size: float) -> None:
    y = (label.y + label.last) / 2 + (label.size - size) * 0.36
    drawing.add(
        String(
            label.x, y, words, fontName=f"{fonts.TEXT}-Bold", fontSize=size,
            textAnchor=label.anchor, fillColor=label.color,
        )
    )  # fmt: skip


def _disk(drawing: Drawing, label: Label, letter: str, size: float) -> None:
    radius = size * 0.72
    x = label.x + {"start": radius, "end": -radius}.get(label.anchor, 0.0)
    y = (label.y + label.last) / 2 + label.size * 0.3
    x = min(max(x, radius), drawing.width - radius)
    y = min(max(y, radius), drawing.height - radius)
    drawing.add(Circle(x, y, radius, fillColor=theme.INK, strokeColor=theme.WHITE, strokeWidth=1))
    drawing.add(
        String(
            x, y - size * 0.35, letter, fontName=f"{fonts.TEXT}-Bold", fontSize=size,
            textAnchor="middle", fillColor=theme.WHITE,
        )
    )  # fmt: skip
