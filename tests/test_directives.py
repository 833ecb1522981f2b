"""What directives and roles become, in other folders, in other languages, and in copies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes

from handbook.sources.claim_notes import notes_of
from tests.conftest import MakeProject
from tests.helpers import REPOSITORY, Built, Project, outline

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    return make_project("test-directives")


def first(built: Built, docname: str, kind: type[nodes.Element], *classes: str) -> nodes.Element:
    """Return the first node of a kind and of these classes in a chapter."""
    found = built.doctree(docname).findall(kind)
    return next(node for node in found if set(classes) <= set(node["classes"]))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{temp}`100.4`", "100.4 °F (38 °C)"),
        ("{temp}`98.6`", "98.6 °F (37 °C)"),
        ("{temp}`99`", "99 °F (37.2 °C)"),
        ("{temp}`100.0`", "100 °F (37.8 °C)"),
        ("{temp}`100.4-102`", "100.4–102 °F (38–38.9 °C)"),
        ("{temp}`97 – 99`", "97–99 °F (36.1–37.2 °C)"),
        ("{amount}`10 in 100`", "10 in 100"),
        ("{amount}`2–3  weeks`", "2–3 weeks"),
        ("{phone}`+1 (800) 422-6237`", "+1 (800) 422-6237"),
    ],
)
def test_a_number_is_kept_together(written: str, shown: str, make_project: MakeProject) -> None:
    project = make_project()
    project.write("index", f"# Title\n\nx {written} y\n")
    (paragraph,) = project.build("dummy").read("index").findall(nodes.paragraph)
    assert paragraph.astext() == f"x {shown.replace(' ', NBSP)} y"


@pytest.mark.parametrize(
    ("number", "address"),
    [("988", "tel:988"), ("+1 (800) 422-6237", "tel:+18004226237"), ("911", "tel:911")],
)
def test_a_telephone_number_can_be_rung(
    number: str, address: str, make_project: MakeProject
) -> None:
    project = make_project()
    project.write("index", f"# Title\n\n{{phone}}`{number}`\n")
    (link,) = project.build("dummy").read("index").findall(nodes.reference)
    assert link["refuri"] == address
    assert link.parent["classes"] == ["phone"]


def test_the_clinic_is_shown_in_the_language_of_the_build(project: Project) -> None:
    (project.source / "here.md").write_text(
        "---\norphan: true\n---\n# Title\n\n"
        "{clinic}`hours` {clinic}`report-errors` {clinic}`name`\n",
        encoding="utf-8",
    )
    for language, hours in (("en", "Monday to Friday"), ("es", "De lunes a viernes")):
        built = project.build("dummy", language)
        name = outline(built.doctree("here"), ("classes", "refuri"))
        assert re.search(rf"inline classes=clinic clinic-hours\n *'{hours}", name)
        assert "reference refuri=mailto:handbook@clinic.example" in name
        assert "Sample Cancer Center" in name


def test_a_sentence_of_the_clinic_in_another_language_says_so(project: Project) -> None:
    (project.source / "here.md").write_text(
        "---\norphan: true\n---\n# Title\n\nx {clinic}`hours` y\n", encoding="utf-8"
    )
    profile = (REPOSITORY / "clinic.toml").read_text(encoding="utf-8")
    untranslated, lines = re.subn(r"(?m)^hours\.tr = .*\n", "", profile)
    assert lines == 1
    (project.folder / "clinic.toml").write_text(untranslated, encoding="utf-8")
    page = project.build("html", "tr").html("here")
    assert re.search(r'<span class="clinic clinic-hours" lang="en">Monday to Friday', page)


def test_interface_words_follow_the_language_and_are_in_no_catalog(project: Project) -> None:
    words = {"In one minute": "En un minuto", "Emergency: go now": "Emergencia: vaya ya"}
    project.translate("handbook", "es", words)
    built = project.build("dummy", "es")
    box = first(built, "care/chapter", nodes.admonition, "box-one-minute")
    assert box[0].astext() == "En un minuto"
    level = first(built, "symptoms/list", nodes.paragraph, "action-level")
    assert level.astext() == "Emergencia: vaya ya"
    messages = project.build("gettext").messages("care/chapter")
    assert "My own title" in messages
    assert not {"In one minute", "Words on this page"} & set(messages)


def test_messages_of_copies_stay_with_their_originals(project: Project) -> None:
    catalogs = project.build("gettext")
    rows = catalogs.messages("symptoms/list")
    assert "You have a fever with {term}`T cells <T cell>`" in rows
    assert "Call us." in rows
    assert "breath" in rows  # an index entry inside a row
    assert set(catalogs.messages("care/chapter")) == {
        "A chapter",
        "A fever is common.{cite}`second-source`",
        "Call us.",
        "My own title",
        "The point of the *picture*.",
        "Two cells: one is red.",
        "T cell & more",
        "1. First it looks",
        "then it bites",
        "before",
        "strong",
        "after",
        "Sources",
    }


def test_messages_name_the_line_where_they_stand(project: Project) -> None:
    catalogs = project.build("gettext")
    lines = {
        message: [int(line) for _path, line in places]
        for domain in ("care/chapter", "symptoms/list")
        for message, places in catalogs.messages(domain).items()
    }
    assert lines["My own title"] == [10]
    assert lines["Two cells: one is red."] == [27]
    assert lines["You have a fever with {term}`T cells <T cell>`"] == [10]
    assert lines["Use a cream. Then:"] == [18]
    assert lines["call us"] == [20]


def test_placed_rows_keep_the_order_asked_for_and_carry_no_ids(project: Project) -> None:
    built = project.build("xml")
    copies = first(built, "care/chapter", nodes.bullet_list, "actions")
    assert [item["classes"] for item in items(copies)] == [
        ["action", "action-amber"],
        ["action", "action-red"],
    ]
    assert [items(item)[1].astext() for item in items(copies)] == [
        "Your skin itches",
        "You have a fever with T cells",
    ]
    assert not [node for node in copies.findall(nodes.Element) if node["ids"]]
    original = first(built, "symptoms/list", nodes.list_item, "action-amber")
    assert original["ids"] == ["action-itch"]


def test_notes_before_rows_back_the_rows_and_reach_no_page(make_project: MakeProject) -> None:
    project = make_project("test-directives")
    path = project.source / "symptoms/list.md"
    text = path.read_text(encoding="utf-8")
    for color, row, note in (
        ("red", "fever", "% says first-source @ Signs: fever is an emergency."),
        ("amber", "itch", "% A remark for editors, which is no note."),
    ):
        text = text.replace(
            f"::::{{action}} {color} {row}", f"{note}\n::::{{action}} {color} {row}"
        )
    path.write_text(text, encoding="utf-8")
    built = project.build()
    assert built.warnings == []
    rows = first(built, "symptoms/list", nodes.bullet_list, "actions")
    assert [type(child) for child in rows] == [nodes.list_item] * 3
    assert [[note.locator for note in notes_of(row)] for row in items(rows)] == [["Signs"], [], []]
    for page in ("symptoms/list", "care/chapter"):
        assert "emergency." not in built.html(page).partition("You have a fever")[0]
        assert "remark for editors" not in built.html(page)


def test_links_in_copies_lead_where_the_originals_lead(project: Project) -> None:
    built = project.build()
    assert built.warnings == []
    page = built.html("care/chapter").partition("You have a fever")[2]
    for target, words in (
        ("../words/list.html#term-T-cell", "T cells"),
        ("../symptoms/list.html#all-rows", "What to do"),
        ("#", "A chapter"),
        ("#fig-cell", "Fig. 1"),
        ("tel:911", "911"),
    ):
        assert re.search(rf'href="{re.escape(target)}"[^>]*>(<[^>]+>)?{words}<', page), words
    assert 'id="action-fever"' not in built.html("care/chapter")
    assert 'id="action-fever"' in built.html("symptoms/list")


def test_a_copy_is_numbered_by_the_chapter_that_shows_it(project: Project) -> None:
    built = project.build()
    numbers = {
        docname: [
            cite.astext()
            for cite in built.doctree(docname).findall(nodes.superscript)
            if "cite" in cite["classes"]
        ]
        for docname in ("care/chapter", "symptoms/list")
    }
    assert numbers["care/chapter"] == ["1", "1,2", "2"]
    assert numbers["symptoms/list"] == ["1", "1,2", "2"]
    sources = first(built, "care/chapter", nodes.enumerated_list, "sources")
    assert ["Fever" in source.astext() for source in items(sources)] == [True, False]


def test_brief_rows_are_the_symptoms_of_a_colour_alone(project: Project) -> None:
    brief = first(project.build("xml"), "care/chapter", nodes.bullet_list, "actions-brief")
    assert (
        outline(brief)
        == """\
