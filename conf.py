"""Settings of the handbook. Names and values only; the code is in handbook/."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

# ---- The handbook ---------------------------------------------------------------------------
project = "Immunotherapy Handbook"
author = "The Immunotherapy Handbook project"
copyright = "The Immunotherapy Handbook project. Text and pictures: CC BY 4.0"
release = version = "2026.1"  # year.number of this edition

# ---- Languages: the one list that everything reads ------------------------------------------
# code: its own name, direction of writing, whether `make site` releases it, who drafted and who
# reviewed the translation (None: nobody yet, and the edition says so).
handbook_languages = {
    "en": {"name": "English", "direction": "ltr", "released": True},
    "es": {
        "name": "Español",
        "direction": "ltr",
        "released": False,
        "drafted_by": "machine",
        "reviewed_by": None,
    },
    "tr": {
        "name": "Türkçe",
        "direction": "ltr",
        "released": False,
        "drafted_by": "machine",
        "reviewed_by": None,
    },
    "zh_CN": {
        "name": "简体中文",
        "direction": "ltr",
        "released": False,
        "drafted_by": "machine",
        "reviewed_by": None,
    },
    "ar": {
        "name": "العربية",
        "direction": "rtl",
        "released": False,
        "drafted_by": "machine",
        "reviewed_by": None,
    },
}
language = "en"
locale_dirs = ["../locale"]
gettext_compact = False
gettext_additional_targets = ["index"]
gettext_uuid = False
gettext_location = True

# ---- The clinic whose numbers are printed ---------------------------------------------------
handbook_clinic = os.environ.get("CLINIC") or str(ROOT / "clinic.toml")

# ---- What is printed ------------------------------------------------------------------------
# Documents that are also printed alone on one sheet (`make cards`).
handbook_cards = [
    "get-help-now/fridge-sheet",
    "tools/treatment-record",
    "tools/my-normal",
    "tools/symptom-diary",
    "tools/medicine-list",
    "tools/steroid-diary",
    "tools/my-questions",
    "tools/appointment-notes",
    "tools/caregiver-list",
]

# ---- How chapters are read ------------------------------------------------------------------
extensions = ["myst_parser", "sphinx_design", "handbook"]
root_doc = "index"
source_suffix = {".md": "markdown"}
# Security: no substitution, no HTML in Markdown, no file inclusion (docutils.conf): see
# docs/translating.md. A translation is untrusted input.
myst_enable_extensions = ["colon_fence", "deflist"]
myst_disable_syntax = ["html_inline", "html_block"]
myst_url_schemes = ["http", "https", "mailto", "tel"]
numfig = True
nitpicky = True
smartquotes = False

# ---- The web site ---------------------------------------------------------------------------
html_theme = "furo"
html_title = project
html_show_sphinx = False

html_show_sourcelink = False
html_permalinks = False
