"""Releasing and recalling: what may be issued, and the ledger that says so.

A release is the site built with the ledger as it will be. Only when all of it is built and checked
is the ledger put in place.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handbook.build import Request, build, plan, website_of
from handbook.edition import today
from handbook.errors import HandbookError
from handbook.ledger import (
    ISSUED,
    WITHDRAWN,
    Row,
    read_ledger,
    with_rows,
    withdraw,
    write_ledger,
)
from handbook.outputs import Website
from handbook.redirects import ADDRESSES, write_addresses
from handbook.site import build_site, ledger_of, read_settings, released
from handbook.site.whole import PAPERS, PRINT_RUNS

_SHOWN = 8


def release(request: Request, what: str, *, unsaved: bool) -> str:
    """Issue the code of each output that has none yet, and build the site with them.

    :param request: its languages (none: all released), out and root.
    :param what: what changed, in plain words.
    :param unsaved: whether to release what is not in git yet.
    :return: what was done, for the terminal.
    :raises HandbookError: something must not be released; nothing is issued then.
    :raises BuildFailed: Sphinx found a fault; nothing is issued then.
    """
    config = read_settings(request.root)
    ledger = ledger_of(request.root, config)
    if not unsaved:
        _refuse_unsaved(request.root)
    request = replace(request, languages=released(config, request.languages))
    websites, outputs = _planned(replace(request, out=request.out / ".work" / "site" / "built"))
    for website in websites:
        _refuse_due(website)
        _refuse_unsafe(website)
    rows = new_rows(read_ledger(ledger), outputs, " ".join(what.split()), ledger.name)
    candidate = request.out / ".work" / ledger.name
    candidate.parent.mkdir(parents=True, exist_ok=True)
    candidate.write_text(with_rows(ledger, rows), encoding="utf-8")
    settings = {**request.settings, "handbook_ledger": str(candidate)}
    site = build_site(replace(request, settings=settings))
    write_ledger(ledger, candidate.read_text(encoding="utf-8"))
    write_addresses(request.root, {name for website in websites for name in website.chapters})
    return (
        f"\nIssued: {len(rows)} new codes of {len(outputs)}, in {ledger.name}.\n"
        f"The site is in {site}. Put {ledger.name} and {ADDRESSES} into git."
    )


def recall(root: Path, code: str, why: str) -> str:
    """Withdraw a code in the ledger; returns what to do next.

    :raises HandbookError: as :func:`handbook.ledger.withdraw`.
    """
    ledger = ledger_of(root, read_settings(root))
    row = withdraw(ledger, code, why, today())
    return (
        f"Withdrawn: {row.code} ({row.output}).\n"
        f"Now: make site, copy it to the server, and put {ledger.name} into git.\n"
        "Mend the text, then make release: the mended sheet gets a new code."
    )


def _refuse_unsaved(root: Path) -> None:
    run = subprocess.run(
        ["git", "-C", str(root), "status", "--porcelain"],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode == 0 and run.stdout.strip():
        names = [line[3:] for line in run.stdout.splitlines()]
        raise HandbookError(
            names[0],
            f"{len(names)} files are not in git as they are now ({_some(names)}), so that nobody"
            " could build this release again",
            "Commit them, or say UNSAVED=yes.",
        )


def _planned(request: Request) -> tuple[list[Website], dict[str, str]]:
    """Return the record of each web site, and the output of each code, in the site's order."""
    websites, outputs = [], {}
    build(replace(request, kinds=["html"]))
    for language in request.languages:
        website = website_of(request, language)
        websites.append(website)
        outputs[website.code] = f"{language}/index.html"
        for kinds, size in PRINT_RUNS:
            run = replace(request, kinds=kinds, papers=PAPERS, size=size)
            outputs |= {one.code: one.name for one in plan(run, language)}
    return websites, outputs


def _refuse_due(website: Website) -> None:
    if website.due:
        raise HandbookError(
            f"source/{website.due[0]}.md",
            f"the review date is over in {len(website.due)} chapters ({_some(website.due)})",
            "Check them against their sources, then set review-by anew.",
            1,
        )


def _refuse_unsafe(website: Website) -> None:
    if website.unsafe:
        chapter, words = website.unsafe[0]
        raise HandbookError(
            f"locale/{website.language}/LC_MESSAGES/{chapter}.po",
            f"{len(website.unsafe)} passages that a patient's safety hangs on have no translation"
            f" that is up to date; the first: “{words}”",
            "Have them translated, and look through make status.",
        )


def new_rows(known: list[Row], outputs: dict[str, str], what: str, name: str) -> list[Row]:
    """Return the rows that a release adds to the ledger.

    :param known: the ledger's rows.
    :param outputs: the output of each code of this build.
    :param what: what changed; it may be blank where nothing is new.
    :param name: of the ledger, for messages.
    :raises HandbookError: an output says what was withdrawn, or it is not said what changed.
    """
    last = {row.code: row for row in known}
    for code in outputs:
        if code in last and last[code].status == WITHDRAWN:
            raise HandbookError(
                name,
                f"{outputs[code]} still says what was withdrawn as {code} ({last[code].note})",
                "Mend the text first: a mended sheet gets a new code.",
            )
    new = {code: output for code, output in outputs.items() if code not in last}
    if new and not what:
        raise HandbookError(
            "WHAT",
            f"{len(new)} new codes are to be issued, and it is not said what changed",
            'Say it in plain words, for nurses and patients: make release WHAT="..."',
        )
    day = today().isoformat()
    return [Row(code, output, day, ISSUED, what) for code, output in new.items()]


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
