"""The site's style sheets, cut to what some page of the site can use.

Furo and sphinx-design serve every kind of documentation: 111 KB, of which a handbook's pages use
40. The rest is left out when all pages are written, which leaves room for the fonts. A rule stays
if each class that it names is on a page or is put there by a script.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from pathlib import Path

import sphinx_design
import tinycss2  # type: ignore[import-untyped]
from sphinx.application import Sphinx

_DESIGN = Path(sphinx_design.__file__).parent / "static"
# Classes that Furo's and Sphinx's scripts add: scrolling, and the page of search results.
SCRIPTED = {
    *("scroll-current", "scrolled", "show-back-to-top"),
    *("context", "highlight-link", "highlighted", "search", "search-summary"),
}

_CLASS_ATTRIBUTE = re.compile(r'\bclass="([^"]*)"')
_CLASS_SELECTOR = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_NOT = re.compile(r":not\([^)]*\)")
_PROPERTY = re.compile(r"""(?<![\w-])(--[\w-]+)\s*:((?:[^;{}"']|"[^"]*"|'[^']*')*);?""")
_READ = re.compile(r"var\(\s*(--[\w-]+)")


def classes_of(page: str) -> set[str]:
    """Return the classes that a page's elements have."""
    return {name for value in _CLASS_ATTRIBUTE.findall(page) for name in value.split()}


def cut(stylesheet: str, classes: set[str]) -> str:
    """Return a style sheet without comments, and without rules that name another class."""
    rules = tinycss2.parse_stylesheet(stylesheet, skip_comments=True, skip_whitespace=True)
    return "\n".join(_cut(rules, classes)) + "\n"


def _cut(rules: Iterable[tinycss2.ast.Node], classes: set[str]) -> Iterable[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, True, True)
            if kept := "".join(_cut(inner, classes)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"
        elif rule.type != "qualified-rule" or _matches(rule, classes):
            yield _squeezed(rule.serialize())


def _matches(rule: tinycss2.ast.QualifiedRule, classes: set[str]) -> bool:
    selectors = _NOT.sub("", tinycss2.serialize(rule.prelude)).split(",")
    return any(classes.issuperset(_CLASS_SELECTOR.findall(selector)) for selector in selectors)


def _squeezed(rule: str) -> str:
    without_comments = re.sub(r"/\*.*?\*/", "", rule, flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", without_comments))


def without_unread_properties(stylesheets: dict[str, str]) -> dict[str, str]:
    """Return the style sheets of a site without the custom properties that none of them reads."""
    together = "".join(stylesheets.values())
    values: dict[str, set[str]] = {}
    for name, value in _PROPERTY.findall(together):
        values.setdefault(name, set()).update(_READ.findall(value))
    read = set(_READ.findall(_PROPERTY.sub("", together)))
    while further := {name for known in read for name in values.get(known, ())} - read:
        read |= further

    def kept(match: re.Match[str]) -> str:
        return match[0] if match[1] in read else ""

    return {name: _PROPERTY.sub(kept, text) for name, text in stylesheets.items()}


def _originals() -> dict[str, Path]:
    """Where each style sheet comes from: its path under _static/, and its original."""
    import furo  # it brings a parser of HTML along, which print has no use for

    theme = Path(furo.THEME_PATH, "static", "styles")
    own = sorted(Path(__file__).parent.glob("static/handbook/*.css"))
    return {
        "styles/furo.css": theme / "furo.css",
        "styles/furo-extensions.css": theme / "furo-extensions.css",
        "sphinx-design.min.css": _DESIGN / "sphinx-design.min.css",
        **{f"handbook/{path.name}": path for path in own},
    }


def _cut_all(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    classes = SCRIPTED.union(*map(classes_of, pages.values()))
    lean = without_unread_properties(
        {name: cut(path.read_text("utf-8"), classes) for name, path in _originals().items()}
    )
    for name, text in lean.items():
        (folder / "_static" / name).write_text(text, encoding="utf-8")
    for path, page in pages.items():
        # The address of a file carries a sum of its content, so that no browser keeps an old one.
        new = page
        for name, text in lean.items():
            version = f"{zlib.crc32(text.encode()):08x}"
            new = re.sub(rf"(_static/{re.escape(name)}\?v=)[0-9a-f]+", rf"\g<1>{version}", new)
        if new != page:
            path.write_text(new, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Cut the style sheets when all pages are written."""
    app.connect("build-finished", _cut_all)
