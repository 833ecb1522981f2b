"""Where a line may end: a text in, the places out at which the next line may begin.

Latin words break at spaces, after the hyphens of compounds and within web addresses; Chinese breaks
between characters, but closing punctuation never begins a line and opening punctuation never ends
one (GB/T 15834 and the practice of Chinese setting). Arabic breaks at spaces alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Chinese characters, full-width forms and CJK punctuation, as a class of a regular expression.
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
#: Begin no line: closings, stops, what belongs to the number or word before.
_NO_START = frozenset(
    "、。，．：；！？）］｝〕〉》」』】〗〙〛”’…‥—–～·・％‰℃℉°′″％々〻ー,.:;!?)]}%/-"
    "\u00a0\u2060\u2069\u200d"
)
#: End no line: openings, signs that belong to the number after.
_NO_END = frozenset("（［｛〔〈《「『【〖〘〚“‘￥＄£$¥#＃№([{\u00a0\u2060\u2066\u2067\u2068\u200d")
_HAS_WIDE = re.compile(f"[{_WIDE}]")
_IS_WIDE = _HAS_WIDE.fullmatch
#: A date's year and month stay with what follows: "2026年11月22日".
_IN_DATE = frozenset("年月")
#: A last line of one character looks lost; a text of fewer than these cannot do better.
_LONE, _SHORT = re.compile("[\u3400-\u9fff](?=[^\u3400-\u9fff]{0,16}$)"), 12
#: After spaces; after the hyphen of a compound of two words in small letters ("follow-up" stays
#: whole: a line that begins with "up" is read wrong), after a dash without spaces.
_SPACED = re.compile(
    r"[ \u200b]+(?=[^ ])|(?<=[^\W\d_]{3}-)(?=[^\W\d_]{4})|(?<=[^\W\d_]—)(?=[^\W\d_])"
)
#: Within a web address: after its slashes, before its other signs; "www" does not stand alone.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u2066-\u2069]+")
_IN_ADDRESS = re.compile(r"(?<=[\w)]/)(?=\w)|(?<=\w)(?<!www)(?=[.?&=#_%])|(?<=\w-)(?=\w)")


def opportunities(text: str, together: Sequence[tuple[int, int]] = ()) -> list[int]:
    """The places in ``text`` before which a line may be broken, in order.

    :param together: parts (from, to) that are never broken, such as telephone numbers.
    """
    found = {match.end() for match in _SPACED.finditer(text)}
    if "/" in text:
        for address in _ADDRESS.finditer(text):
            inside = address[0]
            start = address.start()
            within = {start + match.end() for match in _IN_ADDRESS.finditer(inside)}
            found = {at for at in found if not start < at < address.end()} | within
    if _HAS_WIDE.search(text):
        found |= set(_between_wide(text))
    for first, last in together:
        found -= set(range(first + 1, last))
    return sorted(found)


def _between_wide(text: str) -> list[int]:
    places = []
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if not (_IS_WIDE(before) or _IS_WIDE(after)) or " " in (before, after):
            continue
        if before.isdigit() and after.isalpha():  # a number keeps its unit: "11月"
            continue
        if before in _IN_DATE and after.isdigit() and text[place - 2].isdigit():
            continue
        if after not in _NO_START and before not in _NO_END:
            places.append(place)
    lone = _LONE.search(text)
    if lone and len(text) > _SHORT:
        places = [place for place in places if place != lone.start()]
    return places


def begins_no_line(character: str) -> bool:
    """Whether a Chinese line never begins with this character."""
    return character in _NO_START


def ends_no_line(character: str) -> bool:
    """Whether a Chinese line never ends with this character."""
    return character in _NO_END
