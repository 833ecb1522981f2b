"""The clinic's logo: a picture file beside the profile, checked by what is in it.

It comes from outside and goes onto every cover and page, so an SVG may hold nothing but a drawing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from PIL import Image

from handbook import clinic_checks
from handbook.clinic_checks import BadEntry, Fault

_SVG = "{http://www.w3.org/2000/svg}"


def logo(value: Any, folder: Path) -> Path:
    """Check a logo: a PNG, JPEG or SVG in the profile's folder or below; return its path."""
    name = clinic_checks.text("logo", value)
    home = folder.resolve()
    path = (home / name).resolve()
    if not path.is_relative_to(home):
        raise BadEntry(
            Fault(
                "logo",
                f'"{name}" lies outside the folder of the profile',
                "Put the picture beside the profile and give its file name.",
            )
        )
    if not path.is_file():
        raise BadEntry(
            Fault(
                "logo", f'there is no file "{name}"', "Put it beside the profile, or mend the name."
            )
        )
    found = _picture_kind(path)
    wanted = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}.get(
        path.suffix.lower()
    )
    if not found or found != wanted:
        raise BadEntry(
            Fault(
                "logo",
                f'"{name}" is not a whole PNG, JPEG or SVG picture, or its name ends wrongly',
                "Save the picture again as PNG, JPEG or a plain SVG without scripts and links.",
            )
        )
    return path


def _picture_kind(path: Path) -> str | None:
    """Return PNG, JPEG or SVG by what is in the file; None for anything else or a broken file."""
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            kind = picture.format
            picture.load()
            return kind
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        pass
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.parse(str(path), parser)
    except (etree.XMLSyntaxError, OSError):
        return None
    if tree.getroot().tag != f"{_SVG}svg" or tree.docinfo.internalDTD is not None:
        return None
    if tree.xpath("//processing-instruction()"):  # it could load a style sheet
        return None
    return "SVG" if all(_is_harmless(element) for element in tree.iter("*")) else None


def _is_harmless(element: Any) -> bool:
    tag = etree.QName(element).localname.lower()
    if tag in ("script", "foreignobject", "style", "image", "set") or tag.startswith("animate"):
        return False
    for name, value in element.attrib.items():
        local = etree.QName(name).localname.lower()
        if local.startswith("on") or (local == "href" and not value.startswith("#")):
            return False
        if "url(" in value.lower() and not re.search(r"url\(\s*['\"]?#", value, re.IGNORECASE):
            return False
    return True
