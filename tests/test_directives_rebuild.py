"""What is written again when a chapter changes that others copy from.

The builder here is Sphinx's for XML, which writes only what it must; the web builder writes every
page again, since each names the edition.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from tests.conftest import MakeProject
from tests.helpers import Project


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    return make_project("test-directives")


def change(path: Path, edit: Callable[[str], str]) -> None:
    """Edit a file, so that Sphinx sees that it has changed."""
    text = path.read_text(encoding="utf-8")
    assert edit(text) != text
    path.write_text(edit(text), encoding="utf-8")


def chapter(project: Project, language: str = "en") -> str:
    """Build, and return the chapter that places copies."""
    built = project.build("xml", language)
    return (built.folder / "care/chapter.xml").read_text(encoding="utf-8")


def test_a_changed_row_is_shown_changed_where_it_is_placed(project: Project) -> None:
    assert "Your skin itches" in chapter(project)
    change(project.source / "symptoms/list.md", lambda text: text.replace("itches", "burns"))
    page = chapter(project)
    assert "Your skin burns" in page
    assert "Your skin itches" not in page


def test_a_new_row_comes_to_the_lists_of_its_colour(project: Project) -> None:
    assert "You see double" not in chapter(project)
    row = (
        "::::{actions}\n:::{action} red double\n:source: first-source\nYou see double\n\nGo.\n:::\n"
    )
    project.write("symptoms/more", f"# More\n\n{row}::::\n\n:::{{sources}}\n:::\n")
    change(
        project.source / "index.md",
        lambda text: text.replace("words/list\n", "words/list\nsymptoms/more\n"),
    )
    assert "You see double" in chapter(project)
    (project.source / "symptoms/more.md").unlink()
    change(project.source / "index.md", lambda text: text.replace("symptoms/more\n", ""))
    assert "You see double" not in chapter(project)


def test_a_row_that_is_taken_away_stops_the_build_where_it_is_placed(project: Project) -> None:
    project.build()
    change(
        project.source / "symptoms/list.md", lambda text: text.replace("amber itch", "amber rub")
    )
    with pytest.raises(HandbookError, match=r"care/chapter\.md:11: \{actions\}: .* “itch”.*rub"):
        chapter(project)


def test_a_changed_definition_is_shown_changed(project: Project) -> None:
    assert "makes antibodies" in chapter(project)
    change(project.source / "words/list.md", lambda text: text.replace("antibodies", "proteins"))
    assert "makes proteins" in chapter(project)


def test_a_changed_translation_of_a_row_is_shown_where_it_is_placed(project: Project) -> None:
    project.translate("symptoms/list", "es", {"Your skin itches": "Le pica la piel"})
    assert "Le pica la piel" in chapter(project, "es")
    project.translate("symptoms/list", "es", {"Your skin itches": "Tiene comezón"})
    assert "Tiene comezón" in chapter(project, "es")


def test_a_changed_drawing_is_drawn_again(project: Project) -> None:
    project.translate("care/chapter", "es", {"strong": "fuerte"})
    assert "before" in picture(project)
    change(project.source / "care/drawings/cell.svg", lambda text: text.replace("before", "ahead"))
    assert "ahead" in picture(project)


def picture(project: Project) -> str:
    """Build in Spanish and return the drawing that the page shows."""
    built = project.build("html", "es")
    page = built.html("care/chapter")
    name = page.partition('src="../_images/')[2].partition('"')[0]
    return (built.folder / "_images" / name).read_text(encoding="utf-8")


def test_an_unconcerned_chapter_is_not_written_again(project: Project) -> None:
    project.write("plain", "---\norphan: true\n---\n# Plain\n\nText\n")
    page = project.build("xml").folder / "plain.xml"
    written = page.stat().st_mtime_ns
    change(project.source / "symptoms/list.md", lambda text: text.replace("itches", "burns"))
    assert "Your skin burns" in chapter(project)
    assert page.stat().st_mtime_ns == written
