"""The clinic profile, through real builds: what it brings to the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from handbook.clinic import KEYS, load_clinic
from handbook.clinic_checks import LIMITS
from tests.clinic_profile import PROFILE, REQUIRED, SVG, change, project
from tests.helpers import REPOSITORY, Project

__all__ = ["project"]


# ---- What a profile brings ----------------------------------------------------------------------


def test_every_entry_reaches_the_page(project: Project) -> None:
    page = project.build().html("index").replace("\N{NO-BREAK SPACE}", " ")
    page = unquote(unescape(page))  # Sphinx hides mail addresses from harvesters
    for words in (
        "Lakeside Cancer Clinic",
        "Day ward 4",
        "12 Lake Road, Lakeside, MN 55001",
        "(612) 555-2368",
        "+1 612.555.2369",
        ">911<",
        "612 555 2370",
        "Monday to Friday, 8 am to 5 pm",
        "Go to the emergency room.",
        'href="https://lakeside.health/immuno?a=1"',
        'href="mailto:handbook@lakeside.health"',
    ):
        assert words in page


def test_shipped_profile_is_plainly_a_sample() -> None:
    clinic = load_clinic(REPOSITORY / "clinic.toml")
    assert clinic.sample
    assert clinic.name == "Sample Cancer Center"
    assert (clinic.reviewed_by, clinic.reviewed_on, clinic.logo) == (None, None, None)
    assert "SAMPLE" in clinic.department
    for number in (clinic.phone_day, clinic.phone_night, clinic.interpreter):
        assert re.fullmatch(r"\(555\) 555-01\d\d", number)


def test_language_chooses_the_words_and_says_which_it_is(project: Project) -> None:
    clinic = load_clinic(project.clinic())
    assert clinic.text("hours", "es") == clinic.text("hours", "es_MX") == "De lunes a viernes"
    assert clinic.text_language("hours", "es_MX") == "es"
    assert clinic.text("hours", "zh_CN") == "Monday to Friday, 8 am to 5 pm"
    assert clinic.text_language("hours", "zh_CN") == "en"
    assert clinic.text_language("nobody-answers", "es") == "en"
    assert clinic.text_language("phone-day", "es") == "es"
    assert "De lunes a viernes" in project.build(language="es").html("index")


def test_text_knows_each_key_and_no_other(project: Project) -> None:
    clinic = load_clinic(project.clinic())
    assert all(clinic.text(key, "en") for key in KEYS)
    with pytest.raises(KeyError):
        clinic.text("paper", "en")
    with pytest.raises(KeyError):
        clinic.text("phone_day", "en")


def test_text_is_never_read_as_markup(project: Project) -> None:
    change(project, "nobody_answers", r"nobody_answers = '**Go** <b>now</b> {doc}`index` [a](b)'")
    page = project.build().html("index")
    assert "**Go** &lt;b&gt;now&lt;/b&gt; {doc}`index` [a](b)" in page


@pytest.mark.parametrize(
    "write",
    [
        lambda profile: profile.write_text(PROFILE.replace("2368", "2399"), encoding="utf-8"),
        lambda profile: Image.new("RGB", (4, 4), "red").save(profile.with_name("logo.png")),
    ],
    ids=["number", "logo"],
)
def test_changed_profile_has_every_document_read_again(
    project: Project, write: Callable[[Path], None]
) -> None:
    profile = project.folder / "clinic.toml"
    Image.new("RGB", (4, 4)).save(profile.with_name("logo.png"))
    change(project, "logo", 'logo = "logo.png"')
    project.build("dummy")
    again = project.build("dummy")
    assert "0 added, 0 changed, 0 removed" in again.status
    write(profile)
    changed = project.build("dummy")
    read = re.findall(r"(\d+) added, (\d+) changed", changed.status)[0]
    assert sum(map(int, read)) == 2


def test_profile_with_a_byte_order_mark_is_read(project: Project) -> None:
    project.clinic().write_text("\ufeff" + PROFILE, encoding="utf-8")
    assert load_clinic(project.clinic()).name == "Lakeside Cancer Clinic"


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg", "pictures/logo.svg"])
def test_logo_of_each_kind(project: Project, name: str) -> None:
    path = project.folder / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".svg":
        path.write_text(SVG.format('<path fill="url(#a)" d="M0 0h4v4z"/>'), encoding="utf-8")
    else:
        Image.new("RGB", (4, 4)).save(path)
    change(project, "logo", f'logo = "{name}"')
    assert load_clinic(project.clinic()).logo == path.resolve()


def test_sign_off(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 2027-01-15
    change(project, "reviewed", 'reviewed_by = "A. Person, RN"\nreviewed_on = 2027-01-15')
    clinic = load_clinic(project.clinic())
    assert (clinic.reviewed_by, clinic.reviewed_on) == ("A. Person, RN", date(2027, 1, 15))
    assert not clinic.sample


# ---- What the documentation says -----------------------------------------------------------------


def test_documentation_lists_every_entry_and_its_longest_text() -> None:
    guide = (REPOSITORY / "docs" / "clinic.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?) \|.*\| ?(\d*).*\|$", guide, re.MULTILINE)
    described = {
        key: int(longest) if longest else None
        for keys, longest in rows
        for key in re.findall(r"`(\w+)`", keys)
    }
    optional = {"sample", "handbook_web", "logo", "reviewed_by", "reviewed_on"}
    assert set(described) == {*REQUIRED, *optional}
    assert {key: described[key] for key in LIMITS} == LIMITS
