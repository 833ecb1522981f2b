"""Fixtures that all tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import browser
from tests.helpers import ROOTS, Project

__all__ = ["browser", "make_project"]

MakeProject = Callable[..., Project]


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Return a function that makes a project from a root, or an empty one.

    ``make_project("test-directives")`` copies tests/roots/test-directives to source/;
    ``make_project()`` makes one whose root document is still to be written.
    """

    def make(root: str | None = None) -> Project:
        project = Project(tmp_path)
        if root:
            shutil.copytree(ROOTS / root, project.source)
        else:
            project.source.mkdir()
        return project

    return make
