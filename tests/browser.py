"""A real browser for tests: an installed Chromium, driven through Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The browser looks for nothing on the network by itself.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NONE_FOUND = "no Chromium is installed: the tests in a browser are left out (make test installs it)"


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, else of Playwright's own, else None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def complaints(context: BrowserContext, *roots: str) -> list[str]:
    """Return a list that fills with what is wrong while pages are used.

    What is wrong: words on the console, errors of scripts, requests to another place.

    :param roots: where the pages may ask for files ("file:", "http://127.0.0.1:8000/").
    """
    heard: list[str] = []

    def watch(address: str) -> None:
        if not address.startswith((*roots, "data:")):
            heard.append(f"asked for {address}")

    context.on("console", lambda message: heard.append(f"console: {message.text}"))
    context.on("weberror", lambda error: heard.append(f"error: {error.error}"))
    context.on("request", lambda request: watch(request.url))
    return heard


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running browser. Where there is none: skip with one line, or fail if CI is set."""
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NONE_FOUND)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield running
        running.close()
