"""The style sheets of Furo and sphinx-design, cut to the rules that some page of the site can use.

Both serve every kind of documentation: 111 KB, of which a handbook's pages use 40. The rest is left
out when all pages are written, which leaves room for the fonts. A rule stays if each class that it
names is on a page or is put there by a script.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from pathlib import Path

import furo
import sphinx_design
import tinycss2  # type: ignore[import-untyped]
from sphinx.application import Sphinx

# Where each comes from: its path under _static/ and its original.
STYLESHEETS = {
    "styles/furo.css": Path(furo.THEME_PATH, "static", "styles", "furo.css"),
    "styles/furo-extensions.css": Path(furo.THEME_PATH, "static", "styles", "furo-extensions.css"),
    "sphinx-design.min.css": Path(sphinx_design.__file__).parent / "static/sphinx-design.min.css",
}
# Classes that Furo's and Sphinx's scripts add: scrolling, and the page of search results.
SCRIPTED = {
    *("scroll-current", "scrolled", "show-back-to-top"),
    *("context", "highlight-link", "highlighted", "search", "search-summary"),
}

_CLASS_ATTRIBUTE = re.compile(r'\bclass="([^"]*)"')
_CLASS_SELECTOR = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_NOT = re.compile(r":not\([^)]*\)")


def classes_of(page: str) -> set[str]:
    """Return the classes that a page's elements have."""
    return {name for value in _CLASS_ATTRIBUTE.findall(page) for name in value.split()}


def cut(stylesheet: str, classes: set[str]) -> str:
    """Return a style sheet without the rules that name a class outside ``classes``."""
    rules = tinycss2.parse_stylesheet(stylesheet, skip_comments=True, skip_whitespace=True)
    return "\n".join(_cut(rules, classes)) + "\n"


def _cut(rules: Iterable[tinycss2.ast.Node], classes: set[str]) -> Iterable[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, True, True)
            if kept := "".join(_cut(inner, classes)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"
        elif rule.type != "qualified-rule" or _matches(rule, classes):
            yield rule.serialize()


def _matches(rule: tinycss2.ast.QualifiedRule, classes: set[str]) -> bool:
    selectors = _NOT.sub("", tinycss2.serialize(rule.prelude)).split(",")
    return any(classes.issuperset(_CLASS_SELECTOR.findall(selector)) for selector in selectors)


def _cut_all(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    classes = SCRIPTED.union(*map(classes_of, pages.values()))
    versions = {}
    for name, original in STYLESHEETS.items():
        lean = cut(original.read_text(encoding="utf-8"), classes).encode()
        (folder / "_static" / name).write_bytes(lean)
        versions[name] = f"{zlib.crc32(lean):08x}"
    for path, page in pages.items():
        # The address of a file carries a sum of its content, so that no browser keeps an old one.
        new = page
        for name, version in versions.items():
            new = re.sub(rf"(_static/{re.escape(name)}\?v=)[0-9a-f]+", rf"\g<1>{version}", new)
        if new != page:
            path.write_text(new, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Cut the style sheets when all pages are written."""
    app.connect("build-finished", _cut_all)
