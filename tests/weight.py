"""How heavy pages are at a reader's first visit: all files, uncompressed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser

#: Pages that are lists of everything; no chapter.
LISTS = {"genindex.html", "search.html"}
_FILE = re.compile(r'(?:href|src)="([^"#?]+\.(?:css|js|svg|png))')


def heavy_pages(browser: Browser, folder: Path, most: int) -> Iterator[str]:
    """Yield the chapter pages of a language that weigh more than so many bytes.

    A page is opened only where all files that it names, and all fonts, weigh more.

    :param folder: a language's pages, such as build/html/en.
    """
    fonts = sum(path.stat().st_size for path in folder.rglob("*.woff2"))
    for page in sorted(folder.rglob("*.html")):
        name = page.relative_to(folder).as_posix()
        if name in LISTS:
            continue
        named = {page.parent / address for address in _FILE.findall(page.read_text("utf-8"))}
        files = {page, *(path.resolve() for path in named)}
        if fonts + sum(path.stat().st_size for path in files) > most:
            weight = _weight(browser, page)
            if weight > most:
                yield f"{name}: {weight} bytes"


def _weight(browser: Browser, page: Path) -> int:
    """Return what a wide window loads; drawings that are far below come later."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(unquote(urlsplit(request.url).path)))
    context.new_page().goto(page.as_uri(), wait_until="networkidle")
    context.close()
    return sum(Path(name).stat().st_size for name in asked if name.startswith("/"))