bullet_list classes=actions-brief
  list_item classes=action-brief action-red
    paragraph classes=action-symptom
      'You have a fever with '
      reference
        inline classes=xref std std-term
          'T cells'
  list_item classes=action-brief action-red
    paragraph classes=action-symptom
      'You are short of breath'"""
    )


def test_a_words_box_shows_the_first_paragraph_and_links_to_the_glossary(
    project: Project,
) -> None:
    built = project.build()
    words = first(built, "care/chapter", nodes.definition_list, "words")
    assert (
        outline(words, ("refuri",))
        == """\
definition_list
  definition_list_item
    term
      reference refuri=../words/list.html#term-beta-cell
        inline
          'beta cell'
    definition
      paragraph
        'A cell that makes antibodies.'
  definition_list_item
    term
      reference refuri=../words/list.html#term-T-cell
        inline
          'T cell'
    definition
      paragraph
        'A cell that '
        emphasis
          'finds'
        ' sick cells. See '
        reference refuri=../symptoms/list.html
          inline
            'Symptoms'
        '.'"""
    )


def test_copies_come_translated(project: Project) -> None:
    project.translate(
        "symptoms/list",
        "es",
        {
            "Your skin itches": "Le pica la piel",
            "call us": "llámenos",
            "You have a fever with {term}`T cells <T cell>`": "Fiebre: {term}`células <T cell>`",
        },
    )
    project.translate(
        "words/list",
        "es",
        {
            "T cell": "célula T",
            "A cell that *finds* sick cells. See {doc}`../symptoms/list`.": (
                "Busca células *enfermas*. Vea {doc}`../symptoms/list`."
            ),
        },
    )
    built = project.build("xml", "es")
    assert built.warnings == []
    itch, fever = items(first(built, "care/chapter", nodes.bullet_list, "actions"))
    assert [part.astext() for part in items(itch)[1:]] == [
        "Le pica la piel",
        "Use a cream. Then:",
        "llámenos1,2",
    ]
    assert items(fever)[1].astext() == "Fiebre: células"
    symptom, _breath = items(first(built, "care/chapter", nodes.bullet_list, "actions-brief"))
    assert symptom.astext() == "Fiebre: células"
    # By the alphabet of the language: "beta cell" is not translated.
    beta, item = items(first(built, "care/chapter", nodes.definition_list, "words"))
    assert items(beta)[0].astext() == "beta cell"
    term, definition = items(item)
    assert term.astext() == "célula T"
    assert definition.astext() == "Busca células enfermas. Vea Symptoms."


def test_a_drawing_is_shown_with_its_own_words_where_nothing_is_translated(
    project: Project,
) -> None:
    built = project.build()
    original = (project.source / "care/drawings/cell.svg").read_bytes()
    assert (built.folder / "_images/cell.svg").read_bytes() == original
    assert 'alt="Two cells: one is red."' in built.html("care/chapter")


def test_the_words_of_a_drawing_are_translated_as_plain_text(project: Project) -> None:
    project.translate(
        "care/chapter",
        "es",
        {
            "Two cells: one is red.": "Dos células: una es roja.",
            "The point of the *picture*.": "Lo *importante*.",
            "T cell & more": "Célula T <y más>",
            "1. First it looks": "1. Primero mira",
            "then it bites": "luego muerde",
            "strong": "fuerte",
        },
    )
    built = project.build("html", "es")
    assert built.warnings == []
    figure = first(built, "care/chapter", nodes.figure, "drawing")
    (image,) = figure.findall(nodes.image)
    (caption,) = figure.findall(nodes.caption)
    assert caption.astext() == "Lo importante."
    page = built.html("care/chapter")
    (tag,) = re.findall(r'<img [^>]*alt="Dos células: una es roja."[^>]*>', page)
    (name,) = re.findall(r'src="../_images/([^"]+)"', tag)
    assert re.fullmatch(r"cell-es-[0-9a-f]{8}\.svg", name)
    picture = (built.folder / "_images" / name).read_text(encoding="utf-8")
    assert shown_words(picture) == [
        "Célula T &lt;y más&gt;",
        "1. Primero mira",
        "luego muerde",
        "before",
        "fuerte",
        "after",
        "100",
    ]
    assert 'xlink:href="#dot"' in picture
    assert Path(project.source, image["uri"]).resolve().is_relative_to(built.app.doctreedir)


def test_a_translated_drawing_has_the_same_name_in_every_build(project: Project) -> None:
    project.translate("care/chapter", "es", {"strong": "fuerte"})
    names = set()
    for builder in ("html", "dirhtml"):
        built = project.build(builder, "es")
        names |= {path.name for path in (built.folder / "_images").iterdir()}
    assert len(names) == 1


def test_an_untranslated_description_says_its_language(project: Project) -> None:
    project.translate("care/chapter", "es", {"strong": "fuerte"})
    page = project.build("html", "es").html("care/chapter")
    assert re.search(r'<img alt="Two cells: one is red\."[^>]* lang="en"', page)


def test_chapters_can_be_read_and_written_by_several_processes(project: Project) -> None:
    for number in range(8):
        project.write(
            f"care/more{number}",
            f"---\norphan: true\n---\n# More {number}\n\n:::{{actions}}\n:all: red\n:::\n\n"
            ":::{words}\nB cell\n:::\n\n:::{sources}\n:::\n",
        )
    built = project.build("html", parallel=2)
    assert built.warnings == []
    for number in range(8):
        page = built.html(f"care/more{number}")
        assert page.index("You have a fever") < page.index("You are short of breath")
        assert "A cell that makes antibodies." in page


def items(node: nodes.Element) -> list[nodes.Element]:
    """Return a list's items."""
    return [child for child in node.children if isinstance(child, nodes.Element)]


def shown_words(picture: str) -> list[str]:
    """Return the words between the tags of an SVG's text elements."""
    text = picture.partition("<text")[2]
    return [" ".join(found.split()) for found in re.findall(r">([^<]*\w[^<]*)<", text)]
