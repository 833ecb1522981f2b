"""The claim ledger: every statement of the chapters with what backs it, and what lacks backing.

Read from the text as built (``build/text``). Each block cites a source and has a claim note for it,
or declares that it makes no clinical claim; see docs/content-style.md.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from handbook.quality.findings import Finding
from handbook.sources.claim_notes import repeated_document

#: What states nothing on its own: headings, questions, words of the glossary, things to write down.
_STATES_NOTHING = {"head", "box-questions", "box-words", "sources", "checklist", "action-brief",
                   "fill-in"}  # fmt: skip
_COLUMNS = ("document", "line", "statement", "backing", "source", "place", "what the source says")
#: What a cite may repeat in a box that sums the chapter up.
_SUMMARIES = {"box-one-minute", "box-what-you-can-do", "box-when-to-call"}

Block = dict[str, Any]


@dataclass(frozen=True)
class Claim:
    """A statement (a paragraph, or a whole list or table) and what backs it.

    :param backing: "source", "no claim", "as below", "as in DOCUMENT" or "" (nothing).
    :param notes: key, place and words of each source.
    """

    document: str
    line: int
    words: str
    backing: str
    cited: tuple[str, ...]
    notes: tuple[tuple[str, str, str], ...]
    boxes: frozenset[str]


def read_texts(folder: Path) -> list[dict[str, Any]]:
    """The chapters of ``build/text/<lang>``, by document."""
    texts = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return sorted(texts, key=lambda text: str(text["document"]))


def claims_of(text: dict[str, Any]) -> list[Claim]:
    """The statements of a chapter, in order."""
    return [
        _claim(str(text["document"]), blocks, lead_in)
        for blocks, lead_in in _statements(text["blocks"])
    ]


def _statements(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], Block | None]]:
    """Blocks that are backed together: one, or those of a list; and the line that leads into it."""
    together: list[Block] = []
    before: Block | None = None
    lead_in: Block | None = None
    for block in blocks:
        if block["kind"] != "paragraph" or not block["text"]:
            continue
        if _STATES_NOTHING & set(block["in"]) or "glossary" in block["in"]:
            continue
        if together and _unit(block) != _unit(together[0]):
            yield together, lead_in
            together = []
        if not together:
            lead_in = before if before is not None and _leads_in(before) else None
        before = block
        together.append(block)
    if together:
        yield together, lead_in


def _unit(block: Block) -> Any:
    """A list is backed as a whole; an action row, or an item with a note of its own, by itself."""
    if "level" in block or block["group"] is None:
        return (block["line"], block["text"][:20]) if "level" not in block else json.dumps(
            [block["says"], block["level"]]
        )  # fmt: skip
    return block["group"]


def _leads_in(block: Block) -> bool:
    return bool(block["text"].endswith(":")) and block["group"] is None


def _claim(document: str, blocks: list[Block], lead_in: Block | None) -> Claim:
    first = blocks[0]
    holders = [*blocks, *([lead_in] if lead_in else [])]
    notes = dict.fromkeys(tuple(note) for block in holders for note in block["says"])
    cited = dict.fromkeys(key for block in holders for key in block["sources"])
    declared = next((block["claim"] for block in blocks if block["claim"]), "")
    words = " / ".join(block["text"] for block in blocks)
    return Claim(
        document,
        first["line"] or 1,
        words,
        "source" if notes else declared or ("lead-in" if _leads_in(first) else ""),
        tuple(cited),
        tuple(notes),
        frozenset(first["in"]),
    )


def claim_findings(texts: Iterable[dict[str, Any]]) -> list[Finding]:
    """What stands without backing, cites without a note, or has a note and no cite."""
    claims = [claim for text in texts for claim in claims_of(text)]
    citing = {claim.document for claim in claims if claim.cited}
    return [
        Finding(f"source/{claim.document}.md", claim.line, problem, remedy)
        for claim in claims
        for problem, remedy in (*_faults(claim), *_faults_of_a_repeat(claim, citing))
    ]


def _faults_of_a_repeat(claim: Claim, citing: Set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with “as in DOCUMENT”; ``citing`` are the documents that cite sources."""
    document = repeated_document(claim.backing)
    if document is None:
        return
    begins = f"“{claim.words[:50]}…” says “as in {document}”"
    if claim.document in citing:
        yield f"{begins}, and its own chapter has sources", "Cite them, or say “% as below”."
    elif document not in citing:
        yield (
            f"{begins}, which is no chapter with sources",
            "Name the chapter that says it with its source, as in get-help-now/when-to-call.",
        )


def _faults(claim: Claim) -> Iterator[tuple[str, str]]:
    begins = f"“{claim.words[:50]}…”"
    noted = {key for key, _place, _words in claim.notes}
    if not claim.backing and not claim.cited:
        yield (
            f"{begins} neither cites a source nor says that it makes no clinical claim",
            "Cite it, with “% says KEY @ PLACE: …” before it; or write “% no claim” before it.",
        )
    missing = [key for key in claim.cited if key not in noted]
    if missing:
        yield (
            f"{begins} cites {', '.join(missing)} without a claim note",
            "Write “% says KEY @ PLACE: what it says there” on the line before it.",
        )
    unused = [key for key in sorted(noted) if key not in claim.cited]
    if unused and not claim.boxes & _SUMMARIES:
        yield (
            f"{begins} has a claim note for {', '.join(unused)}, and does not cite it",
            "Add the key to its cite, or take the note out.",
        )
    if claim.backing == "as below" and not claim.boxes & _SUMMARIES:
        yield f"{begins} says “as below” outside a box that sums up", "Cite its source."


def ledger(texts: Iterable[dict[str, Any]]) -> str:
    """The claim ledger as CSV: a line for each statement and source."""
    stream = StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for text in texts:
        for claim in claims_of(text):
            for note in claim.notes or (("", "", ""),):
                rows.writerow((claim.document, claim.line, claim.words, claim.backing, *note))
    return stream.getvalue()
