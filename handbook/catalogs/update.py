"""Brings a language's catalogs up to date with the chapters, or begins a language."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import polib
from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural
from sphinx.config import Config

from handbook.build import ROOT, BuildFailed
from handbook.catalogs.interface_words import handbook_template, sphinx_template
from handbook.catalogs.merge import merge
from handbook.catalogs.settings import read_settings
from handbook.catalogs.status import NOBODY
from handbook.catalogs.terms import HEADER, read_terms
from handbook.errors import HandbookError
from handbook.translation.catalog_files import catalogs_of, read_catalog


def update_catalogs(root: Path, languages: Sequence[str]) -> None:
    """Bring ``locale/<language>/LC_MESSAGES/**.po`` up to date, and say what has changed.

    Translations, fuzzy marks, comments and headers stay; a catalog in which nothing has changed
    keeps its bytes.

    :param root: the folder of conf.py, source/ and locale/.
    :raises HandbookError: a catalog cannot be read, or conf.py does not know a language.
    :raises BuildFailed: a chapter cannot be read.
    """
    config = read_settings(root)
    for language in languages:
        _known(config, language)
    templates = {**_chapter_templates(root), "handbook": handbook_template(config)}
    for language in languages:
        _update(root, language, config.project, templates | {"sphinx": sphinx_template(language)})


def start_language(root: Path, code: str) -> None:
    """Begin a language: its empty catalogs, and its list of terms with the names that stay.

    :raises HandbookError: ``code`` is no language code, has been begun, or conf.py lacks it.
    """
    _known(read_settings(root), code)
    folder = root / "locale" / code
    if any(folder.rglob("*.po")):
        raise HandbookError(
            f"locale/{code}", "this language has been begun", f'Run make po LANGUAGES="{code}".'
        )
    update_catalogs(root, [code])
    names = {
        term.english
        for other in sorted((root / "locale").glob("*/terms.csv"))
        for term in read_terms(other)
        if term.stays
    }
    with (folder / "terms.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(HEADER)
        rows.writerows([name, name, ""] for name in sorted(names, key=str.casefold))


def _known(config: Config, code: str) -> None:
    try:
        locale = Locale.parse(code)
    except (ValueError, UnknownLocaleError) as error:
        raise HandbookError(
            "CODE", f"“{code}” is not a language code", "Write for example CODE=tr or CODE=zh_CN."
        ) from error
    if code not in config.handbook_languages:
        line = (
            f'"{code}": {{"name": "{locale.get_display_name(locale)}",'
            f' "direction": "{"rtl" if locale.text_direction == "rtl" else "ltr"}",'
            ' "released": False, "drafted_by": None, "reviewed_by": None},'
        )
        raise HandbookError(
            "conf.py", f"handbook_languages does not name “{code}”", f"Add this line: {line}"
        )


def _chapter_templates(root: Path) -> dict[str, list[polib.POEntry]]:
    """Return what Sphinx extracts from each chapter. Its warnings do not stop it."""
    folder = root / "build" / "gettext"
    shutil.rmtree(folder, ignore_errors=True)
    doctrees = root / "build" / ".work" / "doctrees" / "gettext"
    command = [sys.executable, "-m", "handbook.run_sphinx", "gettext"]
    command += [str(path) for path in (root, folder, doctrees)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, cwd=root, env=environment, check=False)
    if not any(folder.rglob("*.pot")):  # they are written last, when nothing has failed
        shutil.rmtree(doctrees, ignore_errors=True)
        raise BuildFailed(result.returncode)
    templates = {}
    for path in sorted(folder.rglob("*.pot")):
        entries = [entry for entry in polib.pofile(str(path)) if entry.msgid]
        for entry in entries:
            # Without line numbers, which change with every line written above.
            places = [(path.parent / name).resolve() for name, _line in entry.occurrences]
            names = dict.fromkeys(_shown(place, root) for place in places)
            entry.occurrences = [(name, "") for name in names]
        templates[path.relative_to(folder).with_suffix("").as_posix()] = entries
    return templates


def _shown(path: Path, root: Path) -> str:
    root = root.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _update(
    root: Path, language: str, project: str, templates: Mapping[str, Sequence[polib.POEntry]]
) -> None:
    locale_dir = root / "locale"
    catalogs = {domain: read_catalog(path) for domain, path in catalogs_of(locale_dir, language)}
    memory: dict[str, str] = {}
    for domain in sorted(catalogs):
        for entry in catalogs[domain]:
            if entry.msgstr and "fuzzy" not in entry.flags:
                memory.setdefault(entry.msgid, entry.msgstr)
    for domain in sorted(templates.keys() | catalogs.keys()):
        template = templates.get(domain, [])
        known = domain in catalogs
        if not known and not template:
            continue
        merged = merge(
            catalogs[domain] if known else _new_catalog(language, project), template, memory
        )
        path = locale_dir / language / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = str(merged.catalog) + "\n"
        if not known or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        counts = f"{len(merged.new)} new, {len(merged.changed)} changed, {len(merged.gone)} gone"
        print(f"{path.relative_to(root)}: {counts}")


def _new_catalog(language: str, project: str) -> polib.POFile:
    plural = get_plural(language)
    catalog = polib.POFile(wrapwidth=78)
    catalog.metadata = {
        "Project-Id-Version": project,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals={plural.num_plurals}; plural={plural.plural_expr};",
        "X-Drafted-By": NOBODY,
        "X-Reviewed-By": NOBODY,
    }
    return catalog
