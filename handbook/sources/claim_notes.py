"""Claim notes: comments in a chapter that say what backs the block after them.

``% says KEY @ PLACE: what the source says there, in own words``, ``% no claim``, ``% as below``
(each line repeats what the chapter says with its source elsewhere) and ``% as in DOCUMENT`` (on a
sheet without sources of its own: each line repeats what that chapter says). No reader sees them;
the claim ledger and the review copy are made from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)

NO_CLAIM, AS_BELOW = "no claim", "as below"
_AS_IN = re.compile(r"as in (?P<document>\w[\w/-]*)")
_SAYS = re.compile(r"says (?P<key>[\w.:+-]+) @ (?P<locator>.+?): (?P<words>\S.*)")
_BETWEEN = (addnodes.index, nodes.target, nodes.comment, nodes.system_message)


@dataclass(frozen=True)
class Note:
    """What a source says: its key, where in it, and that in own words."""

    key: str
    locator: str
    words: str


class ReadClaimNotes(SphinxTransform):
    """Put each note on the block that it stands before, and take the comment away."""

    # Before translations come in (20): a note belongs to the English block.
    default_priority = 8

    def apply(self, **_kwargs: Any) -> None:
        """Read all notes of a chapter; a malformed one is warned of, with its line."""
        for comment in list(self.document.findall(nodes.comment)):
            lines = [line.strip() for line in comment.astext().splitlines() if line.strip()]
            if not lines or not any(map(_is_note, lines)):
                continue
            block = _block_after(comment)
            if block is None:
                self._warn(comment, f"“{lines[0][:60]}” stands before nothing that it could back")
            else:
                self._read(comment, lines, block)
            comment.parent.remove(comment)

    def _read(self, comment: nodes.comment, lines: list[str], block: nodes.Element) -> None:
        for line in lines:
            if line in (NO_CLAIM, AS_BELOW) or repeated_document(line):
                block["claim"] = line
                continue
            match = _SAYS.fullmatch(line)
            if match is None:
                self._warn(
                    comment,
                    f"“{line[:60]}” is no claim note: write “% says KEY @ PLACE: what it says”,"
                    " “% no claim”, “% as below” or “% as in DOCUMENT”",
                )
            else:
                said = [*match.group("key", "locator", "words")]
                block["says"] = [*block.get("says", []), said]

    def _warn(self, comment: nodes.comment, problem: str) -> None:
        logger.warning(problem, location=comment, type="handbook", subtype="claims")


def _is_note(line: str) -> bool:
    return line.startswith(("says ", NO_CLAIM, AS_BELOW, "as in "))


def repeated_document(claim: str) -> str | None:
    """The document that a block repeats by “as in DOCUMENT”; None where it says something else."""
    match = _AS_IN.fullmatch(claim)
    return match["document"] if match else None


def _block_after(comment: nodes.comment) -> nodes.Element | None:
    siblings = comment.parent.children
    after = siblings[siblings.index(comment) + 1 :]
    return next(
        (
            node
            for node in after
            if isinstance(node, nodes.Element) and not isinstance(node, _BETWEEN)
        ),
        None,
    )


def notes_of(block: nodes.Element) -> list[Note]:
    """The notes that back a block."""
    says: list[tuple[str, str, str]] = block.get("says", [])
    return [Note(*parts) for parts in says]
