"""What changed in the chapters since an earlier version: for the second sign-off."""

from __future__ import annotations

import difflib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.build import Request, build
from handbook.errors import HandbookError
from handbook.quality.claims import Claim, claims_of, read_texts

#: Two statements that share so much are one, worded otherwise.
_ALIKE = 0.6


def changes_since(root: Path, out: Path, version: str) -> str:
    """The statements that are new, gone or worded otherwise since a version, as Markdown.

    :param root: the checkout.
    :param out: the output folder; the text of today is built there.
    :param version: a tag, commit or branch of the repository.
    :raises HandbookError: there is no such version.
    """
    build(Request(["text"], out=out, root=root))
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder)
        _check_out(root, version, before)
        build(Request(["text"], out=before / "build", root=before))
        old = _statements(before / "build" / "text" / "en")
    new = _statements(out / "text" / "en")
    lines = [f"# Changes since {version}"]
    for document in sorted({*old, *new}):
        told = list(_told(old.get(document, []), new.get(document, [])))
        if told:
            lines += ["", f"## {document}", "", *told]
    if len(lines) == 1:
        lines += ["", "No statement has changed."]
    return "\n".join(lines)


def _check_out(root: Path, version: str, target: Path) -> None:
    command = ["git", "archive", "--format=tar", version]
    result = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if result.returncode:
        raise HandbookError(
            "SINCE",
            f"“{version}” is no tag, commit or branch of this repository",
            "Choose one that `git tag` or `git log` lists.",
        )
    with tarfile.open(fileobj=io.BytesIO(result.stdout)) as archive:
        archive.extractall(target, filter="data")


def _statements(folder: Path) -> dict[str, list[Claim]]:
    return {str(text["document"]): claims_of(text) for text in read_texts(folder)}


def _told(old: Sequence[Claim], new: Sequence[Claim]) -> Iterator[str]:
    gone = [claim for claim in old if claim.words not in {other.words for other in new}]
    fresh = [claim for claim in new if claim.words not in {other.words for other in old}]
    for claim in fresh:
        was = _closest(claim, gone)
        if was is None:
            yield f"- **New:** {claim.words}{_sources(claim)}"
        else:
            gone.remove(was)
            yield f"- **Was:** {was.words}\n  **Is:** {claim.words}{_sources(claim)}"
    for claim in gone:
        yield f"- **Gone:** {claim.words}"


def _closest(claim: Claim, others: Sequence[Claim]) -> Claim | None:
    def likeness(other: Claim) -> float:
        return difflib.SequenceMatcher(None, claim.words.split(), other.words.split()).ratio()

    best = max(others, key=likeness, default=None)
    return best if best is not None and likeness(best) >= _ALIKE else None


def _sources(claim: Claim) -> str:
    named = [f"{key} {place}" for key, place, _words in claim.notes] or list(claim.cited)
    return f" [{'; '.join(named)}]" if named else ""
