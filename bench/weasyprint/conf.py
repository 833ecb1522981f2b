"""Sphinx's single page for WeasyPrint: the same text."""

project = "Sample"
author = "Sample"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
html_copy_source = False
