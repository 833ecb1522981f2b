"""``python -m tests.audit --site build/site``: prints each finding; exit code 1 if there is one.

What cannot be had on this machine is named in one line, and all the rest runs.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.audit import browsing, files
from tests.audit.server import find_nginx, loopback, nginx
from tests.browser import NONE_FOUND, find_chromium

SUBFOLDER = "handbook"
Serve = Callable[[Path, str], AbstractContextManager[str]]


class Report:
    """Counts findings and prints them as they come."""

    def __init__(self) -> None:
        self.findings = 0

    def add(self, title: str, found: Iterable[str]) -> None:
        """Run a check and print what it found."""
        start, before = time.monotonic(), self.findings
        print(f"\n== {title}", flush=True)
        for finding in found:
            self.findings += 1
            print(f"  {finding}", flush=True)
        count = self.findings - before
        print(f"  {count} findings, {time.monotonic() - start:.0f} s", flush=True)


def main() -> int:
    """Audit a site; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("build/site"))
    parser.add_argument("--only", default="", help="pages whose address holds this")
    options = parser.parse_args()
    site = options.site.resolve()
    if not (site / "index.html").is_file():
        print(f"{site}: there is no site here. Run make site first.", file=sys.stderr)
        return 2
    names = [name for name in files.pages(site) if options.only in name]
    report = Report()
    report.add("Checksums", _checksums(site))
    report.add("Links", files.dead_links(site))
    jar = _vnu(site)
    if jar:
        report.add("HTML (vnu)", files.html_errors(site, jar))
    serve = _server()
    chromium = find_chromium()
    if chromium is None:
        print(NONE_FOUND)
    for subfolder in ("", SUBFOLDER):
        where = f"in the subfolder /{subfolder}/" if subfolder else "at the root"
        with serve(site, subfolder) as root:
            report.add(f"Answers of the server, {where}", files.bad_answers(site, root))
            if chromium:
                title = f"{len(names)} pages in a browser, {where}"
                found = browsing.in_browser(chromium, root, names, axe=not subfolder)
                report.add(title, found)
            if chromium and not subfolder and (tool := _lighthouse(site)):
                heavy = browsing.heaviest(site, names)
                found = browsing.lighthouse(tool, chromium, root, heavy)
                report.add("Lighthouse, the four heaviest pages", found)
    print(f"\n{report.findings} findings in {len(names)} pages.")
    return 1 if report.findings else 0


def _checksums(site: Path) -> Iterable[str]:
    run = subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.splitlines()


def _server() -> Serve:
    program = find_nginx()
    if program is None:
        print("nginx cannot be had: a loopback server with the same headers stands in for it.")
        return lambda site, _subfolder: loopback(site)
    return lambda site, subfolder: nginx(program, site, subfolder)


def _vnu(site: Path) -> Path | None:
    if not shutil.which("java"):
        print("Java is not installed: the check of the HTML (vnu) is left out.")
        return None
    return _npm(site, "vnu-jar", "build/dist/vnu.jar")


def _lighthouse(site: Path) -> Path | None:
    return _npm(site, "lighthouse", "cli/index.js")


def _npm(site: Path, package: str, file: str) -> Path | None:
    """Return a file of a package from npm; it is installed beside the site's work folder."""
    folder = site.parent / ".work" / "audit"
    path = folder / "node_modules" / package / file
    if not path.exists() and shutil.which("npm"):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--no-fund", "--no-audit", "--prefix", str(folder), package],
            check=False,
            capture_output=True,
        )
    if not path.exists():
        print(f"{package} cannot be had from npm: its check is left out.")
        return None
    return path


if __name__ == "__main__":
    sys.exit(main())
