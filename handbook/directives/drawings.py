"""``{drawing}``: a picture whose words are translated like the rest of the chapter."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from handbook.directives.base import MARKS, HandbookDirective, text_options
from handbook.directives.svg import Drawing, DrawingError
from handbook.translation.interface import SOURCE_LANGUAGE

_PERCENT = re.compile(r"([1-9]\d?|100)%")


class DrawingMessage(nodes.General, nodes.Invisible, nodes.Element, addnodes.translatable):
    """One string of a drawing, or its alternative text, as a message of the chapter's catalog.

    It is plain text: the translation is not read as Markdown. ``original`` and ``words`` are
    the string before and after translation; ``role`` is "alt" or "words".
    """

    def preserve_original_messages(self) -> None:
        """Nothing to do: the directive has set ``original``."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Take a translation from Sphinx's Locale transform."""
        self["words"] = " ".join(translated_message.split())
        self["translated"] = True

    def extract_original_messages(self) -> Sequence[str]:
        """Return the one message."""
        return [self["original"]]


class DrawingFigure(HandbookDirective):
    """A figure of an SVG picture that stands beside the chapter."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = text_options("alt", "name", "width")

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        name = self.argument()
        if not name:
            raise self.mistake(
                "it names no file", "Write the file's name, as in {drawing} drawings/cell.svg."
            )
        alt = " ".join(self.option("alt").split())
        if not alt:
            raise self.mistake(
                "it has no “:alt:”",
                "Add a line “:alt: …” that says in a sentence or two what the picture shows.",
            )
        width = self.option("width")
        if width and not _PERCENT.fullmatch(width):
            raise self.mistake(
                f"“:width: {width}” is not a percentage", "Write for example “:width: 80%”."
            )
        drawing = self.read(name)
        caption = self.caption()
        image = nodes.image(uri=name, **({"width": width} if width else {}))
        self.set_source_info(image)
        figure = nodes.figure("", image, caption, classes=["drawing"])
        self.set_source_info(figure)
        figure += self.message(alt, "alt")
        figure += [self.message(words, "words") for words in drawing.words()]
        if label := self.option("name"):
            figure["names"].append(nodes.fully_normalize_name(label))
            self.state.document.note_explicit_target(figure, figure)
        return [figure]

    def read(self, name: str) -> Drawing:
        """Return the drawing in the file ``name``, a path from the chapter."""
        relative, path = self.env.relfn2path(name)
        self.env.note_dependency(relative)
        if Path(name).suffix.lower() != ".svg" or not _is_inside(path, self.env.srcdir):
            raise self.mistake(
                f"“{name}” is not an SVG file in the handbook's source folder",
                "Put the picture into the folder “drawings” beside the chapter.",
            )
        try:
            return Drawing(Path(path).read_bytes())
        except OSError as error:
            raise self.mistake(
                f"the file “{relative}” cannot be read ({error.strerror})",
                "Put the picture there, or mend the name.",
            ) from error
        except DrawingError as error:
            raise self.mistake(f"“{relative}”: {error.problem}", error.remedy) from error

    def caption(self) -> nodes.caption:
        """Return the caption: the one paragraph of the body."""
        children = self.parse_content_to_nodes()
        shown = [child for child in children if not isinstance(child, MARKS)]
        if len(shown) != 1 or not isinstance(shown[0], nodes.paragraph):
            raise self.mistake(
                "its caption is not one paragraph",
                "Write between the fences, in a sentence or two, what the picture tells.",
            )
        paragraph = shown[0]
        caption = nodes.caption(paragraph.rawsource, "", *paragraph.children)
        caption.source, caption.line = paragraph.source, paragraph.line
        return caption

    def message(self, words: str, role: str) -> DrawingMessage:
        """Return a message that Sphinx extracts and translates."""
        node = DrawingMessage(original=words, words=words, role=role)
        self.set_source_info(node)
        return node


class FinishDrawings(SphinxTransform):
    """Give each picture its alternative text and, where they differ, its translated words."""

    default_priority = 26  # after Locale (20) and its count of what is translated (25)

    def apply(self, **kwargs: Any) -> None:
        """Take the messages out of each figure (not for catalogs, which need them)."""
        if self.env._builder_cls.name == "gettext":
            return
        for figure in self.document.findall(nodes.figure):
            messages = [child for child in figure.children if isinstance(child, DrawingMessage)]
            if not messages:
                continue
            image = figure[0]
            assert isinstance(image, nodes.image)
            for message in messages:
                figure.remove(message)
            alt = next(node for node in messages if node["role"] == "alt")
            image["alt"] = alt["words"]
            if self.config.language != SOURCE_LANGUAGE and not alt.get("translated"):
                image["classes"].append(f"language-{SOURCE_LANGUAGE}")
            words = {
                node["original"]: node["words"] for node in messages if node["role"] == "words"
            }
            if any(original != new for original, new in words.items()):
                self.translate(image, words)

    def translate(self, image: nodes.image, words: dict[str, str]) -> None:
        """Write the picture with these words into the build, and point ``image`` at it."""
        _relative, path = self.env.relfn2path(image["uri"])
        content = Drawing(Path(path).read_bytes()).with_words(words)
        digest = hashlib.sha256(content).hexdigest()[:8]
        folder = Path(self.env.doctreedir, "drawings")
        target = folder / f"{Path(path).stem}-{self.config.language}-{digest}.svg"
        _write_whole(target, content)
        chapter = Path(self.env.doc2path(self.env.docname))
        image["uri"] = Path(os.path.relpath(target, chapter.parent)).as_posix()


def _is_inside(path: str, folder: str | os.PathLike[str]) -> bool:
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that another process may be writing too: it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
        stream.write(content)
    written = Path(stream.name)
    written.chmod(0o644)  # a web server's user reads it too
    written.replace(path)


def setup(app: Sphinx) -> None:
    """Register the directive and the transform."""
    app.add_node(DrawingMessage)
    app.add_directive("drawing", DrawingFigure)
    app.add_transform(FinishDrawings)
