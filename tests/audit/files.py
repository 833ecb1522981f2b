"""What can be judged without a browser: links, headers, HTML."""

from __future__ import annotations

import http.client
import json
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

from tests.audit.server import sample_headers

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    "": "text/plain; charset=utf-8",
}


def pages(site: Path) -> list[str]:
    """Return the address of each page, from the site's root."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def dead_links(site: Path) -> Iterator[str]:
    """Yield each link and file address that leads nowhere, or out of the site by a path."""

    @cache
    def names(path: Path) -> set[str]:
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        return {str(tag["id"]) for tag in soup.find_all(id=True)}

    for page in pages(site):
        path = site / page
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for tag in soup.find_all(["a", "link", "img", "script", "source", "form"]):
            for attribute in ("href", "src", "action"):
                address = str(tag.get(attribute) or "")
                parts = urlsplit(address)
                if not address or parts.scheme in ("http", "https", "mailto", "tel", "data"):
                    continue
                goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
                if parts.scheme or not goal.is_relative_to(site.resolve()) or not goal.is_file():
                    yield f"{page}: {address} leads nowhere"
                elif (
                    parts.fragment
                    and tag.name == "a"
                    and goal.suffix == ".html"
                    and unquote(parts.fragment) not in names(goal)
                ):
                    yield f"{page}: {address}: there is no such place on the page"


def bad_answers(site: Path, root: str) -> Iterator[str]:
    """Yield what is wrong with the answers of a server: one of each kind of file, then all pages.

    :param root: the site's address, ending in a slash.
    """
    parts = urlsplit(root)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    files = sorted(path for path in site.rglob("*") if path.is_file())
    by_kind = {path.suffix: path for path in reversed(files)}
    checked = {*by_kind.values(), *site.rglob("*.html"), *site.rglob("*.pdf")}
    for path in sorted(checked):
        name = path.relative_to(site).as_posix()
        connection.request("GET", parts.path + name)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200 or content != path.read_bytes():
            yield f"{name}: answered {answer.status}, {len(content)} bytes"
        sent = answer.headers
        wanted = _TYPES.get(path.suffix)
        if wanted and (sent["Content-Type"] or "").lower() != wanted:
            yield f"{name}: Content-Type is {sent['Content-Type']}, not {wanted}"
        for header, value in sample_headers().items():
            if sent[header] != value:
                yield f"{name}: {header} is {sent[header]}"
        if path.suffix in (".html", ".pdf") and sent["Cache-Control"] != "no-cache":
            yield f"{name}: Cache-Control is {sent['Cache-Control']}"
    for folder in ("", "check/"):
        connection.request("GET", parts.path + folder)
        answer = connection.getresponse()
        if answer.read() != (site / folder / "index.html").read_bytes():
            yield f"{folder or '/'}: is not the page of the folder ({answer.status})"
    connection.request("GET", parts.path + "no-such-page.html")
    answer = connection.getresponse()
    answer.read()
    if answer.status != 404:
        yield f"no-such-page.html: answered {answer.status}"


def html_errors(site: Path, jar: Path) -> Iterator[str]:
    """Yield what vnu (the Nu HTML checker) calls an error."""
    names = [str(site / page) for page in pages(site)]
    for start in range(0, len(names), 100):
        command = [
            "java",
            "-jar",
            str(jar),
            "--errors-only",
            "--format",
            "json",
            "--exit-zero-always",
        ]
        run = subprocess.run(
            [*command, *names[start : start + 100]], capture_output=True, text=True, check=False
        )
        for message in json.loads(run.stderr or "{}").get("messages", []):
            page = message.get("url", "").rpartition(f"{site.name}/")[2]
            yield f"{page}:{message.get('lastLine', '')}: {message['message']}"
