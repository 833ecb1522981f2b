"""What Sphinx keeps about sources: the bibliography of this build, and who cites what."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from handbook.directives.base import located_error
from handbook.edition import review_due, today
from handbook.errors import HandbookError
from handbook.sources.bibliography import Bibliography, load_bibliography

logger = logging.getLogger(__name__)

_bibliographies: WeakKeyDictionary[Config, Bibliography] = WeakKeyDictionary()


def bibliography_from(config: Config) -> Bibliography:
    """Return the bibliography of the build with these settings."""
    return _bibliographies[config]


def read_bibliography(app: Sphinx, config: Config) -> None:
    """Read the bibliography once, when the settings are known."""
    path = Path(app.srcdir, config.handbook_bibliography)
    bibliography = load_bibliography(path, _shown(path, app))
    _bibliographies[config] = bibliography
    config.handbook_bibliography_digest = bibliography.digest


class SourcesDomain(Domain):
    """Remembers which document cites which source, from build to build."""

    name = "sources"
    label = "Sources"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {
        "cited": {},  # docname -> {key: (source, line) of its first cite}
        "listing": set(),  # documents that list the sources of the whole book
        "listed": [],  # what they listed when last written
    }

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        self.data["cited"].pop(docname, None)
        self.data["listing"].discard(docname)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for docname in docnames:
            if docname in otherdata["cited"]:
                self.data["cited"][docname] = otherdata["cited"][docname]
            if docname in otherdata["listing"]:
                self.data["listing"].add(docname)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what a document that was just read cites."""
        cited: dict[str, tuple[str | None, int | None]] = {}
        for node in document.findall(nodes.superscript):
            keys: list[str] = node.get("cite_keys", [])
            for key in keys:
                cited.setdefault(key, (node.source, node.line))
        if cited:
            self.data["cited"][docname] = cited
        if any(node.get("sources_of") == "book" for node in document.findall(nodes.bullet_list)):
            self.data["listing"].add(docname)
        if docname in self.data["cited"] or docname in self.data["listing"]:
            env.note_dependency(env.config.handbook_bibliography, docname=docname)


def used_keys(env: BuildEnvironment) -> set[str]:
    """Return the keys of all sources that the book cites."""
    cited: dict[str, dict[str, Any]] = env.domaindata["sources"]["cited"]
    return {key for keys in cited.values() for key in keys}


def unused_keys(app: Sphinx) -> list[str]:
    """Return the keys of the bibliography that nothing cites, sorted. Call it after reading."""
    return sorted(bibliography_from(app.config).sources.keys() - used_keys(app.env))


def check_sources(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Check what was read against the bibliography; return what must be written anew.

    :raises HandbookError: a document cites a source that the bibliography does not have.
    """
    bibliography = bibliography_from(app.config)
    data = env.domaindata["sources"]
    faults = [
        located_error(
            env,
            source,
            line,
            f"{{cite}}: no source has the key “{key}”",
            _remedy(key, bibliography),
        )
        for _docname, cited in sorted(data["cited"].items())
        for key, (source, line) in cited.items()
        if key not in bibliography.sources
    ]
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise HandbookError(
            app.config.handbook_bibliography,
            f"{len(faults)} cites name sources that are not in it",
            "Each is named here:\n" + "\n".join(str(fault) for fault in faults),
        )
    _warn(app, bibliography)
    listed = sorted(used_keys(env))
    if listed == data["listed"]:
        return []
    data["listed"] = listed
    return sorted(data["listing"])


def _remedy(key: str, bibliography: Bibliography) -> str:
    near = difflib.get_close_matches(key, bibliography.sources, n=1)
    return f"Did you mean “{near[0]}”?" if near else "Add it to the bibliography."


def _warn(app: Sphinx, bibliography: Bibliography) -> None:
    """Warn of what is right as it stands, and should not stay so."""
    addresses: dict[str, str] = {}
    used = used_keys(app.env)
    for key, source in bibliography.sources.items():
        place = f"{_shown(bibliography.path, app)}:{source.line}"
        first = addresses.setdefault(source.address, key)
        if first != key:
            _note(f"“{key}” has the address of “{first}”: cite one of the two only", place)
        if key in used and review_due(source.review_by, today()):
            _note(
                f"“{key}” was to be read again by {source.review_by}: read it, mend what the"
                " chapters say, and set urldate and reviewby",
                place,
            )
        if key not in used and app.config.handbook_warn_unused_sources:
            _note(f"nothing cites “{key}”: take it out", place)


def _note(problem: str, place: str) -> None:
    logger.warning(problem, location=place, type="handbook", subtype="sources")


def _shown(path: Path, app: Sphinx) -> str:
    return os.path.relpath(path, Path(app.srcdir).parent)
