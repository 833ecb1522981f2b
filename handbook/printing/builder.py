"""The Sphinx builder that prints: which outputs there are, and what each copy says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.display import progress_message

from handbook import edition, marks
from handbook.built import PLAN, is_current
from handbook.clinic import Clinic, clinic_from
from handbook.errors import HandbookError
from handbook.outputs import PRINTED_LIST, Printed, write_printed
from handbook.printing.assemble import Document, assemble, chapter_title, parts, target_uri
from handbook.printing.booklets import volumes, words_of
from handbook.printing.frontmatter import Copy
from handbook.printing.index import index_entries
from handbook.printing.inputs import inputs_of
from handbook.printing.output import Output
from handbook.printing.pages import Feet, Properties
from handbook.printing.produce import produce
from handbook.printing.qr import shown
from handbook.printing.review import number_statements
from handbook.printing.scripts.punctuation import labelled
from handbook.printing.stacked import stack_tables
from handbook.printing.theme import BOOKLET_PAPERS, PAPERS, Theme
from handbook.sources.store import bibliography_from
from handbook.translation.interface import _
from handbook.translation.notices import translation_notice

logger = logging.getLogger(__name__)
OUTPUTS = ("book", "handouts", "cards", "booklets", "press", "review")
#: Outputs that are laid out as the whole book: kind, folder, what the file's name ends in.
_BOOKS = (("book", "pdf", ""), ("press", "press", "-press"), ("review", "review", "-review"))


def _listed(value: list[str] | str) -> list[str]:
    """A setting that may come from the command line as one string."""
    words = value if isinstance(value, str) else ",".join(value)
    return words.replace(",", " ").split()


class PrintBuilder(Builder):
    """Prints what -D handbook_outputs and handbook_papers choose."""

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
        # Where the files of earlier runs are; what is unchanged there is not built again.
        published = self.config.handbook_published
        self.published = Path(published) if published else None
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
        """Print each output that has changed; the first fault stops the build."""
        planned: dict[str, str] = {}
        printed: list[Printed] = []
        for output in self._planned():
            path = output.path.relative_to(self.outdir).as_posix()
            printed.append(_record(output, path))
            planned[path] = inputs_of(output, self.env)
            if self.config.handbook_plan:
                continue
            if self.published and is_current(self.published, path, planned[path]):
                logger.info("unchanged: %s", path)
                continue
            with progress_message(f"printing {path}"):
                produce(output)
        Path(self.outdir, PLAN).write_text(json.dumps(planned), encoding="utf-8")
        write_printed(Path(self.outdir, PRINTED_LIST), printed)

    # ---- which outputs --------------------------------------------------------------------------

    def _planned(self) -> Iterator[Output]:
        language = self.config.language
        suffix = "-large" if self.size == "large" else ""
        order = list(parts(self.env))
        chapters = [docname for _title, docnames in order for docname in docnames]
        cards = list(self.config.handbook_cards)
        wanted = self._wanted(chapters)
        for kind, folder, ending in _BOOKS:
            if kind in self.outputs:
                for paper in self.book_papers:
                    path = Path(
                        folder, language, f"handbook-{language}-{paper}{suffix}{ending}.pdf"
                    )
                    documents = wanted if kind == "review" else chapters
                    yield self._output(kind, path, paper, [self.config.root_doc, *documents])
        if "booklets" in self.outputs:
            yield from self._booklets(order)
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
                    path = Path(folder, language, f"{name}-{language}-{paper}{suffix}.pdf")
                    yield self._output(kind, path, paper, [docname])

    def _booklets(self, order: list[tuple[str, list[str]]]) -> Iterator[Output]:
        """A booklet of each part, in several volumes where staples would not hold it."""
        language = self.config.language
        if self.config.handbook_chapter:
            order = [(chapter_title(self.env, name), [name]) for name in self._wanted([
                docname for _title, docnames in order for docname in docnames])]  # fmt: skip
        for title, docnames in order:
            chapter = self.config.handbook_chapter
            name = chapter or docnames[0].partition("/")[0]
            groups = volumes([(docname, self._words(docname)) for docname in docnames])
            for paper in self.book_papers:
                for number, group in enumerate(groups, start=1):
                    volume, shown = "", title
                    if len(groups) > 1:
                        volume = f"-{number}"
                        shown = _("%(part)s, booklet %(number)s of %(count)s") % {
                            "part": title, "number": number, "count": len(groups),
                        }  # fmt: skip
                    path = Path(
                        "booklets", language, f"{name}{volume}-{language}-{paper}-booklet.pdf"
                    )
                    yield self._output("booklet", path, BOOKLET_PAPERS[paper], group, shown)

    def _words(self, docname: str) -> int:
        """How many words a chapter prints, with the rows and sources that it places."""
        return words_of(self.env.get_and_resolve_doctree(docname, self, tags=self.tags).astext())

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
        self, kind: str, path: Path, paper: str, docnames: list[str], title: str = ""
    ) -> Output:
        """An output of some documents.

        :param title: what it is called, where that is neither the book's title nor its chapter's.
        """
        size = kind if kind in ("card", "booklet", "review") else self.size
        if kind == "handout" and size == "standard":
            size = kind
        if kind == "card" and self.size == "large":
            size = "large"  # and so on several pages
        whole = kind in ("book", "press", "review")
        tongue = self.config.language.replace("_", "-")
        mirrored = kind in ("book", "press", "booklet")
        look = Theme(paper, size, mirrored=mirrored, language=tongue)
        order = list(parts(self.env))
        part_of = {docname: part for part, names in order for docname in names}
        documents = assemble(self, docnames, part_of)
        for document in documents:
            if look.size == "large":
                stack_tables(document.tree, tongue)
            if kind == "review":
                number_statements(document.tree, bibliography_from(self.config).sources)
        own = self._edition(kind, documents, look)
        copy, feet = self._copy(own, documents, title)
        if look.size == "card" and copy.check:
            # A full sheet has no room for it but at its foot.
            where = _("Still right? %s") % shown(copy.check)
            feet = replace(feet, marks=[*feet.marks, where], check=copy.check)
        title = title or (copy.book if whole else documents[0].title)
        properties = Properties(title, self.config.author, copy.subtitle, tongue)
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
            index_entries(self, docnames) if whole else (),
            frozenset(self.config.handbook_cards),
        )

    # ---- what a copy says of itself -------------------------------------------------------------

    def _copy(
        self, own: edition.Edition, documents: list[Document], title: str
    ) -> tuple[Copy, Feet]:
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
            book=title or book,
            subtitle=book
            if title
            else _("For people who have immunotherapy for cancer, and those around them"),
            clinic=clinic.text("name", language),
            department=clinic.text("department", language),
            address=clinic.text("address", language),
            logo=clinic.logo,
            calls=calls,
            nobody_answers=clinic.text("nobody-answers", language),
            marks=face,
            issue=[f"{_('Edition')} {code} · {name}", newer],
            languages=_("Languages: %s") % " · ".join(self._released(name)),
            rights=self.config.copyright,
            check=marks.check_address(clinic, own.code),
        )
        feet = Feet(
            book=book,
            call=" · ".join(labelled(call.label, language) + call.number for call in calls),
            marks=[review, *([draft] if draft else []), code, name, newer],
            sample=sample,
        )
        return copy, feet

    def _released(self, name: str) -> list[str]:
        """The names of the languages of this edition: this copy's, and those that are released."""
        languages = self.config.handbook_languages.values()
        return [
            name,
            *(one["name"] for one in languages if one.get("released") and one["name"] != name),
        ]

    def _edition(self, kind: str, documents: list[Document], look: Theme) -> edition.Edition:
        says = "book" if kind == "press" else kind  # a press file is the book, for other machines
        parts_of_copy: list[bytes | str] = [says, look.paper, look.size, self.clinic.digest]
        for document in documents:
            parts_of_copy += edition.content_parts(document.tree, self.env)
        ledger = Path(self.config.handbook_ledger)
        return edition.edition_of(self.config.release, self.config.language, parts_of_copy, ledger)


def _record(output: Output, path: str) -> Printed:
    """Return what the site is told of an output."""
    return Printed(
        path=path,
        kind=output.kind,
        docname=output.documents[0].docname if output.kind in ("handout", "card") else "",
        title=output.properties.title,
        code=output.edition.code,
        draft=output.edition.draft,
    )
