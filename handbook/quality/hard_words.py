"""Hard words that a chapter uses without explaining: not in the glossary, nor where first used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.quality.findings import Finding
from handbook.quality.grades import sentences_of
from handbook.quality.syllables import syllables
from handbook.quality.word_lists import WordLists, singular, word_lists
from handbook.quality.words_of import ChapterWords

#: A word of so many syllables is hard until the list of everyday words says otherwise.
_SYLLABLES = 4
#: Greek and Latin ends of medicine's words.
_MEDICAL = re.compile(r"(?:itis|osis|emia|oma|ectomy|pathy|cyte|penia|scopy|plasty|algia|uria)$")
_OTHER_NAMES = re.compile(r"(?:Also called|Short for|[\w-]+ is short for)\b")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]{4,}")
#: How a sentence explains a word: "called X", "X (…)", "(X)", "X: …", "X is …", "X, or …".
_EXPLAINED = (
    r"(?:called|named|known as|doctors say|short for|means?) (?:an? |the )?(?:[\w-]+ ){{0,2}}{0}",
    r"{0}\w*(?: [\w-]+)? \(",
    r"\((?:[^()]*\W)?{0}\w*[^()]*\)",
    r"{0}\w*:",
    r"{0}\w* (?:is|are|means?|was|were) (?:an? |the )?",
    r"{0}\w*, (?:or|that is|which|an?|the) ",
    r" or {0}",
)


def glossary_words(glossary: ChapterWords) -> frozenset[str]:
    """Each word of the glossary's terms and of their other names, in the singular."""
    others = [passage.text for passage in glossary.passages if _OTHER_NAMES.match(passage.text)]
    words = re.findall(r"[\w-]+", " ".join([*glossary.explained, *others]).lower())
    return frozenset(map(singular, words))


def hard_words(file: str, chapter: ChapterWords, known: frozenset[str]) -> list[Finding]:
    """The hard words of a chapter that nothing explains, at their first use.

    :param known: the words of the glossary.
    """
    lists = word_lists()
    found: list[Finding] = []
    met: set[str] = set()
    for passage in chapter.passages:
        for sentence in sentences_of(passage):
            for word in _hard(sentence.text, lists, known):
                if word not in met and not _is_explained(word, sentence.text):
                    found.append(
                        Finding(
                            file,
                            sentence.line,
                            f"“{word}” is explained neither here nor in the glossary",
                            "Say it in plain words, explain it here, or add it to Words explained.",
                        )
                    )
                met.add(word)
    return found


def _hard(text: str, lists: WordLists, known: frozenset[str]) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = singular(match[0].lower())
        if word in known or word in lists.everyday or lists.is_medicine(word):
            continue
        parts = word.split("-")
        if len(parts) > 1 and all(p in known or p in lists.everyday or len(p) < 8 for p in parts):
            continue
        if _MEDICAL.search(word) or syllables(word) >= _SYLLABLES:
            yield word


def _is_explained(word: str, text: str) -> bool:
    plain = " ".join(text.split())
    return any(
        re.search(pattern.format(re.escape(word)), plain, re.IGNORECASE) for pattern in _EXPLAINED
    )
