"""``python -m tests.tools_setup``: see that the tests have their tools, or say what is left out.

A browser: an installed Chromium; else Debian's, where it may be installed (root); else
Playwright's own. A second reader of PDFs: poppler, or Debian's package of it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.browser import NONE_FOUND, find_chromium
from tests.pdf import NO_POPPLER


def _try(*command: str) -> None:
    subprocess.run(
        command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600
    )


def main() -> int:
    """Install what is missing and can be had. A machine without it runs all other tests."""
    wanted = {
        "chromium": find_chromium() is None,
        "poppler-utils": shutil.which("pdftotext") is None,
    }
    packages = [name for name, missing in wanted.items() if missing]
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        _try("apt-get", "update", "-q")
        for name in packages:
            _try("apt-get", "install", "-qy", "--no-install-recommends", name)
    if not find_chromium():
        _try(sys.executable, "-m", "playwright", "install", "chromium")
    if not find_chromium():
        print(NONE_FOUND)
    if not shutil.which("pdftotext"):
        print(NO_POPPLER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
