"""Punctuation that print adds by itself, as a language writes it. Languages are BCP 47."""

from __future__ import annotations

from collections.abc import Sequence

_COMMAS = {"ar": "، ", "zh": "，"}


def bracketed(words: str, language: str) -> str:
    """Words in brackets, as they follow others: after a space, or in full-width brackets."""
    return f"（{words}）" if language.startswith("zh") else f" ({words})"


def comma(language: str) -> str:
    """What stands between the items of a list, with the space after it."""
    return _COMMAS.get(language.partition("-")[0], ", ")


def labelled(head: str, language: str) -> str:
    """A head as it stands before what it is the head of, on the same line."""
    head = head.rstrip(" :：")
    return f"{head}：" if language.startswith("zh") else f"{head}: "


def joined(lines: Sequence[str], language: str) -> str:
    """Lines as one; Chinese has no spaces between words."""
    return ("" if language.startswith("zh") else " ").join(lines)
