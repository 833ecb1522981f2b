"""How much of each chapter is translated, counted in its catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.translation.catalog_files import catalogs_of, read_catalog

# What a catalog's header says as long as nobody has drafted or reviewed it.
NOBODY = "nobody"


@dataclass(frozen=True)
class CatalogStatus:
    """What a catalog holds. A translation that is equal to its original counts as translated.

    ``domain`` is the chapter ("get-help-now/when-to-call"), or "handbook" or "sphinx" for the
    interface words. ``drafted_by`` and ``reviewed_by`` are what the catalog's header says.
    """

    language: str
    domain: str
    messages: int
    translated: int
    fuzzy: int
    untranslated: int
    drafted_by: str
    reviewed_by: str


def catalog_status(root: Path, languages: Sequence[str]) -> list[CatalogStatus]:
    """Return the status of each catalog of each language.

    :raises HandbookError: a catalog cannot be read.
    """
    found = []
    for language in languages:
        for domain, path in catalogs_of(root / "locale", language):
            catalog = read_catalog(path)
            found.append(
                CatalogStatus(
                    language=language,
                    domain=domain,
                    messages=sum(not entry.obsolete for entry in catalog),
                    translated=len(catalog.translated_entries()),
                    fuzzy=len(catalog.fuzzy_entries()),
                    untranslated=len(catalog.untranslated_entries()),
                    drafted_by=catalog.metadata.get("X-Drafted-By", "not said"),
                    reviewed_by=catalog.metadata.get("X-Reviewed-By", "not said"),
                )
            )
    return found


def status_table(found: Sequence[CatalogStatus]) -> str:
    """Return the status as a table in plain text."""
    rows = [("", "catalog", "messages", "done", "fuzzy", "open", "drafted by", "reviewed by")]
    for one in found:
        share = 100 * one.translated // one.messages if one.messages else 100
        rows.append(
            (
                one.language,
                one.domain,
                str(one.messages),
                f"{share} %",
                str(one.fuzzy),
                str(one.untranslated),
                one.drafted_by,
                one.reviewed_by,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if 2 <= column <= 5 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
