"""Chapters and translations that try to publish a file, run a script or a command."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

import polib
import pytest

from handbook.errors import HandbookError
from tests.conftest import MakeProject
from tests.helpers import REPOSITORY, Project

FRONT_MATTER = "---\nreview-by: 2099-01-01\n---\n"
SECRET = "the secret of the machine"


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    """A project of one chapter beside a file that must never be published."""
    project = make_project("test-security")
    (project.folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    (project.folder / "secret.png").write_bytes(SECRET.encode())
    return project


def refusal(project: Project, language: str = "en") -> HandbookError:
    """Build, which must stop with an error, and publish nothing of the secret."""
    with pytest.raises(HandbookError) as caught:
        project.build("html", language)
    published = project.folder / "build"
    for path in published.rglob("*"):
        if path.is_file() and path.suffix != ".doctree":
            assert SECRET.encode() not in path.read_bytes(), path
    return caught.value


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


CHAPTERS = {
    "include": "```{include} ../secret.txt\n```",
    "include in a list": "- ```{include} ../secret.txt\n  ```",
    "include in a box": "::::{note}\n:::{include} ../secret.txt\n:::\n::::",
    "literalinclude": "```{literalinclude} ../secret.txt\n```",
    "csv-table": "```{csv-table}\n:file: ../secret.txt\n```",
    "raw": "```{raw} html\n<script>alert(1)</script>\n```",
    "role": "```{role} bad(raw)\n:format: html\n```",
    "meta": "```{meta}\n:http-equiv=refresh: 0; url=https://example.com\n```",
    "math": "```{math}\nx\n```",
    "math role": "{math}`x`",
    "eval-rst": "```{eval-rst}\n.. include:: ../secret.txt\n```",
    "eval-rst in a box": "::::{note}\n```{eval-rst}\n.. include:: ../secret.txt\n```\n::::",
    "download": "{download}`secret <../secret.txt>`",
    "octicon": '{octicon}`report;1em;"><script>alert(1)</script>`',
    "material icon": '{material-regular}`link;1em;"><script>alert(1)</script>`',
    "picture outside": "![a picture](../secret.png)",
    "picture by its path": "![a picture](/../secret.png)",
    "picture directive outside": "```{image} ../secret.png\n:alt: a picture\n```",
    "figure outside": "```{figure} ../secret.png\n:alt: a picture\n\nwords\n```",
    "picture of another host": "![a picture](https://example.com/a.png)",
    "picture of any host": "![a picture](//example.com/a.png)",
    "picture as data": "![a picture](data:image/png;base64,AAAA)",
    "link to a file": "[words](../secret.txt)",
    "link to a path": "[words](path:../secret.txt)",
    "link to the machine": "[words](/../secret.txt)",
    "link to no file": "[words](../../no-such-file)",
    "link of another scheme": "[words](ftp://example.com/file)",
    "card to a script": ":::{card} Card\n:link: javascript:alert(1)\nwords\n:::",
    "card with a hidden scheme": ":::{card} Card\n:link: //example.com\nwords\n:::",
    "card to a file": ":::{card} Card\n:link: ../secret.txt\nwords\n:::",
    "button to a script": "```{button-link} javascript:alert(1)\nwords\n```",
    "badge to a script": "{bdg-link-primary}`words <javascript:alert(1)>`",
    "picture with a script": "```{image} dot.png\n:alt: a dot\n:target: javascript:alert(1)\n```",
    "contents with a script": "```{toctree}\nwords <javascript://%0aalert(1)>\n```",
}


@pytest.mark.parametrize("markdown", CHAPTERS.values(), ids=CHAPTERS.keys())
def test_a_chapter_is_refused(project: Project, markdown: str) -> None:
    path = project.write("index", f"{FRONT_MATTER}# Title\n\nFirst.\n\n{markdown}\n")
    error = refusal(project)
    assert error.file.endswith("source/index.md")
    first, last = line_of(path, "First.") + 2, len(path.read_text().splitlines())
    assert error.line and first <= error.line <= last, error


@pytest.mark.parametrize(
    "markdown",
    [
        "[words](javascript:alert%281%29)",
        "<JavaScript:alert(1)>",
        "[words](vbscript:x)",
        "[words](file:///etc/hostname)",
        "[words](data:text/html;base64,PHNjcmlwdD4=)",
        "![a picture](file:///etc/hostname)",
        "<a href='javascript:alert(1)'>words</a>",
    ],
)
@pytest.mark.parametrize("translated", [False, True], ids=["chapter", "translation"])
def test_what_markdown_takes_for_words_stays_words(
    project: Project, markdown: str, translated: bool
) -> None:
    original = ORIGINAL if translated else markdown
    project.write("index", f"{FRONT_MATTER}# Title\n\nFirst.\n\n{original}\n")
    project.translate("index", "es", {ORIGINAL: markdown})
    page = project.build("html", "es").html("index")
    shown = re.search(r"<p[^>]*>First\.</p>\s*<p[^>]*>(.*?)</p>", page, re.DOTALL)
    assert shown and "<" not in shown[1], shown
    assert html.unescape(shown[1]).startswith(markdown[:8])


FRONT_MATTERS = {
    "options of the parser": "myst:\n  enable_extensions: [substitution]",
    "options in one line": "{myst: {disable_syntax: []}}",
    "quoted": '"myst": {disable_syntax: []}',
    "metadata": "html_meta: {x: y}",
    "substitutions": "substitutions: {x: y}",
}


@pytest.mark.parametrize("lines", FRONT_MATTERS.values(), ids=FRONT_MATTERS.keys())
def test_front_matter_sets_no_options(project: Project, lines: str) -> None:
    project.write("index", f"---\nreview-by: 2099-01-01\n{lines}\n---\n# Title\n\nwords\n")
    error = refusal(project)
    assert (error.file, error.line) == ("source/index.md", 3)


def test_a_closed_first_line_does_not_hide_front_matter(project: Project) -> None:
    project.write("index", "---x\nmyst: {disable_syntax: []}\n\n# Title\n\n<script></script>\n")
    assert refusal(project).line == 1


ORIGINAL = "A sentence of the chapter."
TRANSLATIONS = {
    "include": "```{include} ../secret.txt\n```",
    "second paragraph": "Una frase.\n\n```{include} ../secret.txt\n```",
    "literalinclude": "```{literalinclude} ../secret.txt\n```",
    "translated name": "```{incluir} ../secret.txt\n```",
    "download": "{download}`../secret.txt`",
    "picture": "![x](../secret.png)",
    "link": "[x](../secret.txt)",
    "path": "[x](path:../secret.txt)",
    "address": "[x](https://example.com)",
    "link by reference": "[x][y]\n\n[y]: https://example.com",
    "another number": "Llame {clinic}`emergency`.",
    "button": "```{button-link} javascript:alert(1)\nx\n```",
    "card": ":::{card} x\n:link: javascript:alert(1)\n:::",
    "raw": "```{raw} html\n<script>alert(1)</script>\n```",
    "icon": '{octicon}`report;1em;"><script>alert(1)</script>`',
    "command": "{{ env.app.srcdir }}",
    "parser options": "---\nmyst:\n  enable_extensions: [substitution]\n---\n{{ 7*191 }}",
    "parser options in an open head": "---x\nmyst: {disable_syntax: []}\n\n<script>1</script>",
    "options in one paragraph": "---x\nmyst: {disable_syntax: []}\nx: <script>alert(1)</script>",
    "target": "(index)=\nUna frase.",
    "heading": "# Una frase.",
    "override": "Una \u202eesarf.",
}


@pytest.mark.parametrize("translation", TRANSLATIONS.values(), ids=TRANSLATIONS.keys())
def test_a_translation_is_refused(project: Project, translation: str) -> None:
    project.write("index", f"{FRONT_MATTER}# Title\n\n{ORIGINAL}\n")
    path = project.translate("index", "es", {"Title": "Título", ORIGINAL: translation})
    error = refusal(project, "es")
    assert error.file == "locale/es/LC_MESSAGES/index.po"
    assert error.line == line_of(path, ORIGINAL)


def test_a_translation_may_keep_what_its_original_holds(project: Project) -> None:
    project.write(
        "index",
        f"{FRONT_MATTER}(top)=\n# Title\n\nCall {{clinic}}`emergency` or look at"
        " {ref}`this page <top>` or [NCI](https://www.cancer.gov).\n",
    )
    project.translate(
        "index",
        "es",
        {
            "Call {clinic}`emergency` or look at {ref}`this page <top>` or"
            " [NCI](https://www.cancer.gov).": "Mire [el NCI](https://www.cancer.gov) o"
            " {ref}`esta página <top>`, o llame a {clinic}`emergency`."
        },
    )
    built = project.build("html", "es")
    assert "Mire" in built.html("index")
    assert 'href="https://www.cancer.gov"' in built.html("index")


def test_tags_in_a_translation_are_words(project: Project) -> None:
    project.write(
        "index",
        f"{FRONT_MATTER}# Title\n\n```{{index}} single: fever\n```\n\n{ORIGINAL}\n"
        "\n:::{drawing} words.svg\n:alt: a picture\n\nThe caption.\n:::\n",
    )
    (project.source / "words.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>Inside</text></svg>'
    )
    script = "<script>alert(1)</script>"
    for message in ("Title", ORIGINAL, "fever", "Inside", "a picture", "The caption."):
        messages = {message: f"Una {script} cosa"}
        project.translate("index", "es", messages)
        built = project.build("html", "es")
        pages = [*built.folder.rglob("*.html"), *built.folder.rglob("*.svg")]
        assert not any(script in page.read_text(encoding="utf-8") for page in pages), message


INTERFACE = {
    "tag": "<script>alert(1)</script>",
    "attribute": 'x" onmouseover="alert(1)',
    "template": "{{ 7 }}",
}


@pytest.mark.parametrize("domain", ["handbook", "sphinx"])
@pytest.mark.parametrize("translation", INTERFACE.values(), ids=INTERFACE.keys())
def test_interface_words_bring_no_markup(project: Project, domain: str, translation: str) -> None:
    project.translate(domain, "es", {"Search": translation})
    assert refusal(project, "es").file == f"locale/es/LC_MESSAGES/{domain}.po"


def test_a_script_among_the_catalogs_is_refused(project: Project) -> None:
    project.translate("index", "es", {ORIGINAL: "Una frase."})
    script = project.folder / "locale" / "es" / "LC_MESSAGES" / "sphinx.js"
    script.write_text("alert(1)")
    assert refusal(project, "es").file == "locale/es/LC_MESSAGES/sphinx.js"


def _compiled(path: Path, messages: Mapping[str, str]) -> None:
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalog.extend(polib.POEntry(msgid=old, msgstr=new) for old, new in messages.items())
    catalog.save_as_mofile(str(path))


def test_a_compiled_catalog_counts_only_as_far_as_its_catalog(project: Project) -> None:
    project.write("index", f"{FRONT_MATTER}# Title\n\n{ORIGINAL}\n")
    path = project.translate("index", "es", {ORIGINAL: "Una frase."})
    _compiled(path.with_suffix(".mo"), {ORIGINAL: "[x](https://example.com)"})
    page = project.build("html", "es").html("index")
    assert "Una frase." in page
    assert "example.com" not in page


def test_a_compiled_catalog_alone_is_refused(project: Project) -> None:
    folder = project.folder / "locale" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    _compiled(folder / "index.mo", {ORIGINAL: "[x](https://example.com)"})
    assert refusal(project, "es").file == "locale/es/LC_MESSAGES/index.mo"


def test_docutils_is_closed_even_without_its_settings_file(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.helpers.patch_docutils", lambda _folder: nullcontext())
    monkeypatch.setenv("DOCUTILSCONFIG", "")
    settings = project.build("html").app.env.settings
    assert settings["file_insertion_enabled"] is False
    assert settings["raw_enabled"] is False


def test_the_repository_keeps_its_settings_closed() -> None:
    settings: dict[str, object] = {"__file__": str(REPOSITORY / "conf.py")}
    exec((REPOSITORY / "conf.py").read_text(encoding="utf-8"), settings)
    assert set(settings["myst_enable_extensions"]) == {"colon_fence", "deflist"}  # type: ignore[call-overload]
    assert settings["myst_disable_syntax"] == ["html_inline", "html_block"]
    assert set(settings["myst_url_schemes"]) == {"http", "https", "mailto", "tel"}  # type: ignore[call-overload]
    docutils = (REPOSITORY / "docutils.conf").read_text(encoding="utf-8")
    assert re.search(r"^file_insertion_enabled: false$", docutils, re.MULTILINE)
    assert re.search(r"^raw_enabled: false$", docutils, re.MULTILINE)
