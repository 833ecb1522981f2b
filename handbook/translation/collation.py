"""Collation: words in; the order of a language's own index, and the letter each stands under, out.

English and Spanish put accents aside, Spanish has ñ after n, Turkish its own alphabet (ç ğ ı ö ş
ü), Arabic neither vowel marks nor the article, and Chinese goes by pinyin. Words of another script
come after those of the language's own; what begins with no letter comes first, under "".
"""

from __future__ import annotations

import functools
import unicodedata

#: Where a word begins: with no letter, in the language's own script, in another.
_SIGN, _OWN, _OTHER = range(3)
_TURKISH = {letter: place for place, letter in enumerate("abcçdefgğhıijklmnoöpqrsştuüvwxyz")}
#: Forms of a letter that are sorted as one (hamza and madda on alef, alef maqsura, ta marbuta).
_ARABIC = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
_ARTICLE = "ال"
#: Words whose first two letters look like the article and are not.
_NO_ARTICLE = ("التهاب", "التئام", "التزام", "التواء", "التصاق", "التحام", "التفاف", "الله")

Key = tuple[int, tuple[object, ...], str]


def sort_key(words: str, language: str) -> Key:
    """What entries of an index in a language (Sphinx's code or BCP 47) are sorted by."""
    tongue = language.replace("-", "_").partition("_")[0]
    folded = _folded(words, tongue)
    if not folded or not folded[0].isalpha():
        return _SIGN, (folded,), words
    if tongue == "tr":  # also â, which the alphabet does not name
        own = _turkish(folded[0]) >= 0
        return (_OWN, tuple(map(_turkish, folded)), words) if own else (_OTHER, (folded,), words)
    if tongue == "es":
        return _OWN, (_plain(folded.replace("ñ", "n\uffff")),), words
    if tongue == "zh":
        return _OWN, (_pinyin(folded),), words
    if tongue == "ar":
        own = unicodedata.bidirectional(folded[0]) == "AL"
        return _OWN if own else _OTHER, (folded,), words
    return _OWN, (_plain(folded),), words


def letter_of(words: str, language: str) -> str:
    """The letter under which a word stands; "" for what begins with no letter."""
    tongue = language.replace("-", "_").partition("_")[0]
    folded = _folded(words, tongue)
    if not folded or not folded[0].isalpha():
        return ""
    first = folded[0]
    if tongue == "tr" and first in _TURKISH:
        return {"i": "İ", "ı": "I"}.get(first, first.upper())
    if tongue == "es" and first == "ñ":
        return "Ñ"
    if tongue == "zh":
        first = _pinyin(folded)[0]
    return _plain(first)[0].upper()


def _folded(words: str, tongue: str) -> str:
    """Words without capitals and without what the language's order puts aside."""
    if tongue == "tr":
        words = words.replace("I", "ı").replace("İ", "i")
    words = unicodedata.normalize("NFC", words.casefold()).strip("\u200e\u200f\u2066\u2067\u2068")
    if tongue == "ar":
        letters = (letter for letter in words if not unicodedata.combining(letter))
        words = "".join(letters)
        if not words.startswith(_NO_ARTICLE):
            words = words.removeprefix(_ARTICLE)
        words = words.translate(_ARABIC)
    return words.lstrip("«“”\"'(¿¡ ")


def _turkish(letter: str) -> int:
    """A letter's place in the alphabet; what is no letter comes before all (â counts as a)."""
    return _TURKISH.get(letter, _TURKISH.get(_plain(letter), -1))


def _plain(words: str) -> str:
    """Words without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))


@functools.cache
def _pinyin(words: str) -> str:
    """How Chinese words are spelled in Latin letters, with tones as digits."""
    # Its dictionaries take a good while to load, and Chinese alone needs them.
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(words, style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(syllables)
