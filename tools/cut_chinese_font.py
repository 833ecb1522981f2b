"""Cut Noto Sans SC to what the handbook prints: how its files in handbook/printing/fonts were made.

    python tools/cut_chinese_font.py PACKAGE UNIHAN

PACKAGE is the unpacked npm package @expo-google-fonts/noto-sans-sc (0.4.3; static TrueType, OFL),
UNIHAN is Unicode's Unihan_OtherMappings.txt (15.0). What stays: the 8,105 characters of the
General Standard list (Tongyong Guifan Hanzi Biao, property kTGH), punctuation, and full-width
forms; no hints, no vertical setting. The same input gives the same bytes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import uharfbuzz as hb

FONTS = Path(__file__).resolve().parent.parent / "handbook" / "printing" / "fonts"
#: First and last of each range of punctuation and signs: Latin, general, arrows, enclosed numbers,
#: CJK symbols, vertical and full-width forms.
RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x203B), (0x2070, 0x2079), (0x2103, 0x2103),
          (0x2160, 0x216B), (0x2190, 0x2193), (0x2460, 0x2473), (0x25A0, 0x25CF), (0x2605, 0x2606),
          (0x3000, 0x301F), (0xFF00, 0xFFEF))  # fmt: skip
LISTED = 8105


def standard_characters(unihan: Path) -> set[int]:
    """The characters of the General Standard list."""
    lines = unihan.read_text("utf-8").splitlines()
    found = (re.match(r"U\+([0-9A-F]+)\tkTGH\t", line) for line in lines)
    return {int(match[1], 16) for match in found if match}


def cut(source: Path, characters: set[int]) -> bytes:
    """The font with these characters alone."""
    face = hb.Face(hb.Blob.from_file_path(str(source)))
    wanted = hb.SubsetInput()
    wanted.unicode_set.clear()
    wanted.unicode_set.update(characters)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag, "big") for tag in (b"kern", b"halt"))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    return bytes(hb.subset(face, wanted).blob.data)


def main() -> None:
    """Write both weights."""
    package, unihan = Path(sys.argv[1]), Path(sys.argv[2])
    listed = standard_characters(unihan)
    if len(listed) != LISTED:
        sys.exit(f"{unihan}: {len(listed)} characters have kTGH, and the list has {LISTED}")
    characters = listed | {code for first, last in RANGES for code in range(first, last + 1)}
    for number, weight in ((400, "Regular"), (700, "Bold")):
        data = cut(package / f"{number}{weight}" / f"NotoSansSC_{number}{weight}.ttf", characters)
        (FONTS / f"NotoSansSC-{weight}.ttf").write_bytes(data)
        print(f"NotoSansSC-{weight}.ttf: {len(data):,} bytes")


if __name__ == "__main__":
    main()
