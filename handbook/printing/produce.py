"""An output in, its finished file in place: what is made of the laid-out pages, kind by kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handbook.errors import HandbookError
from handbook.files import put
from handbook.printing.finish import finished
from handbook.printing.imposition import MOST_PAGES, impose
from handbook.printing.output import Output, lay_out
from handbook.printing.press import press
from handbook.printing.theme import BOOKLET_PAPERS, PAPERS


def produce(output: Output) -> None:
    """Lay an output out and put its file in place, whole or not at all.

    :raises HandbookError: as :func:`lay_out` and :func:`finished`; a booklet that is too thick.
    """
    make = _MAKERS.get(output.kind, _reading)
    put(make(output), output.path)


def _reading(output: Output) -> bytes:
    return finished(lay_out(output), output.path.name)


def _press(output: Output) -> bytes:
    return press(lay_out(output).pdf)


def _booklet(output: Output) -> bytes:
    """Pages fill whole sheets; those to spare have lines to write on."""
    laid = lay_out(output)
    spare = -laid.pages % 4
    if laid.pages + spare > MOST_PAGES:
        raise HandbookError(
            output.path.name,
            f"a booklet of {laid.pages} pages is too thick for staples (at most {MOST_PAGES})",
            "Print its chapters one by one: make booklet CHAPTER=name.",
        )
    if spare:
        laid = lay_out(replace(output, notes=spare))
    paper = next(sheet for sheet, page in BOOKLET_PAPERS.items() if page == output.look.paper)
    right_to_left = output.look.direction == "rtl"
    return impose(laid.pdf, PAPERS[paper], right_to_left=right_to_left)


_MAKERS: dict[str, Callable[[Output], bytes]] = {"press": _press, "booklet": _booklet}
