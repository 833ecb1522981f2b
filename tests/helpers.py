"""Real Sphinx builds of small projects, and what to ask of them."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib
from docutils import nodes
from docutils.parsers.rst import directives, roles
from sphinx import locale as sphinx_locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

REPOSITORY = Path(__file__).resolve().parent.parent
ROOTS = REPOSITORY / "tests" / "roots"


@dataclass
class Project:
    """A small handbook in a folder of its own, built with the repository's own settings.

    ``folder / "source"`` holds its chapters, ``folder / "locale"`` its catalogs,
    ``folder / "clinic.toml"`` its clinic (the repository's sample unless the test writes one).
    """

    folder: Path
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> Path:
        """The folder of the chapters."""
        return self.folder / "source"

    def write(self, docname: str, markdown: str) -> Path:
        """Write a chapter; return its path."""
        path = self.source / f"{docname}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown, encoding="utf-8")
        return path

    def translate(self, domain: str, language: str, messages: Mapping[str, str]) -> Path:
        """Write the catalog of a chapter (or of the interface: ``handbook``); return its path."""
        path = self.folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = polib.POFile()
        catalog.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language,
        }
        catalog.extend(polib.POEntry(msgid=old, msgstr=new) for old, new in messages.items())
        catalog.save(str(path))
        return path

    def build(self, builder: str = "html", language: str = "en", **settings: Any) -> Built:
        """Build the project; return what came of it.

        Builds of the same builder and language follow one another, as in daily work.

        :param settings: values of conf.py to use instead of the repository's. ``parallel``
            is the number of processes.
        """
        parallel = settings.pop("parallel", 0)
        chosen: dict[str, Any] = {
            "language": language,
            "handbook_clinic": str(self.clinic()),
            **self.settings,
            **settings,
        }
        build = self.folder / "build" / f"{builder}-{language}"
        status, warnings = io.StringIO(), io.StringIO()
        # Both keep catalogs for the whole process, and would mix those of several builds.
        sphinx_locale.translators.clear()
        gettext._translations.clear()  # type: ignore[attr-defined]
        with patch_docutils(REPOSITORY), docutils_namespace():
            app = Sphinx(
                self.source,
                REPOSITORY,
                build / "out",
                build / "doctrees",
                builder,
                chosen,
                status,
                warnings,
                parallel=parallel,
            )
            app.build()
            own = {**directives._directives}, {**roles._roles}  # type: ignore[attr-defined]
        return Built(app, status.getvalue(), warnings.getvalue(), *own)

    def clinic(self) -> Path:
        """The clinic profile that is used."""
        own = self.folder / "clinic.toml"
        return own if own.exists() else REPOSITORY / "clinic.toml"


@dataclass
class Built:
    """A finished build, and the directives and roles that its chapters could use."""

    app: Sphinx
    status: str
    output: str
    directives: dict[str, Any]
    roles: dict[str, Any]

    @property
    def folder(self) -> Path:
        """The folder of the output."""
        return Path(self.app.outdir)

    @property
    def warnings(self) -> list[str]:
        """Each warning, without colours."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", self.output)
        return [line for line in plain.splitlines() if line.strip()]

    def html(self, docname: str) -> str:
        """Return a chapter's page."""
        return (self.folder / f"{docname}.html").read_text(encoding="utf-8")

    def read(self, docname: str) -> nodes.document:
        """Return a chapter's doctree as it was read."""
        return self.app.env.get_doctree(docname)

    def doctree(self, docname: str) -> nodes.document:
        """Return a chapter's doctree as a writer gets it."""
        builder = self.app.builder
        return self.app.env.get_and_resolve_doctree(docname, builder, tags=self.app.tags)

    def messages(self, domain: str) -> dict[str, list[tuple[str, str]]]:
        """Return the extracted messages of a chapter and their places (``gettext`` builds)."""
        catalog = polib.pofile(str(self.folder / f"{domain}.pot"))
        return {entry.msgid: entry.occurrences for entry in catalog if entry.msgid}


def outline(node: nodes.Node, attributes: tuple[str, ...] = ("classes", "ids")) -> str:
    """Return a node as indented lines: its tag, the named attributes that are set, its words."""
    return "\n".join(_outline(node, attributes, ""))


def _outline(node: nodes.Node, attributes: tuple[str, ...], indent: str) -> list[str]:
    if isinstance(node, nodes.Text):
        return [f"{indent}{str(node)!r}"]
    assert isinstance(node, nodes.Element)
    shown = []
    for name in attributes:
        value = node.get(name)
        if value:
            words = " ".join(map(str, value)) if isinstance(value, list) else value
            shown.append(f"{name}={words}")
    lines = [indent + " ".join([node.tagname, *shown])]
    for child in node.children:
        lines += _outline(child, attributes, indent + "  ")
    return lines
