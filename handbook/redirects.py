"""Addresses outlive builds: redirects.csv tells where each renamed chapter went.

Codes on paper, bookmarks and links of other sites point at chapters. addresses.txt holds every
address that was ever released; a build stops when one of them leads nowhere.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handbook.edition import today
from handbook.errors import HandbookError

REDIRECTS = "redirects.csv"
ADDRESSES = "addresses.txt"
_COLUMNS = ("old", "new", "date")
_ADDRESS = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")


@dataclass(frozen=True)
class Redirect:
    """A chapter that was renamed: addresses without language and ".html"."""

    old: str
    new: str
    since: date
    line: int


def read_redirects(folder: Path) -> list[Redirect]:
    """Return the rows of redirects.csv in the handbook's folder; none without that file.

    :raises HandbookError: a row is malformed.
    """
    path = folder / REDIRECTS
    if not path.exists():
        return []
    found = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            problem = "the first line does not name the columns"
            raise HandbookError(REDIRECTS, problem, f"Write {','.join(_COLUMNS)} there.", 1)
        for row in rows:
            found.append(_redirect(row, rows.line_num))
    return found


def _redirect(row: Mapping[str, str], line: int) -> Redirect:
    remedy = "Write as in: side-effects/skin,side-effects/rash-and-itching,2026-11-22"
    if None in row or None in row.values():
        raise HandbookError(REDIRECTS, "this row does not have 3 columns", remedy, line)
    for column in ("old", "new"):
        if not _ADDRESS.fullmatch(row[column]):
            problem = f'{column} "{row[column]}" is not the address of a chapter'
            raise HandbookError(REDIRECTS, problem, remedy, line)
    try:
        since = date.fromisoformat(row["date"])
    except ValueError as error:
        raise HandbookError(
            REDIRECTS, f'date "{row["date"]}" is not a date', remedy, line
        ) from error
    return Redirect(row["old"], row["new"], since, line)


def read_addresses(folder: Path) -> list[str]:
    """Return every address that was released; none before the first release."""
    path = folder / ADDRESSES
    return path.read_text(encoding="utf-8").split() if path.exists() else []


def write_addresses(folder: Path, chapters: Collection[str]) -> None:
    """Add the addresses of a release."""
    known = sorted({*read_addresses(folder), *chapters})
    (folder / ADDRESSES).write_text("\n".join(known) + "\n", encoding="utf-8")


def resolved(folder: Path, chapters: Collection[str]) -> dict[str, str]:
    """Return where each renamed chapter is today, however often it was renamed.

    :param folder: the handbook's, with redirects.csv and addresses.txt.
    :param chapters: the addresses that there are.
    :raises HandbookError: a row leads nowhere or hides a chapter, or a released address is lost.
    """
    rows = {row.old: row for row in read_redirects(folder)}
    found = {}
    for row in rows.values():
        if row.old in chapters:
            problem = f'"{row.old}" is renamed here, and there is a chapter of this name'
            raise HandbookError(REDIRECTS, problem, "Take the row out.", row.line)
        found[row.old] = _goal(row, rows, chapters)
    for address in read_addresses(folder):
        if address not in chapters and address not in found:
            raise HandbookError(
                REDIRECTS,
                f'the chapter "{address}" was released, and is gone: codes and links lead there',
                f"Add where it is now: {address},new/address,{today().isoformat()}",
            )
    return found


def _goal(row: Redirect, rows: Mapping[str, Redirect], chapters: Collection[str]) -> str:
    seen = {row.old}
    goal = row.new
    while goal not in chapters:
        if goal in seen or goal not in rows:
            problem = f'"{row.old}" leads to "{goal}", and there is no such chapter'
            raise HandbookError(REDIRECTS, problem, "Name a chapter that there is.", row.line)
        seen.add(goal)
        goal = rows[goal].new
    return goal
