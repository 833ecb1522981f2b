"""Brings a catalog up to date with its template, and loses nothing that a translator wrote.

polib does the reading and writing, since it keeps every header, comment and previous message;
sphinx-intl and babel drop the headers that say who drafted and reviewed a catalog
(docs/decisions/0003-own-catalog-merge.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

import polib

from handbook.translation.messages import has_words

# How alike an old and a new message have to be for the old translation to be offered: 0 to 1.
_ALIKE = 0.7


@dataclass
class Merged:
    """A catalog as it now is, and what happened to its messages."""

    catalog: polib.POFile
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def merge(
    catalog: polib.POFile, template: Iterable[polib.POEntry], memory: Mapping[str, str]
) -> Merged:
    """Return ``catalog`` with the messages of ``template``, in their order.

    A message that was there keeps its translation. One whose words have changed gets the nearest
    old translation, marked fuzzy, with the message it was made for; a fuzzy translation is never
    shown to readers. One that is translated elsewhere, word for word, gets that translation
    (``memory``). One with no words to translate gets itself. What is no longer in the template
    stays at the end, as obsolete; if its message comes back, so does its translation.
    """
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalog}
    wanted = list(template)
    left = {
        entry.msgid: entry
        for key, entry in known.items()
        if key not in {(new.msgctxt, new.msgid) for new in wanted}
    }
    candidates = {text: entry for text, entry in left.items() if entry.msgstr}
    merged = Merged(polib.POFile(wrapwidth=catalog.wrapwidth))
    merged.catalog.metadata = catalog.metadata
    merged.catalog.metadata_is_fuzzy = catalog.metadata_is_fuzzy
    merged.catalog.header = catalog.header
    for new in wanted:
        entry = polib.POEntry(
            msgctxt=new.msgctxt,
            msgid=new.msgid,
            msgid_plural=new.msgid_plural,
            occurrences=new.occurrences,
            comment=new.comment,
            flags=[flag for flag in new.flags if flag != "fuzzy"],
        )
        merged.catalog.append(entry)
        if old := known.get((new.msgctxt, new.msgid)):
            _keep(entry, old)
        elif text := _translated_elsewhere(new, memory):
            entry.msgstr = text
        elif matches := get_close_matches(new.msgid, candidates, 1, _ALIKE):
            merged.changed.append(new.msgid)
            _offer(entry, candidates[matches[0]])
            left.pop(matches[0], None)
        else:
            merged.new.append(new.msgid)
        if new.msgid_plural and not entry.msgstr_plural:
            entry.msgstr_plural = dict.fromkeys(range(_plural_forms(catalog)), "")
    for entry in left.values():
        if not entry.obsolete:
            merged.gone.append(entry.msgid)
        if entry.msgstr or any(entry.msgstr_plural.values()):
            entry.obsolete = True
            entry.occurrences = []
            merged.catalog.append(entry)
    return merged


def _keep(entry: polib.POEntry, old: polib.POEntry) -> None:
    entry.msgstr = old.msgstr
    if entry.msgid_plural:
        entry.msgstr_plural = old.msgstr_plural
    entry.tcomment = old.tcomment
    entry.previous_msgid = old.previous_msgid
    if "fuzzy" in old.flags:
        entry.flags.append("fuzzy")
    if not entry.msgstr and not entry.msgid_plural and not has_words(entry.msgid):
        entry.msgstr = entry.msgid


def _translated_elsewhere(new: polib.POEntry, memory: Mapping[str, str]) -> str:
    if new.msgid_plural:
        return ""
    return memory.get(new.msgid, "") or ("" if has_words(new.msgid) else str(new.msgid))


def _offer(entry: polib.POEntry, old: polib.POEntry) -> None:
    entry.msgstr = old.msgstr
    entry.tcomment = old.tcomment
    entry.previous_msgid = old.previous_msgid or old.msgid
    entry.flags.append("fuzzy")


def _plural_forms(catalog: polib.POFile) -> int:
    found = catalog.metadata.get("Plural-Forms", "").partition("nplurals=")[2]
    return int(found.partition(";")[0] or 2)
