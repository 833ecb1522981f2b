"""How one source reads in a list of sources, in the language of the build."""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from docutils import nodes

from handbook.edition import medium_date, month_year
from handbook.sources.bibliography import Source
from handbook.translation.interface import _

#: An address of at most so many characters is printed whole: a reader may type it.
_SHORT_ADDRESS = 34


def entry(
    source: Source, language: str, parts: Iterable[str] = (), said: date | None = None
) -> nodes.paragraph:
    """Return the paragraph for a source: who, what, where, its own date, when it was read, address.

    A chapter lists up to 80 of them, so each is as short as it can be and still be clear.

    :param language: of the build; words of a source in another language are marked with theirs.
    :param parts: the parts of the source that the chapter refers to, such as "5.1".
    :param said: a day of reading that the list itself names, so that the entry need not.
    """
    words = nodes.inline("", _who_and_what(source), classes=["source-words"])
    if source.language.partition("_")[0] != language.partition("_")[0]:
        words["lang"] = source.language
    notes = [_dated(source, language)]
    listed = ", ".join(parts)
    if listed:
        notes.append(_("Parts: {parts}.").replace("{parts}", listed))
    if source.read_on != said:
        notes.append(_("Read {date}.").replace("{date}", medium_date(source.read_on, language)))
    shown = source.address.removeprefix("https://")
    address = nodes.reference(
        "", shown, refuri=source.address, internal=False, classes=["source-address"]
    )
    about = " ".join(["", *filter(None, notes), ""])
    return nodes.paragraph("", "", words, nodes.Text(about), address)


def short_entry(
    source: Source, language: str, read_on: date, parts: Iterable[str] = ()
) -> nodes.paragraph:
    """Return the paragraph for a source in a printed chapter: one or two lines, to be searched for.

    Publishers have short names, papers their first author alone, and of a long address only the
    site is shown, with a link to the whole. The book's own list has everything.

    :param read_on: the day that the list itself names; another day is told in the entry.
    """
    who = source.authors[0] if source.authors else ""
    if source.more_authors or len(source.authors) > 1:
        who = _("{authors} and others").replace("{authors}", who)
    publisher = "" if source.journal else _short_names().get(source.publisher, source.publisher)
    where = " ".join(part for part in (source.journal, source.issue) if part)
    said = " ".join(_closed(one) for one in (who, publisher, source.title, where) if one)
    words = nodes.inline("", said, classes=["source-words"])
    if source.language.partition("_")[0] != language.partition("_")[0]:
        words["lang"] = source.language
    notes = [_dated(source, language)] if source.dated and not source.journal else []
    listed = ", ".join(parts)
    if listed:
        notes.append(_("Parts: {parts}.").replace("{parts}", listed))
    if source.read_on != read_on:
        notes.append(_("Read {date}.").replace("{date}", medium_date(source.read_on, language)))
    shown = source.address.removeprefix("https://")
    if len(shown) > _SHORT_ADDRESS:
        shown = urlsplit(source.address).netloc.removeprefix("www.")
    address = nodes.reference(
        "", shown, refuri=source.address, internal=False, classes=["source-address"]
    )
    about = " ".join(["", *notes, ""])
    return nodes.paragraph("", "", words, nodes.Text(about), address)


@functools.cache
def _short_names() -> dict[str, str]:
    path = Path(__file__).parent / "publishers.toml"
    names: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return names


def sort_key(source: Source) -> tuple[str, str]:
    """Return what to sort by: the words as printed, without case and accents; then the key."""
    words = unicodedata.normalize("NFKD", _who_and_what(source).casefold())
    return "".join(c for c in words if not unicodedata.combining(c)), source.key


def _who_and_what(source: Source) -> str:
    who = ", ".join(source.authors)
    if source.more_authors:
        who = _("{authors} and others").replace("{authors}", who)
    where = " ".join(part for part in (source.journal, source.issue) if part)
    sentences = [who, source.publisher, source.title, where]
    if source.journal:
        sentences = [who, source.title, where, source.publisher]
    return " ".join(_closed(words) for words in sentences if words)


def _closed(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else words + "."


def _dated(source: Source, language: str) -> str:
    if source.dated is None:
        # An article says its year; only of a page is it worth saying that it shows none.
        return "" if source.journal else _("No date.")
    precision = source.dated.count("-")
    if precision == 2:
        shown = medium_date(date.fromisoformat(source.dated), language)
    elif precision == 1:
        shown = month_year(date.fromisoformat(source.dated + "-01"), language)
    else:
        shown = source.dated
    return _("Dated {date}.").replace("{date}", shown)
