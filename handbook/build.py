"""Runs Sphinx for a language and puts what it made in place, whole or not at all.

Sphinx works in a folder of its own, ``<out>/.work``. Only a run without a warning is published:
a failed build leaves the earlier output as it was.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.built import PLAN, note

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
    """

    kinds: Sequence[str]
    languages: Sequence[str] = ("en",)
    papers: Sequence[str] = ()
    size: str = "standard"
    chapter: str = ""
    out: Path = ROOT / "build"
    root: Path = ROOT


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
    _sphinx("html", work, request, language, {})
    target = request.out / "html" / language
    _swap(work, target)
    return target / "index.html"


def _text(request: Request, language: str) -> Path:
    work = request.out / ".work" / "text" / language
    shutil.rmtree(work, ignore_errors=True)
    _say(f"Text as built, {language}")
    _sphinx("handbook-text", work, request, language, {})
    target = request.out / "text" / language
    _swap(work, target)
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
    command += [f"language={language}", *(f"{name}={value}" for name, value in settings.items())]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, cwd=request.root, env=environment, check=False)
    if result.returncode:
        # A fault is told when a chapter is read: read all of them again next time.
        shutil.rmtree(doctrees, ignore_errors=True)
        raise BuildFailed(result.returncode)


def _swap(work: Path, target: Path) -> None:
    """Put a copy of a folder in the place of another."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(work, fresh, ignore=shutil.ignore_patterns(".buildinfo", "objects.inv"))
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _say(text: str) -> None:
    print(f"\n== {text}", flush=True)
