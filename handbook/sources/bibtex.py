"""BibTeX as it is written: entries and their lines, and what in the file is no BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pybtex.database.input.bibtex import LowLevelParser
from pybtex.scanner import PrematureEOF
from pybtex.utils import CaseInsensitiveDict


class Fault(NamedTuple):
    """One thing wrong with the file: where, in which entry, what is wrong, what to do."""

    line: int
    key: str
    problem: str
    remedy: str


class Entry(NamedTuple):
    """An entry as it is written: its form ("online"), its key and fields, and their lines."""

    form: str
    key: str
    line: int
    fields: Mapping[str, str]
    lines: Mapping[str, int]


def read_entries(text: str) -> tuple[list[Entry], list[Fault]]:
    """Return what the file holds, and what in it is no BibTeX."""
    text = _without_comments(text)
    errors: list[Fault] = []
    broken: set[int] = set()  # where the commands begin that cannot be read to their end

    def note(error: Any) -> None:
        errors.append(_syntax_fault(error, text))
        broken.add(error.error_context_info[0])

    # No macros: not even BibTeX's names of months, since all dates here are ISO dates.
    parser: Any = LowLevelParser(text, handle_error=note, macros=CaseInsensitiveDict())
    entries: list[Entry] = []
    faults: list[Fault] = []
    end = 0
    previous = -1
    commands = iter(parser)
    while True:
        command = next(commands, None)
        start = parser.command_start if command else len(text)
        stray = text[end:start].strip()
        # What follows a broken entry is its rest.
        if stray and not any(previous <= place < start for place in broken):
            faults.append(_stray(text, text.index(stray, end)))
        if command is None:
            return entries, faults + errors
        previous, end = start, parser.pos
        if start in broken:
            continue
        line = text.count("\n", 0, start) + 1
        form, body = command
        if form.lower() in ("string", "preamble"):
            faults.append(
                Fault(line, f"@{form}", "only entries may stand here", "Write values in full.")
            )
            continue
        entry, repeated = _entry(form, body, line, text[start:end])
        entries.append(entry)
        faults += repeated


def _stray(text: str, place: int) -> Fault:
    return Fault(
        text.count("\n", 0, place) + 1,
        text[place:].split(maxsplit=1)[0],
        "this text stands outside of any entry",
        "Begin an entry with @online{ or @article{, and a remark with %.",
    )


def _syntax_fault(error: Any, text: str) -> Fault:
    problem = re.sub(r"^syntax error in line \d+: ", "", str(error).splitlines()[0])
    start, line, _position = error.error_context_info
    if isinstance(error, PrematureEOF):  # found at the end of the file, made in the entry
        line = text.count("\n", 0, start) + 1
    return Fault(
        line,
        error.parser.current_entry_key or "?",
        f"this is not BibTeX ({problem})",
        "Look for a missing comma or curly bracket here or in the line above.",
    )


def _entry(form: str, body: Any, line: int, text: str) -> tuple[Entry, list[Fault]]:
    key, pairs = body
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    faults = []
    place = 0
    for name, parts in pairs:
        field = name.lower()
        if at := re.compile(rf"\b{re.escape(name)}\s*=").search(text, place):
            place = at.end()
        lines[field] = line + text.count("\n", 0, place)
        if field in fields:
            faults.append(
                Fault(lines[field], key, f"{field} is given twice", "Take one of the two out.")
            )
        fields[field] = " ".join("".join(parts).split())
    return Entry(form.lower(), key, line, fields, lines), faults


def _without_comments(text: str) -> str:
    """Blank ``% …`` to the line's end wherever it is no part of a value; keep all positions."""
    characters = list(text)
    depth, quoted, comment = 0, False, False
    for place, character in enumerate(text):
        if character == "\n":
            comment = False
        elif comment:
            characters[place] = " "
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == '"' and depth == 1:
            quoted = not quoted
        elif character == "%" and depth <= 1 and not quoted:
            comment = True
            characters[place] = " "
    return "".join(characters)
