"""The catalogs of a build: each is read and judged before Sphinx opens any of them.

Sphinx warns about a catalog that it cannot read, and builds on in English. Here a broken catalog
stops the build and is named with its line. A folder of catalogs is untrusted input: besides
``.po`` files it may hold nothing that Sphinx would pick up (``sphinx.js`` would become a script
of every page), and a compiled file counts only as far as it says what its ``.po`` says.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO

import polib
from sphinx.application import Sphinx
from sphinx.config import Config

from handbook.errors import HandbookError
from handbook.translation.messages import INTERFACE_DOMAINS, breaches, interface_breaches

# A line of a catalog: a comment, a word with its string, a string that goes on, or nothing.
_STRING = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(
    rf"\s*(?:#(?!~).*|(?:#~\s*)?(?:\|\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"
    rf"{_STRING}|#~?)?\s*"
)
_SYNTAX_ERROR = re.compile(r"\(line (?P<line>\d+)\)(?:: (?P<reason>.*))?")
_READABLE = "Open it in Poedit, or run msgfmt on it, and mend the line."


def read_catalog(path: Path) -> polib.POFile:
    """Return the catalog in ``path``.

    :raises HandbookError: it is no well-formed catalog; the line is named.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise HandbookError(
            path, "this catalog is not written in UTF-8", "Save it as UTF-8.", line
        ) from error
    for number, row in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(row):
            problem = f"this line of the catalog is not well-formed: {row.strip()[:40]}"
            raise HandbookError(path, problem, _READABLE, number)
    try:
        catalog = polib.pofile(str(path), encoding="utf-8", wrapwidth=78)
    except (OSError, ValueError, IndexError) as error:
        found = _SYNTAX_ERROR.search(str(error))
        reason = found["reason"] if found and found["reason"] else "its syntax is wrong"
        raise HandbookError(
            path,
            f"this catalog cannot be read ({reason})",
            _READABLE,
            int(found["line"]) if found else None,
        ) from error
    _refuse_twice(path, catalog)
    return catalog


def _refuse_twice(path: Path, catalog: polib.POFile) -> None:
    seen: dict[tuple[str | None, str], int | None] = {}
    for entry in catalog:
        if entry.obsolete:
            continue
        key = (entry.msgctxt, entry.msgid)
        if key in seen:
            raise HandbookError(
                path,
                f"the message “{entry.msgid[:60]}” of line {seen[key]} stands here again",
                "Take one of the two out.",
                entry.linenum,
            )
        seen[key] = entry.linenum


def catalogs_of(locale_dir: Path, language: str) -> Iterator[tuple[str, Path]]:
    """Yield each catalog of a language: its domain (``get-help-now/when-to-call``) and its path."""
    folder = locale_dir / language / "LC_MESSAGES"
    for path in sorted(folder.rglob("*.po")):
        yield path.relative_to(folder).with_suffix("").as_posix(), path


def translations(path: Path) -> dict[str, str]:
    """Return what the catalog in ``path`` translates: message to translation, fuzzy ones left out.

    A translation that is equal to its original is one. No file translates nothing.
    """
    return _translations(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(maxsize=64)
def _translations(path: Path, _changed: int) -> dict[str, str]:
    return {
        entry.msgid: entry.msgstr
        for entry in read_catalog(path).translated_entries()
        if entry.msgstr.strip()
    }


def judge_catalogs(app: Sphinx, config: Config) -> None:
    """Judge every catalog of the build's language.

    :raises HandbookError: a catalog is broken or unsafe, or a file does not belong there.
    """
    for folder in config.locale_dirs:
        locale_dir = Path(app.srcdir, folder).resolve()
        shown = locale_dir.parent
        _refuse_strangers(locale_dir / config.language, shown)
        for domain, path in catalogs_of(locale_dir, config.language):
            catalog = read_catalog(path)
            _refuse_breaches(domain, path.relative_to(shown), catalog)
            _drop_stale(domain, path, catalog, shown)


def _refuse_strangers(folder: Path, shown: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.resolve().is_relative_to(folder):
            raise HandbookError(
                path.relative_to(shown), "this is a link", "Put the file itself here."
            )
        stale = path.suffix == ".mo" and not path.with_suffix(".po").exists()
        if path.is_file() and (stale or path.suffix not in (".po", ".mo", ".csv")):
            raise HandbookError(
                path.relative_to(shown),
                "this file is not a catalog (.po), nor compiled from one, nor a list of terms",
                "Take it away: everything in this folder can become part of the pages.",
            )


def _refuse_breaches(domain: str, path: Path, catalog: polib.POFile) -> None:
    judge = interface_breaches if domain in INTERFACE_DOMAINS else breaches
    for entry in catalog.translated_entries():
        originals = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        for translation in entry.msgstr_plural.values() or [entry.msgstr]:
            for fault in judge(" ".join(originals), translation):
                raise HandbookError(path, fault.problem, fault.remedy, entry.linenum)


def _drop_stale(domain: str, path: Path, catalog: polib.POFile, shown: Path) -> None:
    """Take away the ``.mo`` file beside ``path`` if it does not say what ``path`` says.

    Sphinx then compiles it again; left alone it would be believed by its date.
    """
    catalog.metadata["Content-Type"] = "text/plain; charset=UTF-8"
    try:
        wanted = _messages(BytesIO(catalog.to_binary()))
    except (ValueError, OSError) as error:
        raise HandbookError(
            path.relative_to(shown), f"this catalog cannot be compiled ({error})", _READABLE, 1
        ) from error
    compiled = path.with_suffix(".mo")
    if not compiled.exists():
        return
    try:
        with compiled.open("rb") as stream:
            if _messages(stream) == wanted:
                return
    except (ValueError, OSError):
        pass  # not a compiled catalog at all
    compiled.unlink()
    if domain == "sphinx":
        raise HandbookError(
            compiled.relative_to(shown),
            "this compiled catalog did not say what its .po file says, and was already in use",
            "It has been taken away. Build again.",
        )


def _messages(compiled: IO[bytes]) -> dict[object, str]:
    messages = dict(gettext.GNUTranslations(compiled)._catalog)  # type: ignore[attr-defined]
    messages.pop("", None)  # the header
    return messages
