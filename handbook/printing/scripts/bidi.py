"""The Unicode bidirectional algorithm (UAX #9, Unicode 15): a text in, its levels and order out.

:func:`levels` resolves a paragraph (rules P2 to I2); :func:`line_levels` and :func:`visual_order`
do what is left for each of its lines once they are broken (L1 and L2). Mirrored glyphs (L4) are
HarfBuzz's part: it gets each run with its direction. Comments name the rule they implement.
"""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

#: BD2: no embedding is deeper.
MAX_DEPTH = 125
#: BD16: so many openings may wait for their closing.
_MAX_WAITING = 63
_ISOLATES = {"LRI", "RLI", "FSI"}
_EMBEDDINGS = {"LRE", "RLE", "LRO", "RLO"}
#: X9: these take no part once levels are explicit.
REMOVED = _EMBEDDINGS | {"PDF", "BN"}
_NEUTRAL = {"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"}
_STRONG_RTL = {"R", "AL"}
#: The openings of Bidi_Paired_Bracket whose closing is the next code point, and those others.
_OPENINGS = """0F3A 0F3C 169B 2045 207D 208D 2308 230A 2329 2768 276A 276C 276E 2770 2772
    2774 27C5 27E6 27E8 27EA 27EC 27EE 2983 2985 2987 2989 298B 2991 2993 2995 2997 29D8 29DA 29FC
    2E22 2E24 2E26 2E28 2E55 2E57 2E59 2E5B 3008 300A 300C 300E 3010 3014 3016 3018 301A FE59 FE5B
    FE5D FF08 FF62"""
_PAIRS = {int(code, 16): int(code, 16) + 1 for code in _OPENINGS.split()} | {
    0x0028: 0x0029, 0x005B: 0x005D, 0x007B: 0x007D, 0x298D: 0x2990, 0x298F: 0x298E,
    0xFF3B: 0xFF3D, 0xFF5B: 0xFF5D, 0xFF5F: 0xFF60,
}  # fmt: skip
#: BD16: U+2329 and U+232A are the same brackets as U+3008 and U+3009.
_CANONICAL = {0x2329: 0x3008, 0x232A: 0x3009}
_CLOSINGS = frozenset(_PAIRS.values())


@functools.cache
def bidi_class(character: str) -> str:
    """The Bidi_Class of a character; what Unicode has not assigned counts as L."""
    return unicodedata.bidirectional(character) or "L"


def needs_reordering(text: str) -> bool:
    """Whether a text in a left-to-right paragraph is more than one run from left to right."""
    return not text.isascii() and any(
        bidi_class(character) in {"R", "AL", "AN", "RLE", "RLO", "RLI", "FSI"} for character in text
    )


def base_level(classes: Sequence[str], start: int = 0, *, isolate: bool = False) -> int:
    """P2, P3: 1 where the first strong character, isolates passed over, is right-to-left, else 0.

    :param isolate: stop at the PDI that closes the isolate begun before ``start`` (X5c).
    """
    depth = 0
    for kind in classes[start:]:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            if depth == 0 and isolate:
                return 0
            depth = max(0, depth - 1)
        elif depth == 0 and kind == "L":
            return 0
        elif depth == 0 and kind in _STRONG_RTL:
            return 1
    return 0


def levels(text: str, base: int | None) -> list[int]:
    """The embedding level of each character of a paragraph, before its lines are broken.

    :param base: 0 or 1, the direction of the paragraph; None takes it from the text (P2, P3).
    """
    return resolve([bidi_class(character) for character in text], base, text)[0]


