"""Projects with sources for tests, and what their pages cite and list."""

from __future__ import annotations

import pytest
from docutils import nodes

from tests.conftest import MakeProject
from tests.helpers import Built, Project

GOOD = """\
@online{good, title = {A title}, publisher = {NCI}, url = {https://cancer.gov/g},
  urldate = {2026-11-22}, kind = {national-institute}, jurisdiction = {US},
  reviewby = {2027-11-22}}
"""
ARTICLE = """\
@article{art, author = {Roe, R.}, title = {A title}, journal = {Cell}, year = {2020},
  doi = {10.1000/x}, urldate = {2026-11-22}, kind = {paper}, jurisdiction = {US},
  reviewby = {2027-11-22}}
"""


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """The project with rows, a chapter that places them, and the list of all sources."""
    return make_project("test-sources")


@pytest.fixture
def chapter(make_project: MakeProject) -> Project:
    """An empty project with one entry in its bibliography."""
    project = make_project()
    (project.source / "references.bib").write_text(GOOD, encoding="utf-8")
    return project


def cites(built: Built, docname: str) -> list[str]:
    """Return the words of each paragraph that cites, with the numbers after a ``^``."""
    return [
        node.parent.astext().removesuffix(node.astext()) + "^" + node.astext()
        for node in built.doctree(docname).findall(nodes.superscript)
    ]


def entries(built: Built, docname: str) -> list[str]:
    """Return the entries of a document's list of sources."""
    lists = [
        node
        for node in built.doctree(docname).findall(nodes.Element)
        if "sources" in node["classes"]
    ]
    assert len(lists) == 1
    return [item.astext() for item in lists[0].children]
