"""The templates of the words that no chapter holds: the handbook's own, and Sphinx's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import polib
import sphinx
from sphinx.config import Config

import handbook
from handbook.translation.titles import SHOWN_SETTINGS

# The functions of handbook/translation/interface.py that take a message, or two.
_KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
_COMMENT = "# Translators:"

# What Sphinx itself writes into a chapter, the index or a caption. A language's sphinx.po holds
# those that Sphinx's own catalog of that language lacks.
_SPHINX_WORDS = (
    "Fig. %s",
    "Table %s",
    "Section %s",
    "Index",
    "Symbols",
    "see %s",
    "see also %s",
    "Note",
    "Tip",
    "Hint",
    "Important",
    "Attention",
    "Caution",
    "Warning",
    "Danger",
    "Error",
    "See also",
)


def handbook_template(config: Config) -> list[polib.POEntry]:
    """Return the interface words of the code and the settings that readers see.

    A comment "# Translators: …" on the line above goes with the words.
    """
    entries: dict[str, polib.POEntry] = {}
    for name in SHOWN_SETTINGS:
        words = getattr(config, name)
        entries.setdefault(words, polib.POEntry(msgid=words, occurrences=[("conf.py", "")]))
    package = Path(handbook.__file__).parent
    for path in sorted(package.rglob("*.py")):
        place = (path.relative_to(package.parent).as_posix(), "")
        for messages, comment in messages_of(path.read_text(encoding="utf-8")):
            entry = entries.setdefault(messages[0], polib.POEntry(msgid=messages[0]))
            entry.msgid_plural = entry.msgid_plural or "".join(messages[1:])
            entry.comment = entry.comment or comment
            if place not in entry.occurrences:
                entry.occurrences.append(place)
    return list(entries.values())


def messages_of(code: str) -> Iterator[tuple[list[str], str]]:
    """Yield the messages that ``code`` marks, singular and plural together, each with its comment.

    The code is parsed, since messages also stand within f-strings, where babel does not look.
    """
    lines = code.splitlines()
    calls = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if not isinstance(call.func, ast.Name) or call.func.id not in _KEYWORDS:
            continue
        arguments = call.args[: _KEYWORDS[call.func.id]]
        messages = [
            argument.value
            for argument in arguments
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if messages and len(messages) == len(arguments):
            above = lines[call.lineno - 2].strip() if call.lineno > 1 else ""
            yield messages, above.removeprefix(_COMMENT).strip() if _COMMENT in above else ""


def sphinx_template(language: str) -> list[polib.POEntry]:
    """Return the words that Sphinx lacks in ``language``."""
    path = Path(sphinx.package_dir, "locale", language, "LC_MESSAGES", "sphinx.po")
    own = polib.pofile(str(path)).translated_entries() if path.exists() else []
    known = {entry.msgid for entry in own}
    return [polib.POEntry(msgid=words) for words in _SPHINX_WORDS if words not in known]
