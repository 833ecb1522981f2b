"""Builds everything, puts it together, and puts the folder in place whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from sphinx.config import Config
from sphinx.util.tags import Tags

from handbook.build import Request, build, printed_of, swap, website_of
from handbook.errors import HandbookError
from handbook.ledger import ledger_name
from handbook.outputs import Printed, Website, write_printed
from handbook.site.front import check_page, copy_static, start_page

CHECKSUMS = "SHA256SUMS"
PAPERS = ("letter", "a4")
#: What readers and nurses print: a press file goes to a print shop, a review copy to who signs.
PRINT_RUNS = (
    (("pdf", "handouts", "cards", "booklet"), "standard"),
    (("pdf", "handouts", "cards"), "large"),
)


@dataclass(frozen=True)
class Part:
    """What was built of one language: its web site, its PDFs, and the folders they are in."""

    website: Website
    printed: list[Printed]
    pages: Path
    files: Path


def read_settings(root: Path) -> Config:
    """Return the settings in conf.py that the whole site needs."""
    config = Config.read(root, overrides={}, tags=Tags())
    config.add("handbook_languages", {}, "env", [dict])
    config.add("handbook_clinic", "", "", [str])
    return config


def released(config: Config, asked: Sequence[str]) -> list[str]:
    """Return the languages of the site: those asked for, else those that conf.py releases.

    :raises HandbookError: conf.py does not know one, or releases none.
    """
    known = config.handbook_languages
    for language in asked:
        if language not in known:
            raise HandbookError(
                "LANGUAGES",
                f'conf.py knows no language "{language}"',
                f"Choose from: {' '.join(known)}.",
            )
    chosen = [name for name in known if (name in asked if asked else known[name].get("released"))]
    if not chosen:
        raise HandbookError(
            "conf.py", "no language is released", 'Set "released": True in handbook_languages.'
        )
    return chosen


def ledger_of(root: Path, config: Config) -> Path:
    """Return the ledger of the clinic that is built for."""
    profile = Path(root, config.handbook_clinic)
    return profile.with_name(ledger_name(profile))


def build_site(request: Request) -> Path:
    """Build the site and put it at ``<out>/site``.

    :param request: its kinds, papers and size are not used; no language: all released.
    :return: the folder.
    :raises BuildFailed: Sphinx found a fault. An earlier folder is still there.
    :raises HandbookError: settings, ledger or names of files do not go together.
    """
    config = read_settings(request.root)
    languages = released(config, request.languages)
    work = request.out / ".work" / "site"
    parts = [
        _build_language(replace(request, out=work / "built"), language, languages)
        for language in languages
    ]
    folder = work / "folder"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for part in parts:
        _put(part, folder / part.website.language)
    named = request.settings.get("handbook_ledger")
    ledger = Path(named) if named else ledger_of(request.root, config)
    clinic = Path(request.root, request.settings.get("handbook_clinic", config.handbook_clinic))
    websites = [part.website for part in parts]
    printed = {part.website.language: part.printed for part in parts}
    copy_static(folder)
    start_page(folder, request.root, config, clinic, websites)
    check_page(folder, request.root, config, ledger, websites, printed)
    write_checksums(folder)
    swap(folder, request.out / "site")
    return request.out / "site"


def _build_language(request: Request, language: str, languages: Sequence[str]) -> Part:
    """Print a language's PDFs first: its pages name their sizes and codes."""
    printed: list[Printed] = []
    for kinds, size in PRINT_RUNS:
        run = replace(request, kinds=kinds, languages=[language], papers=PAPERS, size=size)
        build(run)
        printed += [_measured(one, request.out) for one in printed_of(run, language)]
    _refuse_same_names(printed)
    listed = request.out / f"printed-{language}.json"
    write_printed(listed, printed)
    settings = {
        **request.settings,
        "handbook_printed": str(listed),
        "handbook_site_languages": ",".join(languages),
    }
    run = replace(request, kinds=["html"], languages=[language], settings=settings)
    build(run)
    return Part(website_of(run, language), printed, run.out / "html" / language, run.out)


def _measured(one: Printed, folder: Path) -> Printed:
    path = folder / one.path
    with pikepdf.open(path) as document:
        return replace(one, pages=len(document.pages), size_bytes=path.stat().st_size)


def _refuse_same_names(printed: Sequence[Printed]) -> None:
    seen: dict[str, str] = {}
    for one in printed:
        if one.name in seen:
            raise HandbookError(
                one.path,
                f"{seen[one.name]} has the same file name, and the site has one folder for both",
                "Give one of the two chapters another name.",
            )
        seen[one.name] = one.path


def _put(part: Part, folder: Path) -> None:
    shutil.copytree(part.pages, folder)
    target = folder / "print"
    target.mkdir(exist_ok=True)
    for one in part.printed:
        shutil.copyfile(part.files / one.path, target / one.name)


def write_checksums(folder: Path) -> None:
    """Write SHA256SUMS, which ``sha256sum -c`` reads, with a line for each file below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
