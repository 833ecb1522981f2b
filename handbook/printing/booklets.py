"""Which chapters go into which booklet: as many as staples hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

#: A page of a booklet holds so many words at least, boxes, headings and sources included.
_WORDS_A_PAGE = 136
#: Staples hold 64 pages; some are left for the cover, the contents and the estimate.
_PAGES = 56
#: A single chapter may take nearly all of them.
_MOST = 60


def words_of(text: str) -> int:
    """How many words a text has; two Chinese characters take about the room of one."""
    wide = sum("\u3000" <= character <= "\u9fff" for character in text)
    return len(text.split()) + wide // 2


def volumes(chapters: Sequence[tuple[str, int]]) -> list[list[str]]:
    """Divide the chapters of a part into booklets of about the same size, in order.

    A chapter that no staples hold (the list of all sources) is left out of a part's booklets.

    :param chapters: (document, number of its words).
    :returns: the documents of each booklet.
    """
    if len(chapters) > 1:
        chapters = [one for one in chapters if one[1] <= _WORDS_A_PAGE * _MOST]
    total = sum(words for _docname, words in chapters)
    count = -(-total // (_WORDS_A_PAGE * _PAGES))
    share = total / max(count, 1)
    placed: list[tuple[int, str]] = []
    before = 0
    for docname, words in chapters:
        # A chapter goes where its middle lies.
        placed.append((int((before + words / 2) // share) if share else 0, docname))
        before += words
    return [[docname for _, docname in group] for _, group in groupby(placed, lambda pair: pair[0])]
