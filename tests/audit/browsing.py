"""Every page in a browser: axe-core, requests, breaches of the policy, width; and Lighthouse."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.axe import violations
from tests.browser import ARGUMENTS, complaints

WIDE, NARROW, NARROWEST = 1280, 375, 320
_LEAST = 0.95
_TRIES = 3


def in_browser(program: str, root: str, names: Sequence[str], *, axe: bool) -> Iterator[str]:
    """Yield what is wrong with pages: light and dark, wide and narrow.

    :param program: the path of Chromium.
    :param root: the site's address, ending in a slash.
    :param axe: whether to run axe-core; else the pages are only loaded and measured.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        for name in names:
            yield from _page(browser, root, name, axe)
        browser.close()


def _page(browser: Browser, root: str, name: str, axe: bool) -> Iterator[str]:
    context = browser.new_context(viewport={"width": WIDE, "height": 800})
    heard = complaints(context, root)
    page = context.new_page()
    page.goto(root + name, wait_until="load")
    if 'http-equiv="refresh"' in page.content():
        page.wait_for_load_state()
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        for colors in ("light", "dark") if axe else ():
            page.emulate_media(color_scheme="light" if colors == "light" else "dark")
            for found in violations(page):
                yield f"{name} ({width} px, {colors}): {found}"
    for width in (NARROW, NARROWEST):
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            yield f"{name}: {wide} px wide in a window of {width} px"
    cookies = context.cookies()
    if cookies:
        yield f"{name}: sets the cookie {cookies[0]['name']}"
    context.close()
    yield from (f"{name}: {one}" for one in heard)


def heaviest(site: Path, names: Sequence[str], count: int = 4) -> list[str]:
    """Return the pages with the most bytes of HTML."""
    return sorted(names, key=lambda name: -(site / name).stat().st_size)[:count]


def lighthouse(tool: Path, program: str, root: str, names: Sequence[str]) -> Iterator[str]:
    """Yield pages whose performance or accessibility stays under 95 in each of some tries."""
    for name in names:
        best: dict[str, float] = {}
        for _try in range(_TRIES):
            for category, score in _scores(tool, program, root + name).items():
                best[category] = max(score, best.get(category, 0.0))
            if best and min(best.values()) >= _LEAST:
                break
        told = ", ".join(f"{category} {score * 100:.0f}" for category, score in best.items())
        print(f"  Lighthouse, {name}: {told or 'no result'}", flush=True)
        if not best or min(best.values()) < _LEAST:
            yield f"{name}: {told or 'Lighthouse gave no result'}"


def _scores(tool: Path, program: str, address: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        subprocess.run(
            [
                *("node", str(tool), address, "--quiet", "--output=json", f"--output-path={out}"),
                "--only-categories=performance,accessibility",
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            ],
            env={**os.environ, "CHROME_PATH": program},
            capture_output=True,
            check=False,
            timeout=180,
        )
        if not out.exists():
            return {}
        report = json.loads(out.read_text("utf-8"))
        return {
            name: float(category["score"] or 0) for name, category in report["categories"].items()
        }
