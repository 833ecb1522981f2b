"""The Sphinx builder that prints: which outputs there are, and what each copy says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message

from handbook import edition, marks
from handbook.clinic import Clinic, clinic_from
from handbook.errors import HandbookError
from handbook.outputs import PRINTED_LIST, Printed, write_printed
from handbook.printing.assemble import Document, assemble, chapter_title, parts, target_uri
from handbook.printing.finish import save
from handbook.printing.frontmatter import Copy
from handbook.printing.index import index_entries
from handbook.printing.output import Output, lay_out
from handbook.printing.pages import Feet, Properties
from handbook.printing.qr import shown
from handbook.printing.theme import PAPERS, Theme
from handbook.translation.interface import _
from handbook.translation.notices import translation_notice

logger = logging.getLogger(__name__)
OUTPUTS = ("book", "handouts", "cards")


def _listed(value: list[str] | str) -> list[str]:
    """A setting that may come from the command line as one string."""
    words = value if isinstance(value, str) else ",".join(value)
    return words.replace(",", " ").split()


class PrintBuilder(Builder):
    """Prints books, handouts and cards; -D handbook_outputs and handbook_papers choose."""

    name = "handbook-pdf"
    format = "pdf"
    epilog = "The PDFs are in %(outdir)s."
    allow_parallel = True
    default_translator_class = nodes.NodeVisitor
    supported_image_types: ClassVar[list[str]] = ["image/svg+xml", "image/png", "image/jpeg"]
    supported_remote_images = False

    def init(self) -> None:
        self.outputs = self._choice("handbook_outputs", OUTPUTS)
        self.papers = self._choice("handbook_papers", tuple(PAPERS))
        self.size = self.config.handbook_size
        self.clinic: Clinic = clinic_from(self.config)
        # Unless asked for by name: the book on every paper, single sheets on the clinic's own.
        self.book_papers = self.papers or list(PAPERS)
        self.sheet_papers = self.papers or [self.clinic.paper]

    def _choice(self, setting: str, known: tuple[str, ...]) -> list[str]:
        chosen = _listed(self.config[setting])
        for name in chosen:
            if name not in known:
                raise HandbookError(
                    setting, f"“{name}” is not known", f"Choose from: {', '.join(known)}."
                )
        return chosen

    def get_outdated_docs(self) -> str:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return target_uri(docname)

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare: every output reads its documents itself."""

    def write_documents(self, _docnames: Set[str]) -> None:
        """Print each output; the first fault stops the build and leaves the earlier files."""
        printed = []
        for output in self._planned():
            pages = 0  # not laid out
            if not self.config.handbook_plan:
                with progress_message(f"printing {output.path.relative_to(self.outdir)}"):
                    laid = lay_out(output)
                    save(laid, output.path)
                    pages = laid.pages
            printed.append(self._printed(output, pages))
        write_printed(Path(self.outdir, PRINTED_LIST), printed)

    def _printed(self, output: Output, pages: int) -> Printed:
        return Printed(
            path=output.path.relative_to(self.outdir).as_posix(),
            kind=output.kind,
            docname=output.documents[0].docname if output.kind != "book" else "",
            title=output.properties.title,
            paper=output.look.paper,
            size=output.look.size,
            pages=pages,
            size_bytes=output.path.stat().st_size if pages else 0,
            code=output.edition.code,
            draft=output.edition.draft,
        )

    # ---- which outputs --------------------------------------------------------------------------

    def _planned(self) -> Iterator[Output]:
        language = self.config.language
        suffix = "-large" if self.size == "large" else ""
        order = list(parts(self.env))
        part_of = {docname: title for title, docnames in order for docname in docnames}
        chapters = [docname for _title, docnames in order for docname in docnames]
        cards = list(self.config.handbook_cards)
        wanted = self._wanted(chapters)
        end = f"{language}-%s{suffix}.pdf"
        if "book" in self.outputs:
            for paper in self.book_papers:
                path = Path("pdf", language, f"handbook-{end % paper}")
                documents = [self.config.root_doc, *chapters]
                yield self._output("book", path, paper, documents, part_of)
        sheets = [
            ("handouts", "handout", [docname for docname in wanted if docname not in cards]),
            ("cards", "card", [docname for docname in cards if docname in chapters]),
        ]
        for folder, kind, docnames in sheets:
            if folder not in self.outputs:
                continue
            for paper in self.sheet_papers:
                for docname in docnames:
                    name = docname.rpartition("/")[2]
                    path = Path(folder, language, f"{name}-{end % paper}")
                    yield self._output(kind, path, paper, [docname], part_of)

    def _wanted(self, chapters: list[str]) -> list[str]:
        chapter = self.config.handbook_chapter
        if not chapter:
            return chapters
        found = [docname for docname in chapters if docname.rpartition("/")[2] == chapter]
        if not found:
            names = ", ".join(sorted(docname.rpartition("/")[2] for docname in chapters))
            raise HandbookError(
                "CHAPTER", f"there is no chapter “{chapter}”", f"Choose from: {names}."
            )
        return found

    def _output(
        self, kind: str, path: Path, paper: str, docnames: list[str], part_of: dict[str, str]
    ) -> Output:
        size = "card" if kind == "card" else self.size
        look = Theme(paper, size, mirrored=kind == "book")
        documents = assemble(self, docnames, part_of)
        own = self._edition(kind, documents, look)
        copy, feet = self._copy(own, documents)
        if kind == "card" and copy.check:
            # A full sheet has no room for it but at its foot.
            where = _("Still right? %s") % shown(copy.check)
            feet = replace(feet, marks=[*feet.marks, where], check=copy.check)
        title = copy.book if kind == "book" else documents[0].title
        properties = Properties(
            title, self.config.author, copy.subtitle, self.config.language.replace("_", "-")
        )
        return Output(
            kind,
            Path(self.outdir) / path,
            own,
            look,
            documents,
            copy,
            feet,
            properties,
            Path(self.srcdir),
            index_entries(self, docnames) if kind == "book" else (),
            frozenset(self.config.handbook_cards),
        )

    # ---- what a copy says of itself -------------------------------------------------------------

    def _copy(self, own: edition.Edition, documents: list[Document]) -> tuple[Copy, Feet]:
        language, clinic, code = self.config.language, self.clinic, own.label
        review_by = min(edition.review_by(self.env, document.docname) for document in documents)
        newer = marks.newer_copy_mark(review_by, edition.today(), language)
        review = marks.review_mark(clinic, language)
        draft = translation_notice(self._app)
        sample = marks.sample_mark(clinic)
        calls = marks.calls(clinic, language)
        name = self.config.handbook_languages.get(language, {}).get("name", language)
        face = [mark for mark in (sample, review, draft) if mark]
        book = chapter_title(self.env, self.config.root_doc)
        copy = Copy(
            book=book,
            subtitle=_("For people who have immunotherapy for cancer, and those around them"),
            clinic=clinic.text("name", language),
            department=clinic.text("department", language),
            address=clinic.text("address", language),
            logo=clinic.logo,
            calls=calls,
            nobody_answers=clinic.text("nobody-answers", language),
            marks=[*face, f"{_('Edition')} {code} · {name}", newer],
            check=marks.check_address(clinic, own.code),
        )
        feet = Feet(
            book=book,
            call=" · ".join(f"{call.label}: {call.number}" for call in calls),
            marks=[review, *([draft] if draft else []), code, newer],
            sample=sample,
        )
        return copy, feet

    def _edition(self, kind: str, documents: list[Document], look: Theme) -> edition.Edition:
        parts_of_copy: list[bytes | str] = [kind, look.paper, look.size, self.clinic.digest]
        for document in documents:
            parts_of_copy += edition.content_parts(document.tree, self.env)
        ledger = Path(self.config.handbook_ledger)
        return edition.edition_of(self.config.release, self.config.language, parts_of_copy, ledger)
