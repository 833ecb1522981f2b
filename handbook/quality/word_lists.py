"""Read word_lists.toml: medicines, terms and banned words, each with the reason."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("word_lists.toml")


@dataclass(frozen=True)
class Banned:
    """Words that are not printed: what finds them, why, and what to write."""

    pattern: re.Pattern[str]
    reason: str
    instead: str


@dataclass(frozen=True)
class WordLists:
    """What word_lists.toml holds."""

    medicine_ends: tuple[str, ...]
    medicine_names: frozenset[str]
    terms: frozenset[str]
    everyday: frozenset[str]
    banned: tuple[Banned, ...]

    def is_medicine(self, word: str) -> bool:
        """Tell whether a word, or a part of it before a hyphen, is the name of a medicine."""
        return any(
            part in self.medicine_names or part.endswith(self.medicine_ends)
            for part in re.split("[-–/]", singular(word.lower()))
        )

    def term(self, word: str) -> str:
        """Return the term that a word is a form of, or an empty string."""
        small = singular(word.lower())
        return small if small in self.terms else ""


def singular(word: str) -> str:
    """Return a word in the singular, by the rules that most words follow."""
    word = re.sub("['’]s$", "", word)
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    return word.removesuffix("s") if not word.endswith(("is", "ss", "us")) else word


@cache
def word_lists() -> WordLists:
    """Return the lists; they are read once."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return WordLists(
        medicine_ends=tuple(data["medicines"]["ends"]),
        medicine_names=frozenset(data["medicines"]["names"]),
        terms=frozenset(data["terms"]["words"]),
        everyday=frozenset(data["everyday"]["words"]),
        banned=tuple(
            Banned(_whole_words(group["words"]), group["reason"], group["instead"])
            for group in data["banned"]
        ),
    )


def _whole_words(patterns: list[str]) -> re.Pattern[str]:
    # A part of a name, such as graft-versus-host, is no word by itself.
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])", re.IGNORECASE)
