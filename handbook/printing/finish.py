"""The finished file: written whole or not at all; the earlier one stays until then."""

from __future__ import annotations

import os
import tempfile
from io import BytesIO
from pathlib import Path

import pikepdf

from handbook.errors import HandbookError


def save(pdf: bytes, path: Path) -> None:
    """Pack the PDF (object streams; the same bytes from the same input) and put it in place.

    :raises HandbookError: it is no whole PDF, or a font in it is not embedded.
    """
    packed = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        if not document.pages:
            raise HandbookError(path.name, "the PDF has no page", "See the messages above.")
        _check_fonts(document, path)
        document.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(packed.getvalue())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _check_fonts(document: pikepdf.Pdf, path: Path) -> None:
    for thing in document.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
            continue
        descriptor = thing.get("/FontDescriptor")
        if thing.get("/Subtype") == "/Type0":
            continue  # its descendant carries the file
        if descriptor is None or not any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
            raise HandbookError(
                path.name,
                f"the font {thing.get('/BaseFont')} is not embedded",
                "Every word must be set in a font of handbook/printing/fonts.",
            )
