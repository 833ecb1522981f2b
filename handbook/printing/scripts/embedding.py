"""Shaped runs in; the operators that show them and, in the end, the font's objects in the PDF out.

A face becomes one Type 0 font of the glyphs that are used. Each glyph with the characters that it
stands for has a code of its own, so that text can be searched, copied and read aloud whatever
forms, ligatures and marks it is drawn with. A glyph that is shifted (a mark above a letter) or that
stands further from its neighbour becomes a glyph of its own, with its place and width in the font:
programs that read a PDF take what is raised or moved by operators for other lines and words.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from handbook.printing.scripts.faces import EMPTY, Face, Glyph, Shaped

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{maps}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class EmbeddedFont:
    """A face in one PDF document.

    :ivar resource: what content streams call it ("/S1").
    """

    def __init__(self, face: Face, document: Any) -> None:
        self.face = face
        self.resource = f"/S{len(document.fontMapping) + 1}"
        document.fontMapping[face.name] = self.resource
        document.delayedFonts.append(self)
        self._codes: dict[Glyph, int] = {}
        #: Those of them that are not as the font has them: shifted, or of another width.
        self._placed: list[Glyph] = []
        self._shown: dict[int, str] = {}
        self._kept: list[Shaped] = []  # so that no id is used twice

    @classmethod
    def of(cls, face: Face, document: Any) -> EmbeddedFont:
        """The face's font in a document of ReportLab's, made when it is asked for first."""
        fonts: dict[str, EmbeddedFont] = document.__dict__.setdefault("handbook_fonts", {})
        if face.name not in fonts:
            fonts[face.name] = cls(face, document)
        return fonts[face.name]

    def show(self, run: Shaped) -> str:
        """What stands between "[" and "] TJ" for a run; the pen goes from its left to its right."""
        found = self._shown.get(id(run))
        if found is None:
            self._kept.append(run)
            found = self._shown[id(run)] = self._show(run)
        return found

    def _show(self, run: Shaped) -> str:
        parts: list[str] = []
        codes = ""
        for glyph in run.glyphs:
            nominal = self.face.nominal(glyph.number) if glyph.number != EMPTY else None
            kern = 0.0
            if not run.rtl and not glyph.dx and not glyph.dy and nominal is not None:
                # Pairs are many in Latin type; they are moved by numbers between the codes.
                kern = nominal - glyph.advance
                glyph = glyph._replace(advance=nominal)
            codes += f"{self._code(glyph, nominal):04X}"
            if abs(kern) > 0.5:
                parts.append(f"<{codes}>{_number(kern)}")
                codes = ""
        if codes:
            parts.append(f"<{codes}>")
        return "".join(parts)

    def _code(self, glyph: Glyph, nominal: float | None) -> int:
        code = self._codes.get(glyph)
        if code is None:
            code = self._codes[glyph] = len(self._codes) + 1
            if glyph.dx or glyph.dy or glyph.advance != nominal:
                self._placed.append(glyph)
        return code

    # ---- the objects of the font ----------------------------------------------------------------

    def addObjects(self, document: Any) -> None:
        """Called by ReportLab when the document is put together."""
        name = self.resource[1:]
        base = f"{_tag(document, self)}+{self.face.name}"
        data, places = self._subset()
        ascent, descent = self.face.extents
        box = [round(number) for number in self._box(data)]
        file = _stream(document, f"{name}-file", data, Length1=len(data))
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(base),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(box),
                "ItalicAngle": -12 if "Italic" in self.face.name else 0,
                "Ascent": round(ascent),
                "Descent": round(descent),
                "CapHeight": 700,
                "StemV": 140 if "Bold" in self.face.name else 88,
                "FontFile2": file,
            }
        )
        to_glyph = b"\0\0" + b"".join(places[glyph].to_bytes(2, "big") for glyph in self._codes)
        widths = [round(glyph.advance, 2) for glyph in self._codes]
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(base),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(descriptor, f"{name}-descriptor"),
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray(widths)]),
                "CIDToGIDMap": _stream(document, f"{name}-glyphs", to_glyph),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(base),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray(
                    [document.Reference(descendant, f"{name}-descendant")]
                ),
                "ToUnicode": _stream(document, f"{name}-unicode", self._to_unicode().encode()),
            }
        )
        document.idToObject[pdfdoc.BasicFonts].dict[name] = document.Reference(font, name)

    def _subset(self) -> tuple[bytes, dict[Glyph, int]]:
        """The font file of the used glyphs, and each one's place in it."""
        wanted = hb.SubsetInput()
        wanted.unicode_set.clear()
        wanted.glyph_set.update({glyph.number for glyph in self._codes} - {EMPTY})
        wanted.layout_feature_tag_set.clear()
        wanted.drop_table_tag_set.update(
            int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"BASE", b"STAT")
        )
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        plan = hb.SubsetPlan(self.face.hb_face, wanted)
        data = bytes(plan.execute().blob.data)
        numbers = dict(plan.old_to_new_glyph_mapping)
        places = {glyph: numbers.get(glyph.number, 0) for glyph in self._codes}
        if self._placed:
            data, count = self._with_placed(data, numbers)
            places.update(zip(self._placed, range(count, count + len(self._placed)), strict=True))
        return data, places

    def _with_placed(self, data: bytes, numbers: dict[int, int]) -> tuple[bytes, int]:
        """The font with the placed glyphs after its own, and how many its own are."""
        # Most fonts have none: fontTools is loaded when it is needed.
        from fontTools.ttLib import TTFont
        from fontTools.ttLib.tables._g_l_y_f import Glyph as Outline
        from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

        font = TTFont(BytesIO(data), recalcTimestamp=False)
        order = list(font.getGlyphOrder())
        own = len(order)
        outlines, measures = font["glyf"], font["hmtx"]
        units = self.face.hb_face.upem / 1000
        for place, glyph in enumerate(self._placed):
            name = f"placed{place}"
            outline = Outline()
            left = 0
            if glyph.number != EMPTY:
                component = GlyphComponent()
                component.glyphName = order[numbers[glyph.number]]
                component.x, component.y = round(glyph.dx * units), round(glyph.dy * units)
                component.flags = 0x0002 | 0x0200  # offsets; the metrics are this glyph's own
                base = outlines[component.glyphName]
                if base.numberOfContours:
                    outline.numberOfContours, outline.components = -1, [component]
                    left = base.xMin + component.x
            outlines[name] = outline
            measures[name] = (round(glyph.advance * units), left)
        font.setGlyphOrder([*order, *(f"placed{place}" for place in range(len(self._placed)))])
        packed = BytesIO()
        font.save(packed)
        return packed.getvalue(), own

    def _box(self, data: bytes) -> list[float]:
        head = hb.Face(data).reference_table("head").data
        scale = 1000 / self.face.hb_face.upem
        return [
            int.from_bytes(head[at : at + 2], "big", signed=True) * scale for at in (36, 38, 40, 42)
        ]

    def _to_unicode(self) -> str:
        """Which characters each code stands for."""
        lines = [
            f"<{code:04X}> <{glyph.text.encode('utf-16-be').hex().upper()}>"
            for glyph, code in self._codes.items()
        ]
        maps = []
        for start in range(0, len(lines), 100):
            group = lines[start : start + 100]
            maps += [f"{len(group)} beginbfchar", *group, "endbfchar"]
        return _CMAP.format(maps="\n".join(maps))


def _stream(document: Any, name: str, content: bytes, **entries: int) -> Any:
    stream = pdfdoc.PDFStream(content=zlib.compress(content))
    stream.dictionary.dict.update({"Filter": pdfdoc.PDFName("FlateDecode"), **entries})
    return document.Reference(stream, name)


def _tag(document: Any, font: EmbeddedFont) -> str:
    """The six letters that begin a subset's name (ISO 32000-1, 9.6.4), another for each font."""
    place = document.delayedFonts.index(font)
    return "HANDB" + chr(ord("A") + place % 26)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text
