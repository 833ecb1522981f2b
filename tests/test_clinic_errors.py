"""Faults in the clinic profile: each stops the build with its file and line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from handbook.clinic import load_clinic
from handbook.errors import HandbookError
from tests.clinic_profile import PROFILE, REQUIRED, SVG, change, project
from tests.helpers import REPOSITORY, Project

__all__ = ["project"]


def fault(project: Project) -> HandbookError:
    """Return the error that the build stops with."""
    with pytest.raises(HandbookError) as caught:
        project.build("dummy")
    return caught.value


# ---- What stops the build ------------------------------------------------------------------------


def test_build_from_the_command_line_fails_with_the_message(project: Project) -> None:
    line = change(project, "phone_day", 'phone_day = ""')
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-c", str(REPOSITORY)]
    build = subprocess.run(
        [*command, str(project.source), str(project.folder / "out")],
        env=os.environ | {"CLINIC": str(project.clinic())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode != 0
    assert f"clinic.toml:{line}: phone_day: is blank. Give the number" in build.stderr
    assert not list(project.folder.glob("out/*.html"))


def test_all_faults_come_at_once_in_the_order_of_the_file(project: Project) -> None:
    project.clinic().write_text(
        PROFILE.replace('"911"', '"9"')
        .replace("paper =", "papper =")
        .replace('name = "Lakeside Cancer Clinic"\n', ""),
        encoding="utf-8",
    )
    first, *lines = str(fault(project)).splitlines()
    assert "4 things in this clinic profile must be mended" in first
    assert [re.sub(r"^\S*clinic\.toml", "", line).partition(". ")[0] for line in lines] == [
        ':5: emergency: "9" is too short for a telephone number',
        ":12: papper: is not an entry of a clinic profile",
        ": name: is missing",
        ": paper: is missing",
    ]
    assert lines[1].endswith('Did you mean "paper"?')


@pytest.mark.parametrize("key", sorted(set(REQUIRED)))
def test_missing_entry(project: Project, key: str) -> None:
    change(project, key, "")
    error = fault(project)
    assert f"{key}: is missing" in str(error)
    assert error.file.endswith("clinic.toml")


@pytest.mark.parametrize("key", [*sorted(set(REQUIRED)), "logo"])
@pytest.mark.parametrize("blank", ['""', '" \u00a0 "', '"–"'])
def test_blank_entry(project: Project, key: str, blank: str) -> None:
    line = change(project, key, f"{key} = {blank}")
    error = fault(project)
    assert error.line == line
    assert f"{key}: " in str(error)
    assert "is blank" in str(error) or "is not a paper" in str(error)


NUMBER = "phone_night"
BAD_ENTRIES = [
    # entry, its line, what the message says
    ("name", "name = 7", "must be text in quotation marks, not a number"),
    ("name", 'name = ["a"]', "must be text in quotation marks, not a list"),
    ("name", 'name = "' + "x" * 61 + '"', "is 61 characters long. Shorten it to 60"),
    ("address", 'address = "a\\nb"', "runs over more than one line"),
    ("address", 'address = "a\\u0007b"', "cannot be printed (U+0007)"),
    ("address", 'address = "a\\u202Eb"', "cannot be printed (U+202E)"),
    ("address", 'address = "a\\u2066b"', "cannot be printed (U+2066)"),
    ("address", 'address = "a\\u00ADb"', "cannot be printed (U+00AD)"),
    ("hours", 'hours = { es = "a" }', "has no text for en"),
    ("hours", 'hours = { en = "a", es = "" }', "hours.es: is blank"),
    ("hours", 'hours = { en = "a", spanish = "b" }', '"spanish" is not the code of a language'),
    ("hours", "hours = { en = 8 }", "hours.en: must be text in quotation marks"),
    ("phone_day", "phone_day = 6125552368", 'Write phone_day = "6125552368"'),
    ("phone_day", 'phone_day = { en = "612 555 2368" }', "not a table"),
    (NUMBER, 'phone_night = "612 555 2368 ext. 4"', '"e" cannot stand in a telephone number'),
    (NUMBER, 'phone_night = "612–555"', '"–" cannot stand in a telephone number'),
    (NUMBER, 'phone_night = "612+555"', '"+" cannot stand in a telephone number'),
    (NUMBER, 'phone_night = "٦١٢٥٥٥"', "cannot stand in a telephone number"),
    (NUMBER, 'phone_night = "12"', "too short for a telephone number"),
    (NUMBER, 'phone_night = "(612 555 2368"', "has a bracket too many"),
    (NUMBER, 'phone_night = "612 555 2368 -"', "does not end in a digit"),
    ("web", 'web = "lakeside.health"', "is not an https or http address"),
    ("web", 'web = "javascript:alert(1)"', "is not an https or http address"),
    ("web", 'web = "https://"', "is not an https or http address"),
    ("web", 'web = "https://a.b/<script>"', "holds a character"),
    ("web", 'web = "https://user:word@a.b/"', "holds a user name"),
    ("web", 'web = "https://a.b:port/"', "is not a web address"),
    ("report_errors", 'report_errors = "at the desk"', "neither an e-mail address nor a web"),
    ("report_errors", 'report_errors = "a@b@c.d"', "neither an e-mail address nor a web"),
    ("report_errors", 'report_errors = "a@b.c?cc=x@y.z"', "neither an e-mail address nor"),
    ("report_errors", 'report_errors = "ftp://a.b"', "neither an e-mail address nor a web"),
    ("paper", 'paper = "A3"', '"A3" is not a paper. Write "letter" or "a4"'),
    ("sample", 'sample = "no"', "must be true or false, not text"),
    ("phon_day", 'phon_day = "911"', 'Did you mean "phone_day"?'),
    ("phone-day", 'phone-day = "911"', 'Did you mean "phone_day"?'),
    ("colour", 'colour = "red"', "is not an entry of a clinic profile. Take it out"),
    ("reviewed_by", 'reviewed_by = "A. Person"', "stands without reviewed_on"),
    ("reviewed_on", "reviewed_on = 2020-01-01", "stands without reviewed_by"),
    ("logo", 'logo = "none.png"', 'there is no file "none.png"'),
    ("logo", 'logo = "../logo.png"', "lies outside the folder of the profile"),
    ("logo", 'logo = "/etc/hosts"', "lies outside the folder of the profile"),
    ("logo", 'logo = "source/index.md"', "is not a whole PNG, JPEG or SVG picture"),
]


@pytest.mark.parametrize(
    ("key", "line", "message"), BAD_ENTRIES, ids=[line[:40] for _key, line, _m in BAD_ENTRIES]
)
def test_bad_entry(project: Project, key: str, line: str, message: str) -> None:
    number = change(project, key, line)
    error = fault(project)
    assert message in str(error)
    assert re.match(rf"\S*clinic\.toml:{number}: {key}\b", str(error))
    assert not error.file.startswith(("..", "~"))


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2027-01-16", "2027-01-16 is in the future"),
        ('"16/01/2026"', '"16/01/2026" is not a date'),
        ('"2026-02-30"', '"2026-02-30" is not a date'),
        ("2026-01-16T10:00:00", "must be a date, not a date with a time"),
        ("2026", "must be a date, not a number"),
        ('""', '"" is not a date'),
    ],
)
def test_bad_day(project: Project, monkeypatch: pytest.MonkeyPatch, day: str, message: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # 2027-01-15
    line = change(project, "reviewed", f'reviewed_by = "A. Person"\nreviewed_on = {day}')
    error = fault(project)
    assert f"reviewed_on: {message}" in str(error)
    assert error.line == line + 1


@pytest.mark.parametrize(
    ("key", "line", "left"),
    [
        ("phone_day", 'phone_day = "(612) 555-0123"', "555-0123"),
        ("phone_day", 'phone_day = "612 555 01 23"', "555 01 23"),
        ("nobody_answers", 'nobody_answers = "Call 5550199."', "5550199"),
        ("name", 'name = "SAMPLE cancer center West"', "Sample Cancer Center"),
        ("department", 'department = "X (replace before use)"', "replace before use"),
        ("web", 'web = "https://clinic.example/"', ".example"),
        ("report_errors", 'report_errors = "a@example.org"', "example.org"),
        ("hours", 'hours = { en = "a", es = "Sample Cancer Center" }', "Sample Cancer Center"),
    ],
)
@pytest.mark.parametrize("said", ["", "sample = false\n"])
def test_real_profile_keeps_nothing_of_the_sample(
    project: Project, key: str, line: str, left: str, said: str
) -> None:
    change(project, key, line)
    profile = project.clinic()
    profile.write_text(said + profile.read_text(encoding="utf-8"), encoding="utf-8")
    assert f'{key}: "{left}" comes from the sample' in str(fault(project))
    profile.write_text(
        "sample = true\n" + profile.read_text(encoding="utf-8").removeprefix(said),
        encoding="utf-8",
    )
    assert load_clinic(profile).sample


def test_shipped_profile_is_refused_once_it_says_that_it_is_no_sample(project: Project) -> None:
    sample = (REPOSITORY / "clinic.toml").read_text(encoding="utf-8")
    project.clinic().write_text(sample.replace("sample = true", "sample = false"), encoding="utf-8")
    message = str(fault(project))
    for key in ("name", "department", "address", "phone_day", "phone_night", "interpreter", "web"):
        assert re.search(rf"^\S+:\d+: {key}: .* comes from the sample", message, re.MULTILINE)


def test_sample_cannot_be_signed_off(project: Project) -> None:
    change(
        project,
        "sample",
        'sample = true\nreviewed_by = "A. Person"\nreviewed_on = 2020-01-01',
    )
    assert "reviewed_by: a sample cannot be signed off" in str(fault(project))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", b"not a picture"),
        ("logo.png", b""),
        ("logo.png", SVG.format("").encode()),
        ("logo.svg", b"<svg/>"),
        ("logo.svg", b"<svg"),
        ("logo.svg", SVG.format("<script>alert(1)</script>").encode()),
        ("logo.svg", SVG.format('<path onload="alert(1)"/>').encode()),
        ("logo.svg", SVG.format('<a href="https://a.b"><path/></a>').encode()),
        ("logo.svg", SVG.format('<image href="x.png"/>').encode()),
        ("logo.svg", SVG.format('<path style="fill:url(https://a.b)"/>').encode()),
        ("logo.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;").encode()),
        ("logo.svg", b'<?xml-stylesheet href="x.css"?>' + SVG.format("").encode()),
    ],
)
def test_broken_or_harmful_logo(project: Project, name: str, content: bytes) -> None:
    (project.folder / name).write_bytes(content)
    line = change(project, "logo", f'logo = "{name}"')
    error = fault(project)
    assert error.line == line
    assert f'logo: "{name}" is not a whole PNG, JPEG or SVG picture' in str(error)


def test_cut_off_logo(project: Project) -> None:
    path = project.folder / "logo.png"
    Image.effect_noise((64, 64), 50).save(path)
    path.write_bytes(path.read_bytes()[:-600])
    change(project, "logo", 'logo = "logo.png"')
    assert "is not a whole PNG" in str(fault(project))


def test_logo_that_points_outside_through_a_link(project: Project, tmp_path: Path) -> None:
    home = tmp_path / "clinic"
    home.mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "outside.png")
    (home / "logo.png").symlink_to(tmp_path / "outside.png")
    profile = home / "clinic.toml"
    profile.write_text(PROFILE + 'logo = "logo.png"\n', encoding="utf-8")
    with pytest.raises(HandbookError, match="lies outside the folder of the profile"):
        load_clinic(profile)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('paper = "letter', "not written as TOML wants it"),
        ("paper letter", "not written as TOML wants it"),
        ('paper = "letter"\npaper = "a4"', "not written as TOML wants it"),
    ],
)
def test_line_that_is_not_toml(project: Project, line: str, message: str) -> None:
    number = change(project, "paper", line) + line.count("\n")
    error = fault(project)
    assert message in str(error)
    assert error.line == number


def test_profile_in_another_encoding(project: Project) -> None:
    project.clinic().write_bytes(PROFILE.replace("Lake Road", "Läke Road").encode("latin-1"))
    error = fault(project)
    assert error.line == 3
    assert "is not in UTF-8" in str(error)


@pytest.mark.parametrize("name", ["missing.toml", "source", ""])
def test_profile_that_is_not_there(project: Project, name: str) -> None:
    path = str(project.folder / name) if name else ""
    with pytest.raises(HandbookError, match=r"no clinic profile|cannot be opened"):
        project.build("dummy", handbook_clinic=path)
