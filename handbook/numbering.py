"""Chapter numbers that run on through all parts.

Sphinx begins at 1 again with each toctree, and each part of the handbook is one. This gives the
chapters one sequence, and their figures and tables with them ("Figure 3.1").
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Number = tuple[int, ...]


def number_on(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Renumber chapters in reading order; returns the documents whose numbers changed.

    Runs after Sphinx's own numbering, in the same event.
    """
    changed = []
    for place, docname in enumerate(_numbered_chapters(env), start=1):
        if _renumber(env, docname, place):
            changed.append(docname)
    return changed


def _numbered_chapters(env: BuildEnvironment) -> list[str]:
    root = env.get_doctree(env.config.root_doc)
    return [
        docname
        for toctree in root.findall(addnodes.toctree)
        if toctree.get("numbered")
        for _title, docname in toctree["entries"]
        if docname in env.toc_secnumbers
    ]


def _renumber(env: BuildEnvironment, docname: str, place: int) -> bool:
    def moved(number: Number) -> Number:
        return (place, *number[1:])

    sections = env.toc_secnumbers[docname]
    before = dict(sections)
    for target, number in sections.items():
        if number:
            sections[target] = moved(number)
    figures: dict[str, dict[str, Number]] = env.toc_fignumbers.get(docname, {})
    for numbers in figures.values():
        # Sphinx counts on from chapter to chapter, since it takes each of them for number 1.
        skipped = min((number[-1] for number in numbers.values()), default=1) - 1
        for target, number in numbers.items():
            numbers[target] = (*moved(number)[:-1], number[-1] - skipped)
    if docname in env.titles and "secnumber" in env.titles[docname]:
        env.titles[docname]["secnumber"] = moved(env.titles[docname]["secnumber"])
    for entry in _references(env.tocs.get(docname)):
        if entry.get("secnumber"):
            entry["secnumber"] = moved(entry["secnumber"])
    return before != sections


def _references(toc: Any) -> list[nodes.reference]:
    return list(toc.findall(nodes.reference)) if toc is not None else []


def setup(app: Sphinx) -> None:
    """Number on, after Sphinx's collectors (they run at the default priority, 500)."""
    app.connect("env-get-updated", number_on, priority=800)
