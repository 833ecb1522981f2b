"""The press file: a laid-out book for a print shop, with bleed, crop marks and CMYK.

Pictures and areas become CMYK by formula, without a colour profile; all text becomes black alone
(K), so that no thin letter is printed from four plates. What touches the page's edge is drawn past
it by the page itself. This is no PDF/X: docs/printing.md says what a printer must still check.
All lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Name, Operator
from PIL import Image, ImageChops

BLEED = 3 * 72 / 25.4  # 3 mm
#: Room round the bleed for the crop marks.
SLUG = 7 * 72 / 25.4
_GAP = 0.5  # between the bleed and a mark
_MARK_WEIGHT = 0.25
_DROPPED = {"BMC", "BDC", "EMC", "DP", "MP"}
Ink = tuple[float, float, float, float]


def cmyk(red: float, green: float, blue: float) -> Ink:
    """Inks of a colour, 0 to 1 each: its grey part is black ink alone (full grey replacement)."""
    black = 1 - max(red, green, blue)
    if black >= 1:
        return (0, 0, 0, 1)
    cyan, magenta, yellow = ((1 - part - black) / (1 - black) for part in (red, green, blue))
    return (round(cyan, 3), round(magenta, 3), round(yellow, 3), round(black, 3))


def text_ink(red: float, green: float, blue: float) -> Ink:
    """Black ink for a colour of text: dark text in full black, light text (on a band) in none.

    The weights are those of relative luminance (ITU-R BT.709).
    """
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    if light < 0.4:
        return (0, 0, 0, 1)
    return (0, 0, 0, round(1 - light, 3))


def press(laid: bytes) -> bytes:
    """Turn a laid-out PDF into a press file.

    :param laid: the PDF as it was laid out, in RGB, its pages trimmed.
    :returns: a PDF with TrimBox, BleedBox and crop marks, in CMYK, without links and tags.
    """
    packed = BytesIO()
    with pikepdf.open(BytesIO(laid)) as document:
        converted: set[tuple[int, int]] = set()
        for page in document.pages:
            width, height = (float(edge) for edge in list(page.mediabox)[2:])
            _convert_objects(document, page.obj.get("/Resources"), converted)
            content = _content(document, page, width, height)
            page.obj.Contents = document.make_stream(content)
            _boxes(page, width, height)
            for key in ("/Annots", "/StructParents", "/Tabs"):
                if key in page.obj:
                    del page.obj[key]
        for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageMode", "/Dests", "/Names"):
            if key in document.Root:
                del document.Root[key]
        document.remove_unreferenced_resources()
        document.save(packed, deterministic_id=True)
    return packed.getvalue()


def _boxes(page: pikepdf.Page, width: float, height: float) -> None:
    edge = BLEED + SLUG
    page.obj.MediaBox = Array([Decimal(f"{n:.3f}") for n in _grown(width, height, edge)])
    page.obj.BleedBox = Array([Decimal(f"{n:.3f}") for n in _grown(width, height, BLEED)])
    page.obj.TrimBox = Array([Decimal(f"{n:.3f}") for n in _grown(width, height, 0)])
    if "/CropBox" in page.obj:
        del page.obj["/CropBox"]


def _grown(width: float, height: float, edge: float) -> tuple[float, float, float, float]:
    return (-edge, -edge, width + edge, height + edge)


def _content(document: pikepdf.Pdf, page: pikepdf.Page, width: float, height: float) -> bytes:
    """The page's operators, in CMYK, within its bleed, and its crop marks."""
    left, bottom, right, top = _grown(width, height, BLEED)
    clip = f"q {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n\n"
    inside = pikepdf.unparse_content_stream(list(_in_cmyk(pikepdf.parse_content_stream(page))))
    return clip.encode() + inside + b"\nQ\n" + _crop_marks(width, height).encode()


def _crop_marks(width: float, height: float) -> str:
    """Two lines at each corner, outside the bleed, in all inks."""
    near, far = BLEED + _GAP, BLEED + SLUG
    lines = [f"q 1 1 1 1 K {_MARK_WEIGHT} w"]
    for x, away in ((0.0, -1), (width, 1)):
        for y, up in ((0.0, -1), (height, 1)):
            lines.append(f"{x + away * near:.3f} {y:.3f} m {x + away * far:.3f} {y:.3f} l S")
            lines.append(f"{x:.3f} {y + up * near:.3f} m {x:.3f} {y + up * far:.3f} l S")
    return "\n".join([*lines, "Q"])


@dataclass(frozen=True)
class _Colors:
    """The colours that a content stream has set, as it set them."""

    fill: tuple[float, float, float] = (0, 0, 0)
    stroke: tuple[float, float, float] = (0, 0, 0)


def _in_cmyk(instructions: Any) -> Iterator[tuple[Any, Operator]]:
    """Operators with their colours as inks; in text, as black ink."""
    stack: list[_Colors] = []
    colors = _Colors()
    in_text = False

    def inked(stroke: bool) -> tuple[Any, Operator]:
        make = text_ink if in_text else cmyk
        color = colors.stroke if stroke else colors.fill
        return [Decimal(f"{part:g}") for part in make(*color)], Operator("K" if stroke else "k")

    yield inked(stroke=False)
    yield inked(stroke=True)
    for instruction in instructions:
        name = str(instruction.operator)
        if name in _DROPPED:
            continue
        if name in ("rg", "RG", "g", "G"):
            parts = [float(part) for part in instruction.operands]
            color = (parts[0], parts[-1] if len(parts) == 1 else parts[1], parts[-1])
            stroke = name in ("RG", "G")
            colors = replace(colors, **{"stroke" if stroke else "fill": color})
            yield inked(stroke)
            continue
        if name == "q":
            stack.append(colors)
        elif name == "Q" and stack:
            colors = stack.pop()
        yield instruction.operands, instruction.operator
        if name in ("BT", "ET"):
            in_text = name == "BT"
            yield inked(stroke=False)


def _convert_objects(
    document: pikepdf.Pdf, resources: Any, converted: set[tuple[int, int]]
) -> None:
    """Pictures and forms that a page draws, in CMYK; each once."""
    if resources is None or "/XObject" not in resources:
        return
    for thing in resources.XObject.values():
        if thing.objgen in converted:
            continue
        converted.add(thing.objgen)
        if thing.Subtype == Name.Form:
            _convert_objects(document, thing.get("/Resources"), converted)
            operators = list(_in_cmyk(pikepdf.parse_content_stream(thing)))
            thing.write(pikepdf.unparse_content_stream(operators))
        elif thing.Subtype == Name.Image and thing.get("/ColorSpace") == Name.DeviceRGB:
            _convert_image(thing)


def _convert_image(image: pikepdf.Stream) -> None:
    picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    pixels = _separated(picture)
    image.write(pixels.tobytes())
    image.ColorSpace = Name.DeviceCMYK
    for key in ("/Decode", "/DecodeParms"):
        if key in image:
            del image[key]


def _separated(picture: Image.Image) -> Image.Image:
    """A picture in inks, by the rule of :func:`cmyk`."""
    bright = picture.split()
    light = ImageChops.lighter(ImageChops.lighter(bright[0], bright[1]), bright[2])
    scale = light.point(lambda value: value or 1)
    inks = [
        Image.frombytes(
            "L",
            picture.size,
            bytes(
                255 * (most - part) // most
                for most, part in zip(scale.tobytes(), band.tobytes(), strict=True)
            ),
        )
        for band in bright
    ]
    return Image.merge("CMYK", [*inks, ImageChops.invert(light)])
