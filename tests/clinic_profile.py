"""A clinic profile for tests, and how to change one entry of it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import MakeProject
from tests.helpers import Project

PROFILE = """\
name = "Lakeside Cancer Clinic"
department = "Day ward 4"
address = "12 Lake Road, Lakeside, MN 55001"
phone_day = "(612) 555-2368"
phone_night = "+1 612.555.2369"
emergency = "911"
interpreter = "612 555 2370"
hours.en = "Monday to Friday, 8 am to 5 pm"
hours.es = "De lunes a viernes"
nobody_answers = "Go to the emergency room."
web = "https://lakeside.health/immuno?a=1"
report_errors = "handbook@lakeside.health"
paper = "letter"
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">{}</svg>'
REQUIRED = re.findall(r"^(\w+)", PROFILE, re.MULTILINE)


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """A project with a clinic profile of its own."""
    project = make_project("test-clinic")
    (project.folder / "clinic.toml").write_text(PROFILE, encoding="utf-8")
    return project


def change(project: Project, key: str, line: str) -> int:
    """Replace an entry of the profile, or add one; return the line it now stands in."""
    lines = PROFILE.splitlines()
    places = [place for place, old in enumerate(lines) if re.match(rf"{key}\b", old)]
    where = places[0] if places else len(lines)
    lines[where : where + len(places)] = [line] if line else []
    profile = project.folder / "clinic.toml"
    profile.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return where + 1
