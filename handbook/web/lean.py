"""The site's files, cut to what some page of the site can use.

Furo and sphinx-design serve every kind of documentation: 111 KB of styles, of which a handbook's
pages use 35. The rest is left out when all pages are written, which leaves room for the fonts. A
rule stays if each of its parts fits an element on a page, or one that a script puts there. Comments
and the indentation of templates and scripts are for who writes them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import sphinx_design
import tinycss2  # type: ignore[import-untyped]
from sphinx.application import Sphinx

_DESIGN = Path(sphinx_design.__file__).parent / "static"
_THEME, _OURS = "styles/furo.css", "handbook/base.css"
# Classes that scripts add: the section that is read, and the page of search results.
SCRIPTED = {
    *("scroll-current", "context", "highlight-link", "highlighted", "search", "search-summary"),
}

#: The tags and classes that an element has.
Kind = tuple[str, frozenset[str]]

_TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^>]*)")
_CLASS_ATTRIBUTE = re.compile(r'\bclass="([^"]*)"')
_IN_BRACKETS = re.compile(r"\[[^\]]*\]|\([^()]*\)")
_COMBINATOR = re.compile(r"[\s>+~]+")
_TAG_SELECTOR = re.compile(r"^[a-z][a-z0-9]*")
_INDENTATION = re.compile(r"\n\s+")
_COMMENT_LINE = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)
_CLASS_SELECTOR = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_PROPERTY = re.compile(r"""(?<![\w-])(--[\w-]+)\s*:((?:[^;{}"']|"[^"]*"|'[^']*')*);?""")
_BODY = re.compile(r"^body\{.*\}$", re.MULTILINE)
_DARK = re.compile(r"^@media not print\{.*\}$", re.MULTILINE)
_READ = re.compile(r"var\(\s*(--[\w-]+)")


def kinds_of(page: str) -> set[Kind]:
    """Return the tags of a page's elements, each with its classes."""
    found = set()
    for tag, attributes in _TAG.findall(page):
        classes = _CLASS_ATTRIBUTE.search(attributes)
        found.add((tag, frozenset(classes[1].split() if classes else ())))
    return found


def cut(stylesheet: str, kinds: set[Kind]) -> str:
    """Return a style sheet without comments, and without selectors that fit no such element."""
    rules = tinycss2.parse_stylesheet(stylesheet, skip_comments=True, skip_whitespace=True)
    return "\n".join(_cut(rules, kinds)) + "\n"


def _cut(rules: Iterable[tinycss2.ast.Node], kinds: set[Kind]) -> Iterable[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, True, True)
            if kept := "".join(_cut(inner, kinds)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"
        elif rule.type != "qualified-rule":
            yield _squeezed(rule.serialize())
        elif kept := ",".join(one for one in _selectors(rule) if _fits(one, kinds)):
            yield _squeezed(f"{kept}{{{tinycss2.serialize(rule.content)}}}")


def _selectors(rule: tinycss2.ast.QualifiedRule) -> Iterable[str]:
    """Yield the selectors of a rule's list; a comma within brackets parts none."""
    found: list[list[tinycss2.ast.Node]] = [[]]
    for token in rule.prelude:
        if token.type == "literal" and token.value == ",":
            found.append([])
        elif token.type != "comment":
            found[-1].append(token)
    return (tinycss2.serialize(tokens).strip() for tokens in found)


def _fits(selector: str, kinds: set[Kind]) -> bool:
    """Return whether each part of a selector fits some element, wherever they are on the page."""
    parts = _COMBINATOR.split(_IN_BRACKETS.sub("", _IN_BRACKETS.sub("", selector)))
    return all(_part_fits(part, kinds) for part in parts)


def _part_fits(part: str, kinds: set[Kind]) -> bool:
    classes = set(_CLASS_SELECTOR.findall(part))
    if classes & SCRIPTED:
        return True
    tag = _TAG_SELECTOR.match(part)
    return any((not tag or tag[0] == name) and classes <= known for name, known in kinds)


def _squeezed(rule: str) -> str:
    without_comments = re.sub(r"/\*.*?\*/", "", rule, flags=re.DOTALL)
    on_one_line = re.sub(r"\s+", " ", without_comments)
    return re.sub(r"\s*([{};,])\s*|(?<=:)\s+", r"\1", on_one_line).replace(";}", "}")


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


def without_overridden_properties(earlier: str, later: str) -> str:
    """Return a style sheet without the custom properties of body that a later one sets again.

    In light and in dark: each has its rules, which name the same elements in both style sheets.
    """
    for rules in (_BODY, _DARK):
        again = {name for rule in rules.findall(later) for name, _value in _PROPERTY.findall(rule)}
        earlier = rules.sub(partial(_without, again), earlier)
    return earlier


def _without(names: set[str], rule: re.Match[str]) -> str:
    return _PROPERTY.sub(lambda found: "" if found[1] in names else found[0], rule[0])


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
    kinds: set[Kind] = set().union(*map(kinds_of, pages.values()))
    lean = {name: cut(path.read_text("utf-8"), kinds) for name, path in _originals().items()}
    lean[_THEME] = without_overridden_properties(lean[_THEME], lean[_OURS])
    lean = without_unread_properties(lean)
    for name, text in lean.items():
        (folder / "_static" / name).write_text(text, encoding="utf-8")
    for path in folder.glob("_static/handbook/*.js"):
        script = path.read_text(encoding="utf-8")
        path.write_text(_COMMENT_LINE.sub("", script), encoding="utf-8")
    for path, page in pages.items():
        # The address of a file carries a sum of its content, so that no browser keeps an old one.
        new = page if "<pre" in page else _INDENTATION.sub("\n", page)
        for name, text in lean.items():
            version = f"{zlib.crc32(text.encode()):08x}"
            new = re.sub(rf"(_static/{re.escape(name)}\?v=)[0-9a-f]+", rf"\g<1>{version}", new)
        if new != page:
            path.write_text(new, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Cut the style sheets when all pages are written."""
    app.connect("build-finished", _cut_all)
