"""A language's list of terms, ``locale/<language>/terms.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from handbook.errors import HandbookError

HEADER = ["english", "translation", "note"]


@dataclass(frozen=True)
class Term:
    """An English term, its translation, and what a translator should know about it."""

    english: str
    translation: str
    note: str

    @property
    def stays(self) -> bool:
        """Whether it is a name that is the same in the translation, such as a medicine's."""
        return self.english == self.translation


def read_terms(path: Path) -> list[Term]:
    """Return the terms in ``path``; none where there is no file.

    :raises HandbookError: a line has not three columns, or the first line is not the header.
    """
    if not path.exists():
        return []
    terms = []
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        for row in rows:
            wanted = row == HEADER if rows.line_num == 1 else len(row) == len(HEADER)
            if not wanted or not row[0].strip():
                raise HandbookError(
                    path,
                    f"this line is not like the header “{','.join(HEADER)}”",
                    "Write the English term, its translation, and a note or nothing.",
                    rows.line_num,
                )
            if rows.line_num > 1:
                terms.append(Term(*(cell.strip() for cell in row)))
    return terms
