"""The finished file: written whole or not at all; the earlier one stays until then."""

from __future__ import annotations

import os
import tempfile
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf

from handbook.errors import HandbookError
from handbook.printing import tags
from handbook.printing.pages import Laid

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def save(laid: Laid, path: Path) -> None:
    """Tag and pack the PDF (the same bytes from the same input) and put it in place.

    :raises HandbookError: it is no whole PDF, or a font in it is not embedded.
    """
    packed = BytesIO()
    with pikepdf.open(BytesIO(laid.pdf)) as document:
        if not document.pages:
            raise HandbookError(path.name, "the PDF has no page", "See the messages above.")
        _check_fonts(document, path)
        tags.write(document, laid.structure)
        _describe(document)
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


def _describe(document: pikepdf.Pdf) -> None:
    """Say as XMP what the PDF is and that it is PDF/UA-1; the standard asks for it."""
    about = document.docinfo
    language = str(document.Root.Lang)
    values = {
        "title": str(about["/Title"]),
        "author": str(about["/Author"]),
        "subject": str(about["/Subject"]),
        "creator": str(about["/Creator"]),
        "producer": str(about["/Producer"]),
        "language": language,
    }
    packet = _XMP.format(**{name: escape(value) for name, value in values.items()})
    metadata = document.make_stream(packet.encode())
    metadata.Type, metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    document.Root.Metadata = metadata


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
