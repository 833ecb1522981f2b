"""The whole site: every released language's pages and PDFs in one folder, ready for a web server.

Files in, one folder out: start page, ``<lang>/`` with ``<lang>/print/``, ``check/``, checksums.
"""

from __future__ import annotations

from handbook.site.whole import build_site, ledger_of, read_settings, released

__all__ = ["build_site", "ledger_of", "read_settings", "released"]
