"""A small handbook in two languages, Spanish set from right to left, and commands run on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.helpers import REPOSITORY, ROOTS

# 22 November 2026
EPOCH = "1795305600"
_SETTINGS = """
handbook_languages = {
    "en": {"name": "English", "direction": "ltr", "released": True},
    "es": {"name": "Español", "direction": "rtl", "released": True, "reviewed_by": "a test"},
}
handbook_cards = ["get-help-now/sheet"]
"""


@dataclass(frozen=True)
class Handbook:
    """A handbook's folder."""

    root: Path

    @property
    def site(self) -> Path:
        """Where its site is built."""
        return self.root / "build" / "site"

    @property
    def ledger(self) -> Path:
        """The ledger of its releases."""
        return self.root / "editions.csv"

    def run(
        self, *arguments: str, epoch: str = EPOCH, out: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as the Makefile does."""
        where = ["--root", str(self.root), *(["--out", str(self.root / "build")] if out else [])]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
        environment.pop("CLINIC", None)
        return subprocess.run(
            [sys.executable, "-m", "handbook", *arguments, *where],
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def change(self, name: str, old: str, new: str) -> None:
        """Replace words in a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def make_handbook(root: Path) -> Handbook:
    """Put the small handbook into a folder, with the repository's own settings."""
    shutil.copytree(ROOTS / "test-site", root, dirs_exist_ok=True)
    for name in ("conf.py", "docutils.conf", "clinic.toml"):
        shutil.copy(REPOSITORY / name, root)
    with (root / "conf.py").open("a", encoding="utf-8") as stream:
        stream.write(_SETTINGS)
    return Handbook(root)