def resolve(
    classes: Sequence[str], base: int | None, text: str | None = None
) -> tuple[list[int], int]:
    """The level of each class of a paragraph, and the paragraph's own.

    What X9 removes has the level of the character before it.

    :param text: the characters themselves, for bracket pairs (N0); None: there are none.
    """
    paragraph = base_level(classes) if base is None else base
    explicit, kinds = _explicit(classes, paragraph)
    for sequence in _sequences(classes, explicit, paragraph):
        sequence.resolve_weak(kinds)
        if text is not None:
            sequence.resolve_brackets(kinds, text, classes)
        sequence.resolve_neutral(kinds)
        for place in sequence.places:  # I1, I2
            kind, level = kinds[place], explicit[place]
            if level % 2 == 0:
                explicit[place] += {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
            else:
                explicit[place] += {"L": 1, "AN": 1, "EN": 1}.get(kind, 0)
    for place, kind in enumerate(classes):
        if kind in REMOVED:
            explicit[place] = explicit[place - 1] if place else paragraph
    return explicit, paragraph


def line_levels(classes: Sequence[str], found: Sequence[int], paragraph: int) -> list[int]:
    """L1: separators, and white space before them or at the line's end, get the paragraph's level.

    :param classes: of the characters of one line, with the levels ``found`` for them.
    """
    line = list(found)
    trailing = True
    for place in reversed(range(len(line))):
        kind = classes[place]
        if kind in {"B", "S"}:
            trailing = True
        elif kind not in {"WS", "PDI"} and kind not in _ISOLATES and kind not in REMOVED:
            trailing = False
        if trailing:
            line[place] = paragraph
    return line


def visual_order(line: Sequence[int]) -> list[int]:
    """L2: the places of a line's items from left to right, by their levels."""
    order = list(range(len(line)))
    if not line:
        return order
    lowest_odd = min((level for level in line if level % 2), default=max(line) + 1)
    for level in range(max(line), lowest_odd - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and line[order[end]] >= level:
                end += 1
            if end > start:
                order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order


# ---- explicit levels (X1 to X8) -----------------------------------------------------------------


def _explicit(classes: Sequence[str], paragraph: int) -> tuple[list[int], list[str]]:
    """Each character's explicit level, and its class after overrides."""
    found = [paragraph] * len(classes)
    kinds = list(classes)
    # X1: level, override ("" for none), whether an isolate.
    stack: list[tuple[int, str, bool]] = [(paragraph, "", False)]
    lost_isolates = lost_embeddings = valid_isolates = 0
    for place, kind in enumerate(classes):
        level, override, _ = stack[-1]
        if kind in _EMBEDDINGS:  # X2 to X5
            deeper = _next(level, rtl=kind[0] == "R")
            if deeper <= MAX_DEPTH and not lost_isolates and not lost_embeddings:
                stack.append((deeper, {"LRO": "L", "RLO": "R"}.get(kind, ""), False))
            elif not lost_isolates:
                lost_embeddings += 1
            found[place] = level
        elif kind in _ISOLATES:  # X5a to X5c
            found[place] = level
            kinds[place] = override or kind
            rtl = kind == "RLI"
            if kind == "FSI":
                rtl = base_level(classes, place + 1, isolate=True) == 1
            deeper = _next(level, rtl=rtl)
            if deeper <= MAX_DEPTH and not lost_isolates and not lost_embeddings:
                valid_isolates += 1
                stack.append((deeper, "", True))
            else:
                lost_isolates += 1
        elif kind == "PDI":  # X6a
            if lost_isolates:
                lost_isolates -= 1
            elif valid_isolates:
                lost_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            level, override, _ = stack[-1]
            found[place] = level
            kinds[place] = override or kind
        elif kind == "PDF":  # X7
            if lost_isolates:
                pass
            elif lost_embeddings:
                lost_embeddings -= 1
            elif not stack[-1][2] and len(stack) > 1:
                stack.pop()
            found[place] = stack[-1][0]
        elif kind == "B":  # X8
            found[place] = paragraph
        elif kind != "BN":  # X6
            found[place] = level
            kinds[place] = override or kind
    return found, kinds


def _next(level: int, *, rtl: bool) -> int:
    """The next odd (right-to-left) or even level."""
    return (level + 1) | 1 if rtl else (level + 2) & ~1


# ---- isolating run sequences (X10, BD13) --------------------------------------------------------


def _sequences(classes: Sequence[str], explicit: Sequence[int], paragraph: int) -> list[_Sequence]:
    """The isolating run sequences, with the direction before and after each (X10)."""
    kept = [place for place, kind in enumerate(classes) if kind not in REMOVED]
    runs: list[list[int]] = []
    for place in kept:
        if runs and explicit[runs[-1][-1]] == explicit[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    closing = _matching(classes)
    run_of_start = {run[0]: run for run in runs}
    continued = set(closing.values())
    sequences = []
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in continued:
            continue  # part of the sequence that its initiator begins
        places = list(run)
        while classes[places[-1]] in _ISOLATES and places[-1] in closing:
            places += run_of_start[closing[places[-1]]]
        level = explicit[places[0]]
        first, last = bisect_left(kept, places[0]), bisect_left(kept, places[-1])
        before = explicit[kept[first - 1]] if first else paragraph
        # After an initiator without its PDI comes the paragraph's end.
        ends = last + 1 >= len(kept) or classes[places[-1]] in _ISOLATES
        after = paragraph if ends else explicit[kept[last + 1]]
        sequences.append(
            _Sequence(places, level, _direction(max(before, level)), _direction(max(after, level)))
        )
    return sequences


def _matching(classes: Sequence[str]) -> dict[int, int]:
    """BD9: the PDI of each isolate initiator that has one."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for place, kind in enumerate(classes):
        if kind in _ISOLATES:
            waiting.append(place)
        elif kind == "PDI" and waiting:
            found[waiting.pop()] = place
        elif kind == "B":
            waiting.clear()
    return found


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


@dataclass
class _Sequence:
    """An isolating run sequence: its places, level, and the directions at its two ends."""

    places: list[int]
    level: int
    start: str
    end: str

    def resolve_weak(self, kinds: list[str]) -> None:
        """W1 to W7, in place."""
        places = self.places
        before = self.start
        for place in places:  # W1
            if kinds[place] == "NSM":
                kinds[place] = "ON" if before in _ISOLATES or before == "PDI" else before
            before = kinds[place]
        strong = self.start
        for place in places:  # W2, W3
            kind = kinds[place]
            if kind in {"L", "R", "AL"}:
                strong = kind
            elif kind == "EN" and strong == "AL":
                kinds[place] = "AN"
            if kind == "AL":
                kinds[place] = "R"
        for at in range(1, len(places) - 1):  # W4
            kind = kinds[places[at]]
            around = kinds[places[at - 1]]
            if around != kinds[places[at + 1]]:
                continue
            if (kind == "ES" and around == "EN") or (kind == "CS" and around in {"EN", "AN"}):
                kinds[places[at]] = around
        self._resolve_terminators(kinds)
        strong = self.start
        for place in places:
            kind = kinds[place]
            if kind in {"ES", "ET", "CS"}:  # W6
                kinds[place] = "ON"
            elif kind in {"L", "R"}:
                strong = kind
            elif kind == "EN" and strong == "L":  # W7
                kinds[place] = "L"

    def _resolve_terminators(self, kinds: list[str]) -> None:
        """W5: terminators beside a European number belong to it."""
        at = 0
        while at < len(self.places):
            end = at
            while end < len(self.places) and kinds[self.places[end]] == "ET":
                end += 1
            if end > at:
                left = at > 0 and kinds[self.places[at - 1]] == "EN"
                right = end < len(self.places) and kinds[self.places[end]] == "EN"
                if left or right:
                    for place in self.places[at:end]:
                        kinds[place] = "EN"
            at = max(end, at + 1)

    def resolve_brackets(self, kinds: list[str], text: str, classes: Sequence[str]) -> None:
        """N0, in place."""
        embedding = _direction(self.level)
        for first, last in self._bracket_pairs(kinds, text):
            inside = {_strong(kinds[place]) for place in self.places[first + 1 : last]} - {""}
            if embedding in inside:  # N0 b
                chosen = embedding
            elif inside:  # N0 c
                context = self._strong_before(kinds, first)
                chosen = context if context != embedding else embedding
            else:  # N0 d
                continue
            for at in (first, last):
                kinds[self.places[at]] = chosen
                for place in self.places[at + 1 :]:  # marks on a bracket go with it
                    if classes[place] != "NSM":
                        break
                    kinds[place] = chosen

    def _strong_before(self, kinds: list[str], at: int) -> str:
        for place in reversed(self.places[:at]):
            if found := _strong(kinds[place]):
                return found
        return self.start

    def _bracket_pairs(self, kinds: list[str], text: str) -> list[tuple[int, int]]:
        """BD16: pairs of places in this sequence, by their openings."""
        waiting: list[tuple[int, int]] = []
        pairs: list[tuple[int, int]] = []
        for at, place in enumerate(self.places):
            code = ord(text[place])
            if kinds[place] != "ON":
                continue
            if code in _PAIRS:
                if len(waiting) == _MAX_WAITING:
                    return []
                closing = _PAIRS[code]
                waiting.append((_CANONICAL.get(closing, closing), at))
            elif code in _CLOSINGS:
                code = _CANONICAL.get(code, code)
                for depth in reversed(range(len(waiting))):
                    if waiting[depth][0] == code:
                        pairs.append((waiting[depth][1], at))
                        del waiting[depth:]
                        break
        return sorted(pairs)

    def resolve_neutral(self, kinds: list[str]) -> None:
        """N1 and N2, in place."""
        embedding = _direction(self.level)
        at = 0
        while at < len(self.places):
            end = at
            while end < len(self.places) and kinds[self.places[end]] in _NEUTRAL:
                end += 1
            if end > at:
                before = _strong(kinds[self.places[at - 1]]) if at else self.start
                after = _strong(kinds[self.places[end]]) if end < len(self.places) else self.end
                for place in self.places[at:end]:
                    kinds[place] = before if before == after else embedding
            at = max(end, at + 1)


def _strong(kind: str) -> str:
    """The direction of a class where numbers count as R (N0, N1); "" for neutrals."""
    if kind == "L":
        return "L"
    return "R" if kind in {"R", "EN", "AN"} else ""
