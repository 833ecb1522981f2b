"""What a copy is: its number, language and content, and when it is due for a newer one.

The code of an edition, such as ``2026.1-en-3f9a2c1b``, ends in a hash of what this very output
says, so that two copies with one code say the same. A copy is a draft unless the ledger of
releases (editions.csv) knows its code.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from handbook.errors import HandbookError
from handbook.ledger import good_codes
from handbook.translation.interface import _

logger = logging.getLogger(__name__)

# Attributes that say where a node came from or how it was made, not what it says.
_NOT_CONTENT = frozenset(
    {
        "backrefs",
        "candidates",
        "claim",
        "dupnames",
        "location",
        "names",
        "original_uri",
        "rawsource",
        "says",
        "source",
        "translated",
        "translation_progress",
        "xml:space",
    }
)


@dataclass(frozen=True)
class Edition:
    """One output of one build.

    ``number`` is year.number ("2026.1"), ``digest`` eight hexadecimal digits of the hash of the
    output's content, ``draft`` whether the ledger does not know it.
    """

    number: str
    language: str
    digest: str
    draft: bool

    @property
    def code(self) -> str:
        """The code by which a copy is looked up: "2026.1-en-3f9a2c1b"."""
        return f"{self.number}-{self.language}-{self.digest}"

    @property
    def label(self) -> str:
        """The code as it is printed: with the word DRAFT, in the build's language, if it is one."""
        return f"{self.code} {_('DRAFT')}" if self.draft else self.code


def edition_of(release: str, language: str, parts: Iterable[bytes | str], ledger: Path) -> Edition:
    """Return the edition of an output.

    :param release: the number in conf.py, such as "2026.1".
    :param parts: all that the output says, in order; see :func:`content_parts`. Parts count one
        by one: ``["ab", "c"]`` is not ``["a", "bc"]``.
    :param ledger: editions.csv; it need not exist.
    :raises HandbookError: the number or the ledger is malformed.
    """
    if not re.fullmatch(r"\d{4}\.\d+", release):
        raise HandbookError(
            "conf.py",
            f'release "{release}" is not the number of an edition',
            'Write year and number, as in release = "2026.1".',
        )
    total = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big"))
        total.update(content)
    drafted = Edition(release, language, total.hexdigest()[:8], draft=True)
    if drafted.code in good_codes(ledger):
        return Edition(release, language, drafted.digest, draft=False)
    return drafted


def edition_of_documents(app: Sphinx, docnames: Iterable[str]) -> Edition:
    """Return the edition of an output that holds these documents as they were read.

    For an output of many pages, such as the web site: it need not resolve every document first.
    """
    parts: list[bytes | str] = [
        app.config.handbook_clinic_digest,
        app.config.handbook_bibliography_digest,
    ]
    for docname in docnames:
        parts.append(docname)
        parts += content_parts(app.env.get_doctree(docname), app.env)
    ledger = Path(app.config.handbook_ledger)
    return edition_of(app.config.release, app.config.language, parts, ledger)


def code_of(app: Sphinx, docnames: Iterable[str]) -> str:
    """Return the label of such an output."""
    return edition_of_documents(app, docnames).label


def content_parts(doctree: nodes.document, env: BuildEnvironment) -> Iterator[bytes | str]:
    """Yield what a document says: its text and structure, then each picture's bytes."""
    yield doctree_content(doctree)
    for image in doctree.findall(nodes.image):
        picture = Path(env.srcdir, image["uri"])
        if picture.is_file():
            yield picture.read_bytes()


def doctree_content(doctree: nodes.Node) -> str:
    """Return a doctree's structure and words as a text that depends on nothing else.

    The same chapter gives the same text in any folder, in any process. Pictures are named
    without their folders; hash their bytes as well (:func:`content_parts`).
    """
    parts: list[str] = []
    _add_content(doctree, parts)
    return "".join(parts)


def _add_content(node: nodes.Node, parts: list[str]) -> None:
    if isinstance(node, nodes.Text):
        parts.append(json.dumps(str(node), ensure_ascii=False))
        return
    assert isinstance(node, nodes.Element)
    if isinstance(node, nodes.comment | nodes.system_message):
        return
    parts.append(f"<{node.tagname}")
    for name in sorted(node.attributes):
        value = node.attributes[name]
        if not value and value in (None, [], ()):  # most
            continue
        if name in _NOT_CONTENT or not _is_plain(value):
            continue
        if name == "uri":  # a translated picture lies in the folder of the build
            value = PurePosixPath(value).name
        parts.append(f" {name}={json.dumps(_ordered(value), ensure_ascii=False)}")
    parts.append(">")
    for child in node.children:
        _add_content(child, parts)
    parts.append("</>")


def _is_plain(value: Any) -> bool:
    """Return whether a value's text is the same in every process."""
    if isinstance(value, dict):
        return all(_is_plain(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return all(_is_plain(part) for part in value)
    return value is None or isinstance(value, str | int | float)


def _ordered(value: Any) -> Any:
    """Return a plain value with nothing in it whose order is left to chance."""
    if isinstance(value, dict):
        return sorted([str(key), _ordered(part)] for key, part in value.items())
    if isinstance(value, set | frozenset):
        return sorted(str(part) for part in value)
    if isinstance(value, list | tuple):
        return [_ordered(part) for part in value]
    return value


def review_by(env: BuildEnvironment, docname: str) -> date:
    """Return the day by which a chapter is to be reviewed, from its front matter.

    :raises HandbookError: the chapter has no ``review-by``, or one that is not an ISO date.
    """
    value = env.metadata.get(docname, {}).get("review-by")
    day = _iso_date(str(value))
    if day is None:
        raise HandbookError(
            os.path.relpath(env.doc2path(docname), Path(env.srcdir).parent),
            f'review-by "{value}" is not a date' if value else "the chapter has no review-by date",
            "Write year, month and day at its top, between two lines of ---: review-by: 2027-11-22",
            1,
        )
    return day


def review_due(review_by: date, today: date) -> bool:
    """Return whether the month of ``review_by``, which the page prints, is over."""
    return (today.year, today.month) > (review_by.year, review_by.month)


def month_year(day: date, language: str) -> str:
    """Return month and year as the language writes them: "November 2027"."""
    return str(format_skeleton("yMMMM", day, locale=_locale(language)))


def medium_date(day: date, language: str) -> str:
    """Return a date as the language writes it in short: "Nov 22, 2027"."""
    return format_date(day, format="medium", locale=_locale(language))


def today() -> date:
    """Return today's date (UTC); with SOURCE_DATE_EPOCH set, the day that it names.

    :raises HandbookError: SOURCE_DATE_EPOCH is not a whole number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise HandbookError(
            "SOURCE_DATE_EPOCH",
            f'"{epoch}" is not a number of seconds since 1970',
            "Give a whole number (date +%s prints one), or unset the variable.",
        ) from error


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _locale(language: str) -> Locale:
    """Return what is known of a language; English stands in for one that babel does not know."""
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _check_review_dates(app: Sphinx, env: BuildEnvironment) -> None:
    """Stop at a malformed date; warn of chapters that are due."""
    for docname in sorted(env.found_docs):
        if "review-by" not in env.metadata.get(docname, {}):
            continue
        day = review_by(env, docname)
        if review_due(day, today()):
            logger.warning(
                "review due since %s: check the chapter against its sources, then set review-by",
                day,
                location=docname,
                type="handbook",
                subtype="review",
            )


def setup(app: Sphinx) -> None:
    """Check the chapters' review dates in each build."""
    app.connect("env-updated", _check_review_dates)
