"""Punctuation that print adds by itself, as a language writes it. Languages are BCP 47."""

from __future__ import annotations

_COMMAS = {"ar": "، ", "zh": "，"}


def bracketed(words: str, language: str) -> str:
    """Words in brackets, as they follow others: after a space, or in full-width brackets."""
    return f"（{words}）" if language.startswith("zh") else f" ({words})"


def labelled(label: str, words: str, language: str) -> str:
    """A label and what it stands for: "By day: 555-0100"."""
    return f"{label}：{words}" if language.startswith("zh") else f"{label}: {words}"


def comma(language: str) -> str:
    """What stands between the items of a list, with the space after it."""
    return _COMMAS.get(language.partition("-")[0], ", ")
