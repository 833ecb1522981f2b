"""``python -m tests.browser_setup``: see that there is a browser for the tests, or say so.

An installed Chromium; else Debian's, where it may be installed (root); else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests.browser import NONE_FOUND, find_chromium


def main() -> int:
    """Install a browser where there is none. A machine without one runs all other tests."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts.insert(0, ["apt-get", "install", "-qy", "--no-install-recommends", "chromium"])
        attempts.insert(0, ["apt-get", "update", "-q"])
    for command in attempts:
        if find_chromium():
            return 0
        subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600
        )
    if not find_chromium():
        print(NONE_FOUND)
    return 0


if __name__ == "__main__":
    sys.exit(main())
