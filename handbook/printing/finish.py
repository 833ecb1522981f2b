"""The finished file: written whole or not at all; the earlier one stays until then."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from handbook.errors import HandbookError
from handbook.printing import tags
from handbook.printing.pages import Laid

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of PDF/UA that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def finished(laid: Laid, name: str) -> bytes:
    """Tag, describe and pack a PDF: the same bytes from the same input.

    :param name: the file's, for messages.
    :raises HandbookError: it is no whole PDF, or a font in it is not embedded.
    """
    packed = BytesIO()
    with pikepdf.open(BytesIO(laid.pdf)) as document:
        if not document.pages:
            raise HandbookError(name, "the PDF has no page", "See the messages above.")
        _check_fonts(document, name)
        tags.write(document, laid.structure)
        _describe(document)
        document.save(
            packed,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return packed.getvalue()


def _describe(document: pikepdf.Pdf) -> None:
    """Say what the PDF is and that it keeps to PDF/UA-1 and PDF/A-2a, as both standards ask."""
    about = document.docinfo
    for key in ("/CreationDate", "/ModDate", "/Trapped"):  # the edition code says which copy it is
        if key in about:
            del about[key]
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
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    document.Root.Metadata = metadata
    profile = document.make_stream(_srgb())
    profile.N = 3
    document.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier="sRGB",
                Info="sRGB IEC61966-2.1",
                DestOutputProfile=profile,
            )
        ]
    )
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _srgb() -> bytes:
    """The sRGB colour profile, without the time at which it was made."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made_at = slice(24, 36)  # ICC.1:2022, 7.2.8
    return profile[: made_at.start] + bytes(12) + profile[made_at.stop :]


def _check_fonts(document: pikepdf.Pdf, name: str) -> None:
    for thing in document.objects:
        if not isinstance(thing, Dictionary) or thing.get("/Type") != "/Font":
            continue
        descriptor = thing.get("/FontDescriptor")
        if thing.get("/Subtype") == "/Type0":
            continue  # its descendant carries the file
        if descriptor is None or not any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
            raise HandbookError(
                name,
                f"the font {thing.get('/BaseFont')} is not embedded",
                "Every word must be set in a font of handbook/printing/fonts.",
            )
