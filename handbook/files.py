"""Files in place: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put(content: bytes, path: Path) -> None:
    """Put a file in place, whole or not at all; the earlier one stays until then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
