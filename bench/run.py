"""`make bench`: median time and memory of the print engine and of its peers on the same text."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from bench.sample import write_sample

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RUNS = 5
TIMES = (1, 4, 16)


@dataclass(frozen=True)
class Side:
    """An engine: the commands that read the text, and those that write the PDF (timed)."""

    name: str
    read: Callable[[Path, Path], list[str]]
    write: Callable[[Path, Path], list[list[str]]]
    output: str


@dataclass(frozen=True)
class Run:
    """Seconds of processor time, peak memory in MB, and pages of one run."""

    seconds: float
    memory: float
    pages: int


def _sphinx(builder: str, conf: Path, source: Path, work: Path) -> list[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, "-c", str(conf)]
    return [*command, "-d", str(work / "doctrees"), str(source), str(work / "out")]


def _handbook(builder: str, source: Path, work: Path) -> list[str]:
    """The command that `make pdf` runs for each language, on this text."""
    root = work / "root"
    root.mkdir(parents=True, exist_ok=True)
    for name, target in (
        ("source", source),
        ("conf.py", ROOT / "conf.py"),
        ("docutils.conf", ROOT / "docutils.conf"),
    ):
        if not (root / name).exists():
            (root / name).symlink_to(target)
    command = [sys.executable, "-m", "handbook.run_sphinx", builder]
    folders = [str(root), str(work / "out"), str(work / "doctrees")]
    return [*command, *folders, "handbook_outputs=book", "handbook_papers=letter"]


def _weasyprint(source: Path, work: Path, *options: str) -> list[list[str]]:
    style, out = HERE / "weasyprint" / "page.css", work / "out"
    page, pdf = str(out / "index.html"), str(out / "sample.pdf")
    return [
        _sphinx("singlehtml", HERE / "weasyprint", source, work),
        [sys.executable, "-m", "weasyprint", "-q", "-s", str(style), *options, page, pdf],
    ]


SIDES = [
    Side(
        "handbook",
        lambda source, work: _handbook("handbook-text", source, work),
        lambda source, work: [_handbook("handbook-pdf", source, work)],
        "out/pdf/en/handbook-en-letter.pdf",
    ),
    Side(
        "rst2pdf",
        lambda source, work: _sphinx("pseudoxml", HERE / "rst2pdf", source, work),
        lambda source, work: [_sphinx("pdf", HERE / "rst2pdf", source, work)],
        "out/sample.pdf",
    ),
    Side(
        "WeasyPrint",
        lambda source, work: _sphinx("pseudoxml", HERE / "weasyprint", source, work),
        lambda source, work: _weasyprint(source, work),
        "out/sample.pdf",
    ),
    Side(
        "WeasyPrint tagged",
        lambda source, work: _sphinx("pseudoxml", HERE / "weasyprint", source, work),
        lambda source, work: _weasyprint(source, work, "--pdf-variant", "pdf/ua-1"),
        "out/sample.pdf",
    ),
]


def _run(side: Side, source: Path, work: Path) -> Run:
    """Read the text, then time the writing."""
    shutil.rmtree(work, ignore_errors=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # Installed packages come compiled; our modules are compiled in the first run, as for anyone.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(side.read(source, work), env=environment, check=True, stderr=subprocess.DEVNULL)
    seconds = memory = 0.0
    for command in side.write(source, work):
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss / 1024)
        if status:
            raise SystemExit(f"{side.name} failed: {' '.join(command)}")
    return Run(seconds, memory, len(PdfReader(work / side.output).pages))


def _has_weasyprint() -> bool:
    check = [sys.executable, "-c", "import weasyprint"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def main() -> None:
    """Run all sides in turn and print medians."""
    sides = [side for side in SIDES if "WeasyPrint" not in side.name or _has_weasyprint()]
    if len(sides) < len(SIDES):
        print("WeasyPrint is left out: it needs Pango from the system (see bench/README.md)")
    print(f"{'words':>6}  {'side':<17} {'pages':>5} {'seconds':>8} {'s/page':>7} {'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for times in TIMES:
            source = Path(folder, f"text-{times}")
            write_sample(ROOT / "build" / "text" / "en", source, times)
            runs: dict[str, list[Run]] = {side.name: [] for side in sides}
            for number in range((RUNS if times < TIMES[-1] else 3) + 1):
                for side in sides:
                    run = _run(side, source, Path(folder, f"work-{side.name.replace(' ', '-')}"))
                    if number:  # the first is the warm-up
                        runs[side.name].append(run)
            _report(times, runs)


def _report(times: int, runs: dict[str, list[Run]]) -> None:
    ours = runs["handbook"]
    for name, found in runs.items():
        seconds = statistics.median(run.seconds for run in found)
        memory = statistics.median(run.memory for run in found)
        pages = found[0].pages
        line = f"{times * 6000:>6}  {name:<17} {pages:>5} {seconds:>8.2f} {seconds / pages:>7.3f}"
        line += f" {memory:>6.0f}"
        if name != "handbook":
            pairs = zip(ours, found, strict=True)
            ratios = [a.seconds / b.seconds for a, b in pairs]
            line += f"   handbook takes {statistics.median(ratios):.2f} of its time"
            per_page = [
                (a.seconds / a.pages) / (b.seconds / b.pages)
                for a, b in zip(ours, found, strict=True)
            ]
            line += f", {statistics.median(per_page):.2f} a page"
        print(line, flush=True)


if __name__ == "__main__":
    main()
