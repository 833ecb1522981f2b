"""Direction: which way a language is written, and the bidi levels of a text in it."""

from __future__ import annotations

import functools
import re

from handbook.printing.scripts import bidi

#: Written from right to left, of the languages that the fonts can set.
_RTL = frozenset({"ar"})
_LRI, _PDI = "\u2066", "\u2069"
#: Digits in groups: times, dates, decimals.
_GROUP = r"\d+(?:[.,:/]\d+)*"
#: What in text from right to left is read from left to right as one piece, though its signs are
#: neutral: telephone numbers, ranges, degrees, edition codes that begin with a digit.
_ONE_PIECE = re.compile(
    rf"(?:\+|\(\d+\)[ \u00a0-]?)?{_GROUP}(?:(?:[ \u00a0]?[–−×-][ \u00a0]?|[ \u00a0]){_GROUP})*"
    r"(?:[ \u00a0]?(?:°[CF]?|%))?"
    r"(?:[._@:/?=&#+-]*[A-Za-z0-9]+)*"
)
#: The end of a Latin word or address, and the space before the number that belongs to it.
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9._@:/?=&#+-]*[ \u00a0]?$")
#: Where the search for that word begins, at most so many characters before the number.
_LONGEST_WORD = 60


@functools.cache
def is_rtl(language: str) -> bool:
    """Whether a language (BCP 47 or Sphinx's code) is written from right to left."""
    return re.split("[-_]", language)[0] in _RTL


def has_rtl(text: str) -> bool:
    """Whether a text has a letter that is written from right to left."""
    return any(bidi.bidi_class(character) in ("R", "AL") for character in text)


def runs_rtl(text: str, language: str) -> bool:
    """Whether a paragraph in a language runs from right to left.

    One without a letter of that direction (an address in English in an Arabic book) does not, if
    it has others.
    """
    if not is_rtl(language):
        return False
    kinds = {bidi.bidi_class(character) for character in text}
    return bool(kinds & {"R", "AL"}) or "L" not in kinds


def levels(text: str, *, rtl: bool) -> list[int] | None:
    """The bidi level of each character of a paragraph; None: all are 0.

    In text from right to left, numbers and codes are isolated: their parts keep their order.
    """
    if not rtl:
        return bidi.levels(text, 0) if bidi.needs_reordering(text) else None
    guarded = ""
    own: list[bool] = []  # of each guarded character: whether it is the text's
    at = 0
    for match in _ONE_PIECE.finditer(text):
        first, last = match.span()
        if _LATIN_WORD.search(text, max(0, first - _LONGEST_WORD), first):
            continue  # UAX #9, W7: it goes with the word
        guarded += f"{text[at:first]}{_LRI}{match[0]}{_PDI}"
        own += [*[True] * (first - at), False, *[True] * (last - first), False]
        at = last
    guarded += text[at:]
    own += [True] * (len(text) - at)
    found = bidi.levels(guarded, 1)
    return [level for level, kept in zip(found, own, strict=True) if kept]
