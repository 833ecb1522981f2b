"""The sample settings of docs/hosting: one policy, the same headers on each server."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from handbook.web.policy import CONTENT_SECURITY_POLICY, HEADER_ONLY
from tests.audit.server import sample_headers
from tests.helpers import REPOSITORY

HOSTING = REPOSITORY / "docs" / "hosting"


def apache() -> dict[str, str]:
    text = (HOSTING / ".htaccess").read_text(encoding="utf-8")
    return dict(re.findall(r'^Header always set (\S+) "([^"]+)"', text, re.MULTILINE))


def iis() -> dict[str, str]:
    tree = ElementTree.parse(HOSTING / "web.config")
    return {
        node.attrib["name"]: node.attrib["value"] for node in tree.iterfind(".//customHeaders/add")
    }


def test_policy_is_the_one_of_the_pages() -> None:
    wanted = f"{CONTENT_SECURITY_POLICY}; {HEADER_ONLY}"
    assert sample_headers()["Content-Security-Policy"] == wanted
    assert "unsafe" not in wanted
    assert "http" not in wanted


def test_all_servers_send_the_same_headers() -> None:
    assert sample_headers() == apache() == iis()


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("nginx.conf", {"woff2": "font/woff2", "svg": "image/svg+xml", "js": "text/javascript"}),
        (".htaccess", {".woff2": "font/woff2", ".svg": "image/svg+xml", ".js": "text/javascript"}),
        ("web.config", {".woff2": "font/woff2", ".svg": "image/svg+xml", ".js": "text/javascript"}),
    ],
)
def test_types_that_servers_often_lack_are_named(name: str, types: dict[str, str]) -> None:
    lines = (HOSTING / name).read_text(encoding="utf-8").splitlines()
    for ending, kind in types.items():
        assert any(ending in line and kind in line for line in lines), ending


def test_guide_names_each_header_and_each_file() -> None:
    guide = (REPOSITORY / "docs" / "hosting.md").read_text(encoding="utf-8")
    for header in sample_headers():
        assert f"`{header}`" in guide
    for target in re.findall(r"\]\(([^)#]+)", guide):
        assert Path(REPOSITORY, "docs", target).exists(), target
    for path in HOSTING.iterdir():
        assert f"hosting/{path.name}" in guide
