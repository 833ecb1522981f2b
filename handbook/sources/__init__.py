"""The bibliography, the cite role, and the lists of sources: see docs/architecture.md."""

from __future__ import annotations

from sphinx.application import Sphinx

from handbook.sources.cite import (
    AllSourcesDirective,
    CiteRole,
    NumberSources,
    SourcesDirective,
)
from handbook.sources.claim_notes import ReadClaimNotes
from handbook.sources.store import SourcesDomain, check_sources, read_bibliography


def setup(app: Sphinx) -> None:
    """Register the settings, the role, the two directives and the numbering."""
    app.add_config_value("handbook_bibliography", "references.bib", "", types=[str])
    app.add_config_value("handbook_bibliography_digest", "", "html", types=[str])
    app.add_config_value("handbook_warn_unused_sources", False, "", types=[bool])
    app.add_domain(SourcesDomain)
    app.add_role("cite", CiteRole())
    app.add_directive("sources", SourcesDirective)
    app.add_directive("all-sources", AllSourcesDirective)
    app.add_transform(ReadClaimNotes)
    app.add_post_transform(NumberSources)
    app.connect("config-inited", read_bibliography)
    app.connect("env-updated", check_sources)
