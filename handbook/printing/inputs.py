"""The digest of all that goes into one output: equal digests, equal files."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment

from handbook import edition
from handbook.printing.output import Output

_PACKAGE = Path(__file__).resolve().parent.parent
#: Packages whose other versions may set the same text otherwise.
_SETTERS = ("docutils", "pikepdf", "reportlab", "rst2pdf", "sphinx", "svglib")


@functools.cache
def _engine() -> bytes:
    """The digest of the project's own code and fonts, and of the packages that set type."""
    total = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and path.suffix in (".py", ".ttf", ".toml"):
            total.update(str(path.relative_to(_PACKAGE)).encode() + path.read_bytes())
    for name in _SETTERS:
        total.update(f"{name} {version(name)}".encode())
    return total.digest()


def inputs_of(output: Output, env: BuildEnvironment) -> str:
    """The digest of an output's inputs."""
    total = hashlib.sha256(_engine())
    for part in _parts(output, env):
        content = part.encode() if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()


def _parts(output: Output, env: BuildEnvironment) -> Iterator[bytes | str]:
    yield repr((output.kind, output.path.name, output.look, output.copy, output.feet))
    yield repr((output.properties, output.index, sorted(output.sheets)))
    for folder in env.config.locale_dirs:
        words = Path(env.srcdir, folder, env.config.language, "LC_MESSAGES")
        for catalog in ("handbook.po", "sphinx.po"):  # the words of the interface
            if (words / catalog).is_file():
                yield (words / catalog).read_bytes()
    if output.copy.logo is not None:
        yield output.copy.logo.read_bytes()
    for document in output.documents:
        yield repr((document.docname, document.title, document.number, document.part))
        yield from edition.content_parts(document.tree, env)
        if output.kind == "review":
            yield repr([node.get("beside") for node in document.tree.findall(nodes.Element)])
