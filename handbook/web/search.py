"""How the words of a language are found by Sphinx's search, in the index and in the question.

What a reader types seldom has the form of the text: "vomito" for "vómitos", "والحمى" for "حُمّى",
"ISHAL" for "ishal". Each language therefore has three steps, the same for both sides: letters are
made plain (fold), text is split into words, each word is cut to its stem. The scripts of the search
page are written from the very same patterns, so that they cannot drift apart.
"""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise
from typing import ClassVar

import snowballstemmer  # type: ignore[import-untyped]
from sphinx import package_dir
from sphinx.application import Sphinx
from sphinx.search import SearchLanguage
from sphinx.search.en import SearchEnglish
from sphinx.search.es import SearchSpanish

# Characters of writing that has no spaces between words: Han, with 々 and 〇.
_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SNOWBALL = package_dir / "search" / "minified-js"

# Goes into Sphinx's language_data.js. Patterns are those that Python and JavaScript read alike.
_STEMMER = r"""
const foldedLetters = %(letters)s;
const foldWords = (text) =>
  Array.from(text.normalize("NFKC").toLowerCase(), (letter) => foldedLetters[letter] ?? letter)
    .join("").normalize("NFKD").replace(/\p{Mn}+/gu, "");
var Stemmer = function () {
  const snowball = %(snowball)s;
  const cut = (rest, pattern) => rest.match(pattern)?.[1] ?? rest;
  this.stemWord = (word) => [%(cuts)s].reduce(cut, snowball.stemWord(foldWords(word)));
};
"""
_NO_SNOWBALL = "{ stemWord: (word) => word }"


class PlainWords(SearchLanguage):
    """A language whose words are compared in small letters, without marks on them.

    ``letters`` are those that count as others; ``snowball`` names a stemmer of the Snowball
    project, "" for none; ``cuts`` are patterns of which, one after the other, the first group
    stays of a word.
    """

    letters: ClassVar[dict[str, str]] = {"ı": "i"}
    snowball: ClassVar[str] = ""
    cuts: ClassVar[tuple[str, ...]] = ()
    js_splitter_code = (
        r"var splitQuery = (query) => foldWords(query).match(/[\p{L}\p{N}]+/gu) ?? [];"
    )

    def __init__(self, options: dict[str, str]) -> None:
        """Take Sphinx's options for the language; there are none."""
        super().__init__(options)
        self._stemmer = snowballstemmer.stemmer(self.snowball) if self.snowball else None
        self.js_stemmer_code = self._script()

    def fold(self, text: str) -> str:
        """Return a text in small letters, without accents and other marks on its letters."""
        small = unicodedata.normalize("NFKC", text).lower()
        plain = "".join(self.letters.get(letter, letter) for letter in small)
        parts = unicodedata.normalize("NFKD", plain)
        return "".join(part for part in parts if unicodedata.category(part) != "Mn")

    def split(self, input: str) -> list[str]:
        """Return the words of a text, folded."""
        return re.findall(r"[^\W_]+", self.fold(input))

    def stem(self, word: str) -> str:
        """Return what a word has in common with its other forms."""
        stem = self.fold(word)
        if self._stemmer:
            stem = str(self._stemmer.stemWord(stem))
        for cut in self.cuts:
            if found := re.search(cut, stem):
                stem = found[1]
        return stem

    def _script(self) -> str:
        """Return the same steps for the search page."""
        own = _STEMMER % {
            "letters": json.dumps(self.letters, ensure_ascii=False),
            "snowball": f"new {self.snowball.title()}Stemmer()" if self.snowball else _NO_SNOWBALL,
            "cuts": ", ".join(f"/{cut}/u" for cut in self.cuts),
        }
        names = ("base", self.snowball) if self.snowball else ()
        return "\n".join(
            [*((_SNOWBALL / f"{name}-stemmer.js").read_text("utf-8") for name in names), own]
        )


class English(PlainWords):
    """English, with Snowball's stemmer."""

    lang = "en"
    language_name = "English"
    snowball = "english"
    stopwords = SearchEnglish.stopwords


class Spanish(PlainWords):
    """Spanish, with Snowball's stemmer, which also knows endings without their accents."""

    lang = "es"
    language_name = "Spanish"
    snowball = "spanish"
    stopwords = SearchSpanish.stopwords


class Turkish(PlainWords):
    """Turkish: both i's are one letter, and of a word its first five letters count.

    The first five find as much as a full analysis of endings does (F. Can and others, Information
    retrieval on Turkish texts, JASIST 59, 2008). One short ending goes besides, for words that are
    short themselves: "ateş" and "ateşim".
    """

    lang = "tr"
    language_name = "Turkish"
    cuts = (r"^(.{5})", r"^(.{3,}?)(?:[iu][dklmnsy]?|[dt][iu]|m[ae]|[ae])$")


class Arabic(PlainWords):
    """Arabic: forms of alef and of final letters are one; the article and endings go.

    After L. Larkey, L. Ballesteros and M. Connell, Light stemming for Arabic information retrieval
    (2007). "And" before a word goes only where four letters are left, since many words begin so.
    """

    lang = "ar"
    language_name = "Arabic"
    letters: ClassVar[dict[str, str]] = {
        # Two, so that no article is seen in words such as "pains" (\u0622\u0644\u0627\u0645).
        **{"آ": "اا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": ""},
        **{chr(0x660 + digit): str(digit) for digit in range(10)},
    }
    cuts = (
        r"^(?:و?(?:ال|بال|كال|فال|لل)|و(?=.{4}))(.{2,})$",
        r"^(.{3,}?)(?:ت?(?:ها|هم|نا|ك|ي)|ات|ان|ون|ين|يه|ه|ا)$",
    )


class Chinese(PlainWords):
    """Chinese: pairs of neighboring characters, since words are not set apart.

    The index holds each character alone besides, for a question of one character.
    """

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = rf"""
const pairs = (run) => Array.from(run.slice(1), (next, place) => run[place] + next);
var splitQuery = (query) =>
  (foldWords(query).match(/[{_HAN}]+|(?:(?![{_HAN}])[\p{{L}}\p{{N}}])+/gu) ?? [])
    .flatMap((run) => (/^[{_HAN}]{{2}}/u.test(run) ? pairs(run) : run));
"""

    def split(self, input: str) -> list[str]:
        """Return each character, each pair of them, and each word in other letters."""
        words: list[str] = []
        for run in re.findall(rf"[{_HAN}]+|[^\W_{_HAN}]+", self.fold(input)):
            if re.match(rf"[{_HAN}]", run):
                words += [*run, *map("".join, pairwise(run))]
            else:
                words.append(run)
        return words


def setup(app: Sphinx) -> None:
    """Register the languages; any other is searched as Sphinx does it."""
    for language in (English, Spanish, Turkish, Arabic, Chinese):
        app.add_search_language(language)
