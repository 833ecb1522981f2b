"""What a build made, as records for the site: of each PDF, and of each language's web site.

Each builder writes its list beside what it made; the site reads it, and so knows titles, pages and
edition codes without opening a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from handbook.translation.interface import N_, _

#: The name of a PDF: what it holds, language, paper, and "large", "booklet" or "press".
_NAME = re.compile(r"(.+)-([A-Za-z_]+)-(letter|a4)(?:-(large|booklet|press))?\.pdf")
PRINTED_LIST = "printed.json"
WEBSITE_RECORD = "website.json"


@dataclass(frozen=True)
class Printed:
    """A printed output.

    :param path: of the PDF, from the folder of the outputs ("handouts/en/about-en-a4.pdf").
    :param kind: "book", "handout", "card", "booklet", "press" or "review".
    :param docname: the chapter that a handout or card holds, else "".
    :param code: its edition code; ``draft`` says whether the ledger does not know it.
    :param pages: how many, and ``size_bytes``: 0 until somebody has looked at the file.
    """

    path: str
    kind: str
    docname: str
    title: str
    code: str
    draft: bool
    pages: int = 0
    size_bytes: int = 0

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Website:
    """The web site in one language.

    :param language: as Sphinx calls it.
    :param help: address and title of the chapter that says whom to call; None where there is none.
    :param finder: the name of the symptom finder, "" where there is none.
    :param chapters: the addresses of all chapters, without language and ".html".
    :param due: chapters whose review date is over.
    :param unsafe: where a passage that a patient's safety hangs on is left in English: the chapter,
        and how the passage begins.
    """

    language: str
    title: str
    code: str
    draft: bool
    help: tuple[str, str] | None
    finder: str
    chapters: list[str]
    due: list[str]
    unsafe: list[tuple[str, str]]


_PAPERS = {"letter": N_("Letter"), "a4": N_("A4")}
_FORMS = {
    "": "%s",
    "large": N_("%s, large print"),
    "booklet": N_("%s, booklet to fold"),
    "press": N_("%s, for a printing press"),
}


def form_of(name: str) -> tuple[int, str]:
    """Return the form of a PDF: its place among all forms, and its words ("A4, large print").

    The words are in the language of the build.
    """
    found = _NAME.fullmatch(name)
    if not found:
        return len(_PAPERS) * len(_FORMS), name
    paper, form = found[3], found[4] or ""
    place = list(_FORMS).index(form) * len(_PAPERS) + list(_PAPERS).index(paper)
    return place, _(_FORMS[form]) % _(_PAPERS[paper])


def subject_of(name: str) -> str:
    """Return what a PDF of this name holds: the chapter's short name."""
    found = _NAME.fullmatch(name)
    return found[1] if found else name


def write_printed(path: Path, printed: Sequence[Printed]) -> None:
    """Write a list of what was printed."""
    _write(path, [asdict(one) for one in printed])


def read_printed(path: Path) -> list[Printed]:
    """Return a list of what was printed, in its order."""
    return [Printed(**one) for one in json.loads(path.read_text("utf-8"))]


def write_website(path: Path, website: Website) -> None:
    """Write the record of a web site."""
    _write(path, asdict(website))


def read_website(path: Path) -> Website:
    """Return the record of a web site."""
    values = json.loads(path.read_text("utf-8"))
    values["help"] = tuple(values["help"]) if values["help"] else None
    values["unsafe"] = [tuple(pair) for pair in values["unsafe"]]
    return Website(**values)


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
