"""What was built from what: so that a file whose inputs are unchanged is not built again.

The record lies in the output folder, ``<out>/.work/built.json``. A file counts as built only while
it is still the very file that was put there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

#: Where a print run says what it made or found unchanged: path -> digest of its inputs.
PLAN = "planned.json"


def _record(out: Path) -> Path:
    return out / ".work" / "built.json"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read(path: Path) -> dict[str, list[str]]:
    """The record; empty where there is none or an interrupted run has spoiled it."""
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def is_current(out: Path, path: str, inputs: str) -> bool:
    """Whether a published file was built from the same inputs and is untouched.

    :param path: within the output folder.
    :param inputs: the digest of all that goes into the file.
    """
    known = _read(_record(out)).get(path)
    published = out / path
    return (
        known is not None
        and published.is_file()
        and known[0] == inputs
        and known[1] == _digest(published)
    )


def note(out: Path, planned: Mapping[str, str]) -> None:
    """Write down the files that are now in place, and what they were built from."""
    known = _read(_record(out))
    for path, inputs in planned.items():
        known[path] = [inputs, _digest(out / path)]
    kept = {path: entry for path, entry in sorted(known.items()) if (out / path).is_file()}
    _record(out).parent.mkdir(parents=True, exist_ok=True)
    fresh = _record(out).with_suffix(".new")
    fresh.write_text(json.dumps(kept, indent=0), encoding="utf-8")
    fresh.replace(_record(out))
