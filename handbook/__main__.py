"""The command line that the Makefile calls: ``python -m handbook COMMAND``."""

from __future__ import annotations

import argparse
import functools
import http.server
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from handbook.build import PRINTED, ROOT, BuildFailed, Request, build, check_links
from handbook.catalogs.lint import lint_catalogs
from handbook.catalogs.status import catalog_status, status_table
from handbook.catalogs.update import start_language, update_catalogs
from handbook.errors import HandbookError
from handbook.quality.changes import changes_since
from handbook.quality.claims import claim_findings, read_texts
from handbook.quality.coverage import coverage_findings
from handbook.quality.plain_words import plain_words, words_table
from handbook.release import recall, release
from handbook.site import build_site


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except BuildFailed:
        print("\nThe build stopped. What was built before is still in place.", file=sys.stderr)
        return 1
    except HandbookError as error:
        print(error, file=sys.stderr)
        return 2


def _build(options: argparse.Namespace) -> int:
    languages = options.languages.split()
    if "site" in options.kinds:
        request = Request((), languages, out=Path(options.out).resolve(), root=_root(options))
        print(f"\nReady:\n  {_shown(build_site(request) / 'index.html')}")
        return 0
    request = Request(
        kinds=options.kinds,
        languages=languages,
        papers=options.paper.split(),
        size=options.size,
        chapter=options.chapter,
        out=Path(options.out).resolve(),
        root=_root(options),
    )
    made = build(request)
    print("\nReady:")
    for path in made:
        print(f"  {_shown(path)}")
    return 0


def _root(options: argparse.Namespace) -> Path:
    return Path(options.root).resolve()


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _po(options: argparse.Namespace) -> int:
    update_catalogs(ROOT, options.languages.split())
    return 0


def _language(options: argparse.Namespace) -> int:
    start_language(ROOT, options.code)
    return 0


def _status(options: argparse.Namespace) -> int:
    print(status_table(catalog_status(ROOT, options.languages.split())))
    return 0


def _changes(options: argparse.Namespace) -> int:
    print(changes_since(Path(options.root).resolve(), Path(options.out).resolve(), options.since))
    return 0


def _lint(options: argparse.Namespace) -> int:
    root, out = Path(options.root).resolve(), Path(options.out).resolve()
    words = plain_words(root)
    print(f"{words_table(words)}\n", flush=True)
    build(Request(["text"], out=out, root=root))
    print()
    texts = read_texts(out / "text" / "en")
    findings = [
        *words.findings,
        *claim_findings(texts),
        *coverage_findings(root, texts),
        *lint_catalogs(root, options.languages.split()),
    ]
    for finding in findings:
        print(finding)
    print(_summary(len(findings)))
    return 1 if findings else 0


def _summary(findings: int) -> str:
    if findings:
        return f"{findings} finding{'s' if findings > 1 else ''}"
    return "No finding in the chapters and catalogs."


def _release(options: argparse.Namespace) -> int:
    request = Request((), options.languages.split(), out=Path(options.out).resolve())
    request = replace(request, root=_root(options))
    print(release(request, options.what, unsaved=options.unsaved == "yes"))
    return 0


def _recall(options: argparse.Namespace) -> int:
    print(recall(_root(options), options.code, options.why))
    return 0


def _linkcheck(options: argparse.Namespace) -> int:
    request = Request((), options.languages.split(), out=Path(options.out).resolve())
    return check_links(replace(request, root=_root(options)))


def _serve(options: argparse.Namespace) -> int:
    folder = Path(options.out, "site")
    if not folder.is_dir():
        folder = Path(options.out, "html")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", options.port), handler) as server:
        print(f"Serving {folder} at http://127.0.0.1:{options.port}/ (stop with Ctrl+C)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m handbook", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], help_: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_)
        command.set_defaults(run=run)
        return command

    command = add("build", _build, "build the web site and PDFs")
    command.add_argument("kinds", nargs="+", choices=["html", "text", *PRINTED, "site"])
    command.add_argument("--languages", default="en", help='codes, as in "en es"')
    command.add_argument("--paper", default="", help='"letter", "a4" or "letter a4"')
    command.add_argument("--size", default="standard", choices=["standard", "large"])
    command.add_argument("--chapter", default="", help="one chapter's handout only")
    command.add_argument("--out", default="build")
    command.add_argument("--root", default=str(ROOT), help="folder of conf.py and source/")
    for name, run, help_ in (
        ("po", _po, "bring the catalogs up to date"),
        ("status", _status, "how much of each chapter is translated"),
    ):
        add(name, run, help_).add_argument("--languages", default="es")
    command = add("changes", _changes, "what the chapters say otherwise than an earlier version")
    command.add_argument("since", help="a tag, commit or branch")
    command.add_argument("--out", default="build")
    command.add_argument("--root", default=str(ROOT), help="folder of conf.py and source/")
    command = add("lint", _lint, "check the chapters' words, claims, coverage, and the catalogs")
    command.add_argument("--languages", default="es")
    command.add_argument("--out", default="build")
    command.add_argument("--root", default=str(ROOT), help="folder of conf.py and source/")
    command = add("release", _release, "issue the site's edition codes in the ledger")
    command.add_argument("--languages", default="", help="blank: all released languages")
    command.add_argument("--what", default="", help="what changed, in plain words")
    command.add_argument("--unsaved", default="", help='"yes": release what is not in git yet')
    command.add_argument("--out", default="build")
    command.add_argument("--root", default=str(ROOT), help="folder of conf.py and source/")
    command = add("recall", _recall, "withdraw an edition code in the ledger")
    command.add_argument("--code", default="")
    command.add_argument("--why", default="", help="what is wrong with it, in plain words")
    command.add_argument("--root", default=str(ROOT), help="folder of conf.py and source/")
    command = add("linkcheck", _linkcheck, "try every address outside the site (needs internet)")
    command.add_argument("--languages", default="en")
    command.add_argument("--out", default="build")
    command.add_argument("--root", default=str(ROOT), help="folder of conf.py and source/")
    add("language", _language, "begin a new language").add_argument("code")
    command = add("serve", _serve, "serve the built web site on this machine")
    command.add_argument("--out", default="build")
    command.add_argument("--port", type=int, default=8000)
    return parser


if __name__ == "__main__":
    sys.exit(main())
