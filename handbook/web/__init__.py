"""The web site: Furo with a thin override. Doctrees in, pages out that load nothing from afar."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from handbook.clinic import clinic_from
from handbook.web import (
    breadcrumbs,
    content,
    definitions,
    index_page,
    languages,
    lean,
    page,
    paper,
    places,
    printed_page,
    record,
    redirect_pages,
    scripts,
    search,
    symptom_finder,
    translator,
    untranslated,
)

HERE = Path(__file__).resolve().parent

STYLESHEETS = ("base.css", "page.css", "parts.css", "tables.css", "site.css")


def _add_own_files(app: Sphinx, config: Config) -> None:
    """Our templates go before Furo's, our styles after them."""
    config.templates_path.append(str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))
    config.html_domain_indices = False
    # The chapters in Markdown would lie beside the pages, with notes that are for writers.
    config.html_copy_source = False
    if logo := clinic_from(config).logo:
        config.html_logo = str(logo)
    # Sphinx links a picture of a given width to its bare file; the others not.
    config.html_scaled_image_link = False
    # A key alone ("/") must not do anything: WCAG 2.1.4.
    config.html_enable_search_shortcuts = False


def setup(app: Sphinx) -> None:
    """Register the web's settings, files and parts with Sphinx."""
    app.connect("config-inited", _add_own_files)
    for number, name in enumerate(STYLESHEETS):
        # Furo's own come with a priority of up to 600.
        app.add_css_file(f"handbook/{name}", priority=700 + number)
    app.add_css_file("handbook/print.css", priority=710, media="print")
    for part in (
        *(
            content,
            translator,
            languages,
            page,
            breadcrumbs,
            paper,
            printed_page,
            index_page,
            definitions,
        ),
        *(
            untranslated,
            symptom_finder,
            redirect_pages,
            scripts,
            search,
            places,
            lean,
            record,
        ),
    ):
        part.setup(app)
