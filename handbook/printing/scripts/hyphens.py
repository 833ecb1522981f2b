"""Hyphenation: a word in, the places out where it may be divided at a line's end (pyphen).

Only for languages with a dictionary. Never divided: short words, names (they begin with a capital),
words with digits or capitals within, and the names of medicines, which readers compare letter by
letter with what stands on the box.
"""

from __future__ import annotations

import functools
import re

import pyphen

#: English is spelled as in the United States.
_DICTIONARIES = {"en": "en_US", "es": "es"}
#: A word is divided only if it is this long, and so many letters stay on each side.
_SHORTEST, _LEFT, _RIGHT = 7, 3, 3
_WORD = re.compile(r"[^\W\d_]+")
#: How international names of medicines end (WHO's stems), in English and in Spanish.
_MEDICINE = re.compile(
    r".*(mab|mabs|nib|nibs|leucel|autoleucel|tinib|rafenib|ciclib|parib|zomib|limus|sone|solone|"
    r"lone|sona|solona|lona|kin|leukin|kina|feron|stim|cept|fusp|tide|tida|vir|cillin|cilina|cycline|"
    r"ciclina|azole|azol|floxacin|floxacino|prazole|prazol|statin|statina|platin|platino|taxel|"
    r"rubicin|rubicina|trexate|trexato|mide|mida|mod|tecan|vec|repvec)"
)


@functools.cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    name = _DICTIONARIES.get(language.partition("-")[0])
    return pyphen.Pyphen(lang=name, left=_LEFT, right=_RIGHT) if name else None


@functools.cache
def places(word: str, language: str) -> tuple[int, ...]:
    """Where a word may be divided, from its end to its start; nowhere: an empty tuple.

    :param word: with the punctuation that stands around it; a compound with a hyphen is no word.
    :param language: BCP 47.
    """
    dictionary = _dictionary(language)
    found = _WORD.search(word)
    if dictionary is None or found is None:
        return ()
    letters = found[0]
    if len(letters) < _SHORTEST or not letters.islower() or _MEDICINE.fullmatch(letters):
        return ()
    if any(character.isalnum() or character in "-/@." for character in word[found.end() : -1]):
        return ()
    return tuple(found.start() + at for at in reversed(dictionary.positions(letters)))
