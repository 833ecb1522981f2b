"""The directives and roles that chapters use: see docs/writing.md.

Each becomes plain docutils nodes (the node contract in docs/architecture.md), which the web and
print know alike and from which every word is extracted for translators.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from handbook.directives import (
    actions,
    amounts,
    boxes,
    checks,
    clinic_role,
    drawings,
    fill_in,
    index_entries,
    lists,
    placement,
    words,
)


def setup(app: Sphinx) -> None:
    """Register the directives and roles, one module a subject."""
    for subject in (
        boxes,
        checks,
        words,
        actions,
        placement,
        lists,
        fill_in,
        index_entries,
        drawings,
        amounts,
        clinic_role,
    ):
        subject.setup(app)
