"""Runs Sphinx for a language and puts what it made in place, whole or not at all.

Sphinx works in a folder of its own, ``<out>/.work``. Only a run without a warning is published:
a failed build leaves the earlier output as it was.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
PRINTED = {"pdf": "book", "handouts": "handouts", "cards": "cards"}
_NOT_PUBLISHED = (".buildinfo", "objects.inv", WEBSITE_RECORD)


class BuildFailed(Exception):
    """Sphinx has said what is wrong; the exit code is in ``args[0]``."""


@dataclass(frozen=True)
class Request:
    """What to build.

    :param kinds: any of "html", "pdf", "handouts", "cards".
    :param papers: any of "letter", "a4"; none: books on both, sheets on the clinic's paper.
    :param size: "standard" or "large".
    :param chapter: one chapter's name, for handouts; "" for all.
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


def _print(request: Request, language: str, outputs: Sequence[str]) -> list[Path]:
    work = request.out / ".work" / "print" / language
    shutil.rmtree(work, ignore_errors=True)
    _say(f"Print, {language}: {', '.join(outputs)}")
    settings = {
        "handbook_outputs": ",".join(outputs),
        "handbook_papers": ",".join(request.papers),
        "handbook_size": request.size,
        "handbook_chapter": request.chapter,
    }
    _sphinx("handbook-pdf", work, request, language, settings)
    made = []
    for source in sorted(work.rglob("*.pdf")):
        target = request.out / source.relative_to(work)
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
        made.append(target)
    return made


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
