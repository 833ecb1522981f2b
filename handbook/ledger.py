"""The ledger of releases, editions.csv: every edition code that was issued, and what became of it.

Rows are only ever added. A code is issued once and may be withdrawn once. An issued code is current
as long as no later one was issued for the same output, and replaced from then on.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from handbook.errors import HandbookError
from handbook.files import put

ISSUED, WITHDRAWN = "issued", "withdrawn"
# A withdrawn edition is known, and must not be printed again as if it were good.
STATUSES = (ISSUED, WITHDRAWN)

_CODE = re.compile(r"(?P<number>\d{4}\.\d+)-(?P<language>[A-Za-z_]+)-[0-9a-f]{8}")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Row:
    """A line of the ledger.

    :param code: "2026.1-en-3f9a2c1b".
    :param output: the name of the file ("when-to-call-en-a4.pdf"), or of the site's first page.
    :param issued: the day of this row, year-month-day.
    :param status: :data:`ISSUED` or :data:`WITHDRAWN`.
    :param note: what changed, or why it was withdrawn.
    """

    code: str
    output: str
    issued: str
    status: str
    note: str


@dataclass(frozen=True)
class Issue:
    """An edition code and what became of it.

    :param what_changed: what was said of it when it was issued.
    :param withdrawn: the day, None while it is not withdrawn.
    :param why: the reason why it was withdrawn.
    :param current: whether it is the newest of its output, and not withdrawn.
    """

    code: str
    output: str
    issued: date
    what_changed: str
    withdrawn: date | None
    why: str
    current: bool

    @property
    def number(self) -> str:
        """The edition's number: "2026.1"."""
        return self.code.split("-", 1)[0]

    @property
    def language(self) -> str:
        """The edition's language, as Sphinx calls it: "zh_CN"."""
        return self.code.split("-")[1]


COLUMNS = tuple(field.name for field in fields(Row))


def ledger_name(profile: Path) -> str:
    """Return the name of the ledger that belongs to a clinic profile, and lies beside it.

    Each clinic's copies have codes of their own, so that each profile has a ledger of its own.
    """
    return "editions.csv" if profile.stem == "clinic" else f"{profile.stem}-editions.csv"


def is_code(text: str) -> bool:
    """Return whether this is written as an edition code is."""
    return _CODE.fullmatch(text) is not None


def read_ledger(path: Path) -> list[Row]:
    """Return the rows of a ledger, oldest first; none where there is no file yet.

    :raises HandbookError: a line is malformed.
    """
    if not path.exists():
        return []
    found = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise HandbookError(
                path.name,
                "the ledger's first line does not name its columns",
                f"Write {','.join(COLUMNS)} there.",
                1,
            )
        for row in rows:
            if problem := _problem(row):
                raise HandbookError(
                    path.name,
                    problem,
                    "Write as in: 2026.1-en-3f9a2c1b,handbook-en-letter.pdf,2026-11-22,issued,",
                    rows.line_num,
                )
            found.append(Row(**row))
    return found


def _problem(row: dict[str | Any, str | Any]) -> str | None:
    if None in row or None in row.values():
        return f"this row does not have {len(COLUMNS)} columns"
    if not is_code(row["code"]):
        return f'"{row["code"]}" is not the code of an edition'
    if row["status"] not in STATUSES:
        return f'status "{row["status"]}" is not one of {", ".join(STATUSES)}'
    if _date(row["issued"]) is None:
        return f'issued "{row["issued"]}" is not a date'
    return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def good_codes(path: Path) -> set[str]:
    """Return the codes that were issued and not withdrawn; a later row overrides an earlier one."""
    return {code for code, row in _last(read_ledger(path)).items() if row.status == ISSUED}


def _last(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.code: row for row in rows}


def issues(rows: Sequence[Row]) -> list[Issue]:
    """Return every code that was issued with what became of it, the last of the ledger first."""
    newest = {row.output: row.code for row in rows if row.status == ISSUED}
    last = _last(rows)
    found: dict[str, Issue] = {}
    for row in rows:
        if row.status != ISSUED or row.code in found:
            continue
        end = last[row.code]
        gone = end.status == WITHDRAWN
        found[row.code] = Issue(
            row.code,
            row.output,
            date.fromisoformat(row.issued),
            row.note,
            withdrawn=date.fromisoformat(end.issued) if gone else None,
            why=end.note if gone else "",
            current=newest[row.output] == row.code and not gone,
        )
    return list(reversed(found.values()))


def with_rows(path: Path, rows: Iterable[Row]) -> str:
    """Return the text of the ledger in ``path`` with rows added at its end."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(row) for row in [*read_ledger(path), *rows])
    return out.getvalue()


def write_ledger(path: Path, text: str) -> None:
    """Put a ledger in place, whole or not at all."""
    put(text.encode(), path)


def withdraw(path: Path, code: str, why: str, today: date) -> Row:
    """Add the row that withdraws a code, and return it.

    :raises HandbookError: the code is unknown or withdrawn already, or no reason is given.
    """
    if not is_code(code):
        raise HandbookError(
            "CODE",
            f'"{code}" is not the code of an edition' if code else "no code is given",
            'Copy it from the foot of the sheet: make recall CODE=2026.1-en-3f9a2c1b WHY="..."',
        )
    if not (why := " ".join(why.split())):
        raise HandbookError(
            "WHY",
            "no reason is given",
            'Say in plain words what is wrong with the sheet: make recall CODE=... WHY="..."',
        )
    rows = read_ledger(path)
    last = _last(rows).get(code)
    if last is None:
        raise HandbookError(
            path.name,
            f"the code {code} was never issued",
            "Compare it with the list in build/site/check/index.html. A draft has no code there.",
        )
    if last.status == WITHDRAWN:
        raise HandbookError(
            path.name,
            f"the code {code} was withdrawn already, on {last.issued} ({last.note})",
            "Nothing needs to be done. Build the site again if it does not say so yet.",
        )
    row = Row(code, last.output, today.isoformat(), WITHDRAWN, why)
    write_ledger(path, with_rows(path, [row]))
    return row
