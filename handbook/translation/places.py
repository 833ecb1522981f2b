"""Where something stands, as the person who has to mend it would look for it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from handbook.errors import HandbookError

# Sphinx gives the text of a translation the source "<chapter>:<line>:<translated>".
_TRANSLATED = re.compile(r"^(?P<path>.*):(?P<line>\d+):<translated>$")


def error_at(node: nodes.Node, env: BuildEnvironment, problem: str, remedy: str) -> HandbookError:
    """Return the error for what ``node`` says."""
    source, line = None, None
    at: nodes.Node | None = node
    while at is not None and not (source and line):
        source, line = source or at.source, line or at.line
        at = at.parent
    return located_error(env, source, line, problem, remedy)


def located_error(
    env: BuildEnvironment, source: str | None, line: int | None, problem: str, remedy: str
) -> HandbookError:
    """Return the error for a place in a chapter.

    :param source: the chapter's path as docutils gives it; a translation's place is named as
        the chapter that it translates.
    """
    path = str(source or env.doc2path(env.docname))
    path, translated = original_place(path)
    if translated:
        line = translated
        problem += f" (in the {env.config.language} translation of this line)"
    if Path(path).is_absolute():
        path = os.path.relpath(path, Path(env.srcdir).parent)
    return HandbookError(path, problem, remedy, line)


def original_place(source: str) -> tuple[str, int | None]:
    """Return the chapter's path, and its line where ``source`` names a translation of it."""
    if found := _TRANSLATED.match(source):
        return found["path"], int(found["line"])
    return source, None
