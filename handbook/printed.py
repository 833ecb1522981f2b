"""What a print build made: one record a file, handed from the print engine to the site.

The print builder writes the list beside its PDFs; the site reads it, and so knows each file's
title, pages and edition code without opening it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "printed.json"


@dataclass(frozen=True)
class Printed:
    """A printed output.

    :param path: of the PDF, from the folder of the outputs ("handouts/en/about-en-a4.pdf").
    :param kind: "book", "handout" or "card".
    :param docname: the chapter it holds, "" where it holds several.
    :param paper: "letter" or "a4".
    :param size: "standard", "large" or "card".
    :param pages: how many; 0 where nothing was laid out.
    :param code: its edition code; ``draft`` says whether the ledger does not know it.
    """

    path: str
    kind: str
    docname: str
    title: str
    paper: str
    size: str
    pages: int
    code: str
    draft: bool

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]


def write_printed(folder: Path, printed: Sequence[Printed]) -> None:
    """Write the list of what was printed into the folder of a build."""
    text = json.dumps([asdict(one) for one in printed], ensure_ascii=False, indent=1)
    (folder / _FILE).write_text(text + "\n", encoding="utf-8")


def read_printed(folder: Path) -> list[Printed]:
    """Return what a print build into this folder made, in its order."""
    return [Printed(**one) for one in json.loads((folder / _FILE).read_text("utf-8"))]
