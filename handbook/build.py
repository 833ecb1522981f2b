"""Runs Sphinx for a language and puts what it made in place, whole or not at all.

Sphinx works in a folder of its own, ``<out>/.work``. Only a run without a warning is published:
a failed build leaves the earlier output as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handbook.built import PLAN, note
from handbook.errors import HandbookError
from handbook.outputs import (
    PRINTED_LIST,
    WEBSITE_RECORD,
    Printed,
    Website,
    read_printed,
    read_website,
)

ROOT = Path(__file__).resolve().parent.parent
#: What can be printed, as the print builder names it.
PRINTED = {
    "pdf": "book",
    "handouts": "handouts",
    "cards": "cards",
    "booklet": "booklets",
    "press": "press",
    "review": "review",
}
_NOT_PUBLISHED = (".buildinfo", "objects.inv", WEBSITE_RECORD)


class BuildFailed(Exception):
    """Sphinx has said what is wrong; the exit code is in ``args[0]``."""


@dataclass(frozen=True)
class Request:
    """What to build.

    :param kinds: "html", "text" or any of :data:`PRINTED`.
    :param papers: any of "letter", "a4"; none: books on both, sheets on the clinic's paper.
    :param size: "standard" or "large".
    :param chapter: one chapter's name, for handouts, booklets, review copies; "" for all.
    :param root: the folder of conf.py and source/.
    :param settings: more values of conf.py, by name.
    """

    kinds: Sequence[str]
    languages: Sequence[str] = ("en",)
    papers: Sequence[str] = ()
    size: str = "standard"
    chapter: str = ""
    out: Path = ROOT / "build"
    root: Path = ROOT
    settings: Mapping[str, str] = field(default_factory=dict)


def build(request: Request) -> list[Path]:
    """Build and publish; returns the folders and files made.

    :raises BuildFailed: Sphinx found a fault. What was there before is still there.
    """
    made: list[Path] = []
    for language in request.languages:
        if "html" in request.kinds:
            made.append(_web(request, language))
        if "text" in request.kinds:
            made.append(_text(request, language))
        outputs = [name for kind, name in PRINTED.items() if kind in request.kinds]
        if outputs:
            made += _print(request, language, outputs)
    return made


def _web(request: Request, language: str) -> Path:
    work = request.out / ".work" / "html" / language
    shutil.rmtree(work, ignore_errors=True)  # the page of a chapter that is gone must go too
    _say(f"Web site, {language}")
    # The languages that stand side by side lead to one another.
    settings = {"handbook_site_languages": ",".join(request.languages)}
    _sphinx("html", work, request, language, settings)
    target = request.out / "html" / language
    swap(work, target)
    return target / "index.html"


def _text(request: Request, language: str) -> Path:
    work = request.out / ".work" / "text" / language
    shutil.rmtree(work, ignore_errors=True)
    _say(f"Text as built, {language}")
    _sphinx("handbook-text", work, request, language, {})
    target = request.out / "text" / language
    swap(work, target)
    return target


def _print(request: Request, language: str, outputs: Sequence[str]) -> list[Path]:
    work = request.out / ".work" / "print" / language
    shutil.rmtree(work, ignore_errors=True)
    _say(f"Print, {language}: {', '.join(outputs)}")
    settings = {
        "handbook_outputs": ",".join(outputs),
        "handbook_papers": ",".join(request.papers),
        "handbook_size": request.size,
        "handbook_chapter": request.chapter,
        "handbook_published": str(request.out),
    }
    _sphinx("handbook-pdf", work, request, language, settings)
    planned: dict[str, str] = json.loads((work / PLAN).read_text("utf-8"))
    for path in planned:
        if (work / path).exists():  # else it is unchanged
            target = request.out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (work / path).replace(target)
    note(request.out, planned)
    return [request.out / path for path in sorted(planned)]


def _sphinx(
    builder: str, work: Path, request: Request, language: str, settings: Mapping[str, str]
) -> None:
    """Run sphinx-build strictly: every warning is a fault, and all are shown before it stops."""
    doctrees = request.out / ".work" / "doctrees" / language
    command = [sys.executable, "-m", "handbook.run_sphinx", builder]
    command += [str(folder) for folder in (request.root, work, doctrees)]
    values = {"language": language, **settings, **request.settings}
    command += [f"{name}={value}" for name, value in values.items()]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, cwd=request.root, env=environment, check=False)
    if result.returncode:
        # A fault is told when a chapter is read: read all of them again next time.
        shutil.rmtree(doctrees, ignore_errors=True)
        raise BuildFailed(result.returncode)


def plan(request: Request, language: str) -> list[Printed]:
    """Return what this request would print, with its edition codes, without laying it out."""
    work = request.out / ".work" / "plan" / language
    outputs = [name for kind, name in PRINTED.items() if kind in request.kinds]
    settings = {
        "handbook_outputs": ",".join(outputs),
        "handbook_papers": ",".join(request.papers),
        "handbook_size": request.size,
        "handbook_plan": "1",
    }
    _sphinx("handbook-pdf", work, request, language, settings)
    return read_printed(work / PRINTED_LIST)


def check_links(request: Request) -> int:
    """Try every address that the chapters and the bibliography name; returns the exit code.

    :raises HandbookError: there is no internet to try them in.
    """
    if not _online():
        raise HandbookError(
            "the internet",
            "cannot be reached from here, and this check needs it",
            "Run make linkcheck on a machine with internet.",
        )
    _say("Trying every address outside the site (this takes minutes)")
    for language in request.languages:
        _sphinx("linkcheck", request.out / ".work" / "linkcheck" / language, request, language, {})
    return 0


def _online() -> bool:
    if urllib.request.getproxies():
        return True  # names may be looked up by the proxy alone
    try:
        socket.getaddrinfo("www.cancer.gov", 443)
    except OSError:
        return False
    return True


def website_of(request: Request, language: str) -> Website:
    """Return the record of the web site that was last built for this request."""
    return read_website(request.out / ".work" / "html" / language / WEBSITE_RECORD)


def printed_of(request: Request, language: str) -> list[Printed]:
    """Return what was last printed for this request."""
    return read_printed(request.out / ".work" / "print" / language / PRINTED_LIST)


def swap(work: Path, target: Path) -> None:
    """Put a copy of a folder in the place of another, without what only builds need."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(work, fresh, ignore=shutil.ignore_patterns(*_NOT_PUBLISHED))
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _say(text: str) -> None:
    print(f"\n== {text}", flush=True)
