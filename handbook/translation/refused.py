"""Directives, roles and settings that chapters and translations may not use.

MyST, Sphinx and sphinx-design bring them along, and each opens a hole in what is published. They
are taken away by name, so that a chapter, a translation or anything nested in them gets the same
answer.
"""

from __future__ import annotations

import re
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst.languages import get_language
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from handbook.translation.places import located_error

DIRECTIVES = frozenset(
    {
        # would publish another file
        "include",
        "literalinclude",
        "csv-table",
        # would write markup into the page as it is
        "raw",
        # would change how the page or the parser behaves
        "role",
        "default-role",
        "meta",
        "title",
        # would load a script from another host
        "math",
    }
)
ROLES = frozenset(
    {
        "download",
        "raw",
        "math",
        "eq",
        # sphinx-design writes their text into the page unescaped
        "octicon",
        "material-regular",
        "material-outlined",
        "material-round",
        "material-sharp",
        "material-twotone",
    }
)
_REMEDY = "Take it out; docs/writing.md lists what a chapter may use."

# A plain list of "key: value" lines; a key may not set options of the parser.
_KEY = re.compile(r"^(?P<key>[A-Za-z][\w-]*):")
_PARSER_KEYS = ("myst", "html_meta", "substitutions")
_EVAL_RST = re.compile(r"\{eval-rst\}", re.IGNORECASE)


class RefusedDirective(SphinxDirective):
    """Stands in the place of a directive that has been taken away."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Refuse."""
        source, line = self.get_source_info()
        problem = f"the directive {{{self.name}}} may not be used"
        raise located_error(self.env, source, line, problem, _REMEDY)


class RefusedRole(SphinxRole):
    """Stands in the place of a role that has been taken away."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Refuse."""
        source, line = self.get_source_info()
        problem = f"the role {{{self.name}}} may not be used"
        raise located_error(self.env, source, line, problem, _REMEDY)


def take_away(app: Sphinx, config: Config) -> None:
    """Put a refusal in the place of each directive and role, under its name in every language.

    docutils answers to translated names too: in a Spanish build ``{incluir}`` is ``{include}``.
    """
    names = get_language(config.language)
    for name in _with_aliases(DIRECTIVES, getattr(names, "directives", {})):
        app.add_directive(name, RefusedDirective, override=True)
    for name in _with_aliases(ROLES, getattr(names, "roles", {})):
        app.add_role(name, RefusedRole(), override=True)


def _with_aliases(names: frozenset[str], own: dict[str, str]) -> frozenset[str]:
    return names | {alias for alias, name in own.items() if name in names}


def close_settings(app: Sphinx) -> None:
    """Have docutils refuse files and raw markup, even where docutils.conf was not found."""
    app.env.settings["file_insertion_enabled"] = False
    app.env.settings["raw_enabled"] = False


def judge_chapter(app: Sphinx, docname: str, content: list[str]) -> None:
    """Refuse what takes effect while MyST parses, before any directive is looked up.

    :param content: Sphinx's holder of the chapter's text, a list of one string.
    """
    path = str(app.env.doc2path(docname))
    text = content[0]
    if text.startswith("---"):
        _judge_front_matter(app, path, text.splitlines())
    if found := _EVAL_RST.search(text):
        number = text.count("\n", 0, found.start()) + 1
        problem = "the directive {eval-rst} may not be used"
        raise located_error(app.env, path, number, problem, _REMEDY)


def _judge_front_matter(app: Sphinx, path: str, lines: list[str]) -> None:
    for number, line in enumerate(lines, start=1):
        if number > 1 and line.startswith(("---", "...")):
            return  # where MyST stops reading settings
        if number == 1:
            plain = line.rstrip() == "---"
        else:
            key = _KEY.match(line)
            plain = not line.strip() or (key is not None and key["key"] not in _PARSER_KEYS)
        if not plain:
            raise located_error(
                app.env,
                path,
                number,
                f"the front matter may not hold “{line.strip()[:40]}”",
                "Write one “key: value” a line between two lines of “---”,"
                " such as “review-by: 2027-11-22”.",
            )
