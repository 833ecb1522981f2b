"""What a translation may not do: a message and its translation in, what is wrong with it out.

A translation is untrusted input, and MyST reads it as a document of its own: it could open a
directive, set options of the parser in front matter, or link to a file of the machine. So it is
judged before anything reads it: it is built of the same blocks as its original, and holds no role,
link or picture that its original does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

# Catalogs of words that no chapter holds. Templates print them as they are.
INTERFACE_DOMAINS = ("handbook", "sphinx")

# Controls, and the bidi embeddings and overrides that make text read differently from what it
# is. Isolates (U+2066 to U+2069) and the marks U+200E, U+200F have their use.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufff9-\uffff]")
_TAG = re.compile(r"</?[A-Za-z!?][^>]*>?")
_TEMPLATE = re.compile(r"\{\{|\{%|\{#")
# One line of words that Markdown reads as nothing else. Most messages are; it saves reading them.
_PLAIN = re.compile(r"[^\W\d_][^`\[\]<>{}\\\r\n]*|[¿¡“«][^\W\d_][^`\[\]<>{}\\\r\n]*")
_EXPLICIT_TARGET = re.compile(r"^.*<(?P<target>[^<>]+)>$", re.DOTALL)

# Roles whose text is words to be translated.
_WORD_ROLES = ("abbr", "bdg", "emphasis", "strong", "sub", "sup", "guilabel")
_ADDRESS_ROLES = ("bdg-link", "bdg-ref")
# Roles whose text is the same in every language.
_CONSTANT_ROLES = ("{clinic}", "{phone}", "{temp}", "{cite}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a translation, and what its translator should do."""

    problem: str
    remedy: str


@dataclass(frozen=True)
class Parts:
    """What a message is made of: its blocks, its roles with their targets, its links, its text."""

    blocks: tuple[str, ...]
    roles: tuple[str, ...]
    links: tuple[str, ...]
    text: str


@cache
def _parser() -> MarkdownIt:
    return create_md_parser(
        MdParserConfig(
            enable_extensions={"colon_fence", "deflist"},
            disable_syntax=["html_inline", "html_block"],
        ),
        RendererHTML,
    )


def parts_of(message: str) -> Parts:
    """Return what a message is made of, read as MyST reads it."""
    tokens = _parser().parse(message)
    roles, links, text = [], [], []
    for token in _with_children(tokens):
        if token.type == "myst_role":
            roles.append(_role(token.meta["name"], " ".join(token.content.split())))
        elif token.type == "link_open":
            links.append(f"[…]({token.attrGet('href')})")
        elif token.type == "image":
            links.append(f"![…]({token.attrGet('src')})")
        elif token.type in ("text", "code_inline"):
            text.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            text.append(" ")
    blocks = tuple(token.type for token in tokens if token.type != "inline")
    return Parts(blocks, tuple(sorted(roles)), tuple(sorted(links)), "".join(text))


def _with_children(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _with_children(token.children or [])


def _role(name: str, content: str) -> str:
    """Return a role with as much of its text as has to be the same in every language."""
    if explicit := _EXPLICIT_TARGET.match(content):
        return f"{{{name}}}`… <{explicit['target']}>`"
    if name == "amount":  # its digits; the words around them are translated
        return f"{{{name}}}`{' '.join(numbers(content))}`"
    if name.startswith(_WORD_ROLES) and not name.startswith(_ADDRESS_ROLES):
        return f"{{{name}}}"
    if name == "term":  # translated, it is written `{term}`célula T <T cell>``
        return f"{{{name}}}`… <{content}>`"
    return f"{{{name}}}`{content}`"


def numbers(text: str) -> list[str]:
    """Return the numbers in ``text``, whichever digits and separators its language writes.

    A decimal and a thousands separator are both ``.``: "38,5" and "1.000" become "38.5" and
    "1.000".
    """
    western = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    joined = re.sub(r"(?<=\d)[.,٫٬'’\u00a0\u202f](?=\d)", ".", western)
    return re.findall(r"\d+(?:\.\d+)*", joined)


def breaches(original: str, translation: str) -> list[Fault]:
    """Return how a chapter's message is unsafe: the build refuses it."""
    if translation == original:
        return []
    faults = list(_common_breaches(original, translation))
    if _PLAIN.fullmatch(translation):
        return faults
    old, new = parts_of(original), parts_of(translation)
    # MyST takes whatever follows a first line of dashes as its settings, closed or not.
    if old.blocks != new.blocks or translation.lstrip().startswith("---"):
        faults.append(
            Fault(
                "the translation is not one paragraph of running text",
                "Write it in one piece, and write \\ before a first character that Markdown"
                " reads as a mark (%, #, -, +, >, :, or a number with a full stop).",
            )
        )
    for kind, allowed, used in (("role", old.roles, new.roles), ("link", old.links, new.links)):
        for added in sorted(set(used) - set(allowed)):
            faults.append(
                Fault(
                    f"the translation holds a {kind} that its original does not hold: {added}",
                    f"Copy each {kind} from the original and change nothing in it but its words.",
                )
            )
    return faults


def interface_breaches(original: str, translation: str) -> list[Fault]:
    """Return how a message of the interface is unsafe: templates print it as it is."""
    if translation == original:
        return []
    faults = list(_common_breaches(original, translation))
    for mark in sorted(set(_TAG.findall(translation)) - set(_TAG.findall(original))):
        faults.append(
            Fault(f"the translation holds a tag: {mark}", "Take it out; only words stand here.")
        )
    if '"' in translation and '"' not in original:
        faults.append(
            Fault(
                'the translation holds a straight quotation mark (")',
                "Use the quotation marks of the language, such as “ ” or « ».",
            )
        )
    return faults


def _common_breaches(original: str, translation: str) -> Iterator[Fault]:
    for found in sorted(set(_CONTROLS.findall(translation))):
        yield Fault(
            f"the translation holds the invisible character U+{ord(found):04X}", "Take it out."
        )
    for found in sorted(set(_TEMPLATE.findall(translation)) - set(_TEMPLATE.findall(original))):
        yield Fault(f"the translation holds “{found}”", "Take it out; only words stand here.")


def has_words(message: str) -> bool:
    """Return whether a chapter's message holds anything to translate.

    A cell with a telephone number, or a paragraph of one number, holds nothing.
    """
    # A message is no comment: a percent sign at its start is an interface word's placeholder.
    parts = parts_of(message.lstrip("%"))
    constant = all(role.startswith(_CONSTANT_ROLES) for role in parts.roles)
    return not constant or any(character.isalpha() for character in parts.text)
