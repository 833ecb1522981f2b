"""Sources, through real builds: numbers, lists, and what is built again."""

from __future__ import annotations

import re

from docutils import nodes

from tests.bibliographies import chapter, cites, entries, project
from tests.helpers import Project, outline

__all__ = ["chapter", "project"]


# ---- Numbers ---------------------------------------------------------------------------------


def test_numbers_follow_the_chapter_with_the_rows_that_it_places(project: Project) -> None:
    built = project.build("dummy")
    assert built.warnings == []
    assert cites(built, "rows") == ["First words.^1", "Call now.^1,2", "Call today.^3"]
    assert cites(built, "chapter") == [
        "It begins so.^1",
        "Call today.^2",
        "Call now.^3,4",
        "It goes on.^1,3",
        "An item.^5",
    ]


def test_nodes_are_those_of_the_contract(project: Project) -> None:
    tree = project.build("dummy").doctree("chapter")
    cite = list(tree.findall(nodes.superscript))[3]
    assert outline(cite, ("classes", "refid", "internal", "reftitle")).splitlines() == [
        "superscript classes=cite",
        "  reference refid=source-1 internal=True reftitle=Source 1",
        "    '1'",
        "  ','",
        "  reference refid=source-3 internal=True reftitle=Source 3",
        "    '3'",
    ]
    (listed,) = tree.findall(nodes.enumerated_list)
    assert listed["classes"] == ["sources"]
    assert [item["ids"] for item in listed.children] == [[f"source-{n}"] for n in range(1, 6)]


def test_page_links_each_number_to_its_entry(project: Project) -> None:
    built = project.build()
    page = built.html("chapter")
    links = re.findall(r'<sup class="cite">(.*?)</sup>', page)
    assert len(links) == 5
    assert '<a class="reference internal" href="#source-3" title="Source 3">3</a>' in links[2]
    for target in set(re.findall(r'href="#(source-\d)"', page)):
        assert page.count(f'id="{target}"') == 1
    assert "goes on.<sup" in page  # no space that a line could break at


# ---- Entries ---------------------------------------------------------------------------------


def test_entries_in_order_of_appearance(project: Project) -> None:
    assert entries(project.build("dummy"), "chapter") == [
        "National Cancer Institute. Immunotherapy Side Effects & 100% more. Dated May 11,"
        " 2022. Read Nov 22, 2026. www.cancer.gov/a%20b_c~d",
        "Ámbito. Ángeles: la fiebre. No date. Read Nov 22, 2026. cancer.org/f",
        "Food and Drug Administration. DailyMed. Label of a medicine. Dated June 2025."
        " Parts: 5.1, 6. Read Nov 22, 2026. dailymed.nlm.nih.gov/l",
        "Schneider BJ and others. Managing side effects? Journal of Clinical Oncology"
        " 2021;39(36):4073–4126. Read Nov 22, 2026."
        " doi.org/10.1200/JCO.21.01440",
        "Li W, Müller ÉR. A paper. Cell 2020. Dated 2020. Read Nov 22, 2026. doi.org/10.1000/p",
    ]


def test_address_is_a_link_and_foreign_words_say_their_language(project: Project) -> None:
    tree = project.build("dummy").doctree("chapter")
    (listed,) = tree.findall(nodes.enumerated_list)
    links = [link["refuri"] for link in listed.findall(nodes.reference)]
    shown = [link.astext() for link in listed.findall(nodes.reference)]
    assert [f"https://{address}" for address in shown] == links
    assert links[1] == "https://cancer.org/f"
    assert [words.get("lang") for words in listed.findall(nodes.inline)] == [
        None,
        "es",
        None,
        None,
        None,
    ]


def test_all_sources_of_the_book_sorted_without_accents(project: Project) -> None:
    first_words = [entry.split(".")[0] for entry in entries(project.build("dummy"), "back")]
    assert first_words == [
        "Ámbito",
        "Food and Drug Administration",
        "Li W, Müller ÉR",
        "National Cancer Institute",
        "Schneider BJ and others",
    ]


def test_every_message_and_date_is_in_the_language_of_the_build(project: Project) -> None:
    project.translate(
        "handbook",
        "es",
        {
            "Dated {date}.": "[Página del {date}.]",
            "No date.": "[Sin fecha.]",
            "Read {date}.": "[Leído el {date}.]",
            "Parts: {parts}.": "[Partes: {parts}.]",
            "{authors} and others": "[{authors} y otros]",
            "Source {number}": "[Fuente {number}]",
        },
    )
    built = project.build("dummy", "es", locale_dirs=["../locale"])
    listed = entries(built, "chapter")
    assert "[Página del 11 may 2022.] [Leído el 22 nov 2026.]" in listed[0]
    assert "[Sin fecha.]" in listed[1]
    assert "[Página del junio de 2025.] [Partes: 5.1, 6.]" in listed[2]
    assert listed[3].startswith("[Schneider BJ y otros]. ")
    link = next(iter(next(built.doctree("rows").findall(nodes.superscript)).children))
    assert link["reftitle"] == "[Fuente 1]"
    languages = [
        words.get("lang")
        for entry in next(built.doctree("chapter").findall(nodes.enumerated_list)).children
        for words in entry.findall(nodes.inline)
    ]
    assert languages == ["en", None, "en", "en", "en"]


def test_translated_paragraph_keeps_its_numbers(project: Project) -> None:
    project.translate(
        "chapter",
        "es",
        {"It begins so.{cite}`nci-irae`": "Empieza así. {cite}`nci-irae`"},
    )
    built = project.build("dummy", "es", locale_dirs=["../locale"])
    assert cites(built, "chapter")[0] == "Empieza así.^1"
    assert entries(built, "chapter")[0].startswith("National Cancer Institute")


def test_catalogs_hold_the_chapters_words_only(project: Project) -> None:
    built = project.build("gettext")
    assert built.warnings == []
    assert set(built.messages("rows")) == {
        "Rows",
        "First words.{cite}`schneider-2021`",
        "You are short of breath",
        "Call now.",
        "You cough",
        "Call today.",
        "Sources",
    }
    assert set(built.messages("back")) == {"All sources"}


def test_processes_side_by_side_find_the_same(project: Project) -> None:
    alone = project.build("dummy")
    # Documents are shared out between processes only if there are enough of them.
    for number in range(6):
        project.write(f"more{number}", "# More\n\nWords.{cite}`never-cited`\n")
    shared = project.build("html", parallel=2)
    assert cites(shared, "chapter") == cites(alone, "chapter")
    assert any("NHS. Nobody cites this." in entry for entry in entries(shared, "back"))


# ---- Built again -----------------------------------------------------------------------------


def test_changed_bibliography_reaches_every_page_that_shows_the_source(project: Project) -> None:
    project.build()
    file = project.source / "references.bib"
    file.write_text(file.read_text("utf-8").replace("Label of a", "Leaflet of a"), "utf-8")
    built = project.build()
    for docname in ("rows", "chapter", "back"):
        assert "Leaflet of a medicine" in built.html(docname)
        assert "Label of a medicine" not in built.html(docname)


def test_newly_cited_source_reaches_the_list_of_the_book(project: Project) -> None:
    assert "Nobody cites this" not in project.build().html("back")
    text = (project.source / "rows.md").read_text("utf-8")
    project.write("rows", text.replace("`schneider-2021`", "`schneider-2021; never-cited`"))
    assert "Nobody cites this" in project.build().html("back")
    project.write("rows", text)
    assert "Nobody cites this" not in project.build().html("back")
