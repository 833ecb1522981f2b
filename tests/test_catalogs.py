"""The maintainers' tools: update, start a language, status, lint."""

from __future__ import annotations

import shutil
from pathlib import Path

import polib
import pytest

from handbook.build import BuildFailed
from handbook.catalogs.interface_words import messages_of
from handbook.catalogs.lint import differences, lint_catalogs
from handbook.catalogs.merge import merge
from handbook.catalogs.status import catalog_status, status_table
from handbook.catalogs.terms import HEADER, Term
from handbook.catalogs.update import start_language, update_catalogs
from handbook.errors import HandbookError
from handbook.translation.messages import has_words
from tests.helpers import REPOSITORY

CHAPTER = """\
---
review-by: 2099-01-01
---
(index)=
# Fever

A fever can be the first sign. Call us today.

Call {clinic}`phone-day`.

{clinic}`phone-night`

```{index}
single: fever; at night
```

Take your temperature twice a day. Write it down.
"""


def _handbook(folder: Path) -> Path:
    for name in ("conf.py", "docutils.conf", "clinic.toml"):
        shutil.copy(REPOSITORY / name, folder / name)
    (folder / "source").mkdir()
    (folder / "source" / "references.bib").write_text("")
    (folder / "source" / "index.md").write_text(CHAPTER, encoding="utf-8")
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A handbook of one chapter, with the repository's settings and no catalog."""
    return _handbook(tmp_path)


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = _handbook(tmp_path_factory.mktemp("handbook"))
    update_catalogs(folder, ["es"])
    return folder


@pytest.fixture
def root(updated: Path, tmp_path: Path) -> Path:
    """The same with its Spanish catalogs as ``make po`` first writes them."""
    shutil.copytree(updated, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("build"))
    return tmp_path


def catalog_path(root: Path, domain: str = "index", language: str = "es") -> Path:
    return root / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def catalog(root: Path, domain: str = "index") -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(catalog_path(root, domain)))}


def translate(root: Path, messages: dict[str, str], **headers: str) -> None:
    """Do what a translator does in Poedit."""
    found = polib.pofile(str(catalog_path(root)), wrapwidth=120)
    for entry in found:
        entry.msgstr = messages.get(entry.msgid, entry.msgstr)
    found.metadata.update(headers)
    found.save()


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_update_keeps_work_and_changes_nothing_twice(root: Path) -> None:
    first_catalog = catalog(root)
    assert set(first_catalog) == {
        "Fever",
        "A fever can be the first sign. Call us today.",
        "Call {clinic}`phone-day`.",
        "{clinic}`phone-night`",
        "fever",
        "at night",
        "Take your temperature twice a day. Write it down.",
    }
    assert first_catalog["{clinic}`phone-night`"].msgstr == "{clinic}`phone-night`"
    assert not any(
        entry.msgstr for message, entry in first_catalog.items() if "night`" not in message
    )
    assert first_catalog["Fever"].occurrences == [("source/index.md", "")]
    words = catalog(root, "handbook")
    assert {"Call today", "Immunotherapy Handbook", "Questions to ask"} <= set(words)

    work = {"Fever": "Fiebre", "Take your temperature twice a day. Write it down.": "Tómese"}
    translate(root, work, **{"X-Drafted-By": "machine"})
    update_catalogs(root, ["es"])
    first = bytes_of(root / "locale")
    update_catalogs(root, ["es"])
    assert bytes_of(root / "locale") == first
    kept = polib.pofile(str(catalog_path(root)))
    assert {entry.msgid: entry.msgstr for entry in kept}.items() >= work.items()
    assert kept.metadata["X-Drafted-By"] == "machine"
    assert kept.metadata["X-Reviewed-By"] == "nobody"


def test_update_offers_old_words_for_changed_ones_and_brings_back_lost_ones(root: Path) -> None:
    old = "A fever can be the first sign. Call us today."
    new = "A fever can be the very first sign. Call us today."
    translate(root, {old: "Una fiebre", "at night": "por la noche", "Fever": "Fiebre"})
    chapter = root / "source" / "index.md"
    chapter.write_text(CHAPTER.replace(old, new).replace("fever; at night", "fever"))
    update_catalogs(root, ["es"])
    found = catalog(root)
    assert (found[new].msgstr, found[new].previous_msgid) == ("Una fiebre", old)
    assert found[new].fuzzy
    assert found["at night"].obsolete and found["at night"].msgstr == "por la noche"
    before = bytes_of(root / "locale")
    update_catalogs(root, ["es"])
    assert bytes_of(root / "locale") == before

    chapter.write_text(CHAPTER)
    update_catalogs(root, ["es"])
    found = catalog(root)
    assert not found["at night"].obsolete and found["at night"].msgstr == "por la noche"


def test_update_takes_a_translation_along_when_its_words_move(root: Path) -> None:
    translate(root, {"Take your temperature twice a day. Write it down.": "Tómese"})
    last = CHAPTER.rindex("Take your")
    (root / "source" / "index.md").write_text(CHAPTER[:last] + "```{toctree}\nmore\n```\n")
    (root / "source" / "more.md").write_text(
        "---\nreview-by: 2099-01-01\n---\n# More\n\n" + CHAPTER[last:]
    )
    update_catalogs(root, ["es"])
    moved = catalog(root, "more")["Take your temperature twice a day. Write it down."]
    assert moved.msgstr == "Tómese" and not moved.fuzzy
    (root / "source" / "more.md").unlink()
    (root / "source" / "index.md").write_text(CHAPTER[:last])
    update_catalogs(root, ["es"])
    assert catalog(root, "more")[moved.msgid].obsolete, "the catalog of a lost chapter is kept"


def test_update_stops_at_a_chapter_that_cannot_be_read(
    fresh: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (fresh / "source" / "index.md").write_text(CHAPTER + "\n```{raw} html\nx\n```\n")
    with pytest.raises(BuildFailed):
        update_catalogs(fresh, ["es"])
    assert "source/index.md" in capfd.readouterr().err
    assert not (fresh / "locale").exists()


def test_words_of_the_code_are_found_wherever_they_stand() -> None:
    code = """
print(_("one"), f"({_('two %s') % 2})")
# Translators: a button
label = _(
    "three "
    "four"
)
ngettext("%s page", "%s pages", 3)
_(label)
other("five")
"""
    assert list(messages_of(code)) == [
        (["one"], ""),
        (["two %s"], ""),
        (["three four"], "a button"),
        (["%s page", "%s pages"], ""),
    ]


def test_merge_keeps_plural_forms_and_comments() -> None:
    old = polib.POFile()
    old.metadata = {"Plural-Forms": "nplurals=3; plural=n%3;"}
    kept = polib.POEntry(
        msgid="%s page", msgid_plural="%s pages", msgstr_plural={0: "a", 1: "b", 2: "c"}
    )
    kept.tcomment = "ask Ana"
    old.append(kept)
    fresh = polib.POEntry(msgid="%s word", msgid_plural="%s words")
    new = polib.POEntry(msgid="%s page", msgid_plural="%s pages")
    entries = list(merge(old, [fresh, new], {}).catalog)
    assert [entry.msgid for entry in entries] == ["%s word", "%s page"]
    assert entries[0].msgstr_plural == {0: "", 1: "", 2: ""}
    assert entries[1].msgstr_plural == {0: "a", 1: "b", 2: "c"}
    assert entries[1].tcomment == "ask Ana"


def test_start_language(fresh: Path) -> None:
    with pytest.raises(HandbookError, match="CODE: “qq_x” is not a language code"):
        start_language(fresh, "qq_x")
    with pytest.raises(HandbookError, match=r'conf\.py.*"ja": \{"name": "日本語"'):
        start_language(fresh, "ja")
    conf = fresh / "conf.py"
    conf.write_text(
        conf.read_text().replace(
            "handbook_languages = {", 'handbook_languages = {\n    "ja": {"name": "日本語"},'
        )
    )
    spanish = fresh / "locale" / "es"
    spanish.mkdir(parents=True)
    (spanish / "terms.csv").write_text(
        f"{','.join(HEADER)}\nfever,fiebre,\nipilimumab,ipilimumab,a medicine\n"
    )
    start_language(fresh, "ja")
    made = polib.pofile(str(catalog_path(fresh, language="ja")))
    assert made.metadata["Language"] == "ja"
    assert made.metadata["Plural-Forms"].startswith("nplurals=1;")
    assert not made.translated_entries()[1:], "only the number by itself is done"
    terms = (fresh / "locale" / "ja" / "terms.csv").read_text()
    assert terms == f"{','.join(HEADER)}\nipilimumab,ipilimumab,\n"
    with pytest.raises(HandbookError, match="has been begun"):
        start_language(fresh, "ja")


def test_status_counts_a_translation_that_equals_its_original(root: Path) -> None:
    translate(root, {"Fever": "Fever", "fever": "fiebre"}, **{"X-Drafted-By": "machine"})
    found = {one.domain: one for one in catalog_status(root, ["es"])}
    index = found["index"]
    assert (index.messages, index.translated, index.fuzzy, index.untranslated) == (7, 3, 0, 4)
    assert (index.drafted_by, index.reviewed_by) == ("machine", "nobody")
    assert found["handbook"].untranslated == found["handbook"].messages > 20
    table = status_table(catalog_status(root, ["es"])).splitlines()
    assert [line.split()[1] for line in table[1:]] == ["handbook", "index"]
    assert "42 %" in table[2]


def test_lint_names_file_line_and_fault(root: Path) -> None:
    translate(root, {"Call {clinic}`phone-day`.": "Llame."})
    path = catalog_path(root)
    lines = path.read_text().splitlines()
    line = lines.index('msgid "Call {clinic}`phone-day`."')  # the entry begins with its place
    findings = lint_catalogs(root, ["es"])
    assert [(one.file, one.line) for one in findings] == [("locale/es/LC_MESSAGES/index.po", line)]
    assert "lacks the role {clinic}`phone-day`" in str(findings[0])


def test_lint_wants_to_know_who_drafted_and_reviewed(root: Path) -> None:
    translate(root, {}, **{"X-Reviewed-By": ""})
    (finding,) = lint_catalogs(root, ["es"])
    assert "X-Reviewed-By" in finding.problem


def test_lint_does_not_believe_in_a_review_that_no_catalog_names(root: Path) -> None:
    conf = root / "conf.py"
    text = conf.read_text()
    spanish = text.index('"es": {')
    reviewed = text[spanish:].replace('"reviewed_by": None', '"reviewed_by": "Ana Pérez"', 1)
    conf.write_text(text[:spanish] + reviewed)
    translate(root, {}, **{"X-Reviewed-By": "Ana Pérez"})
    findings = lint_catalogs(root, ["es"])
    assert [one.file.rpartition("/")[2] for one in findings] == ["handbook.po"]
    assert "Ana Pérez has reviewed" in findings[0].problem


def test_lint_of_placeholders(root: Path) -> None:
    path = catalog_path(root, "handbook")
    found = polib.pofile(str(path))
    entry = next(entry for entry in found if "%s" in entry.msgid)
    entry.msgstr = "palabras"
    found.save()
    (finding,) = lint_catalogs(root, ["es"])
    assert "placeholder %s" in finding.problem


def test_lint_of_a_broken_catalog_goes_on(root: Path) -> None:
    path = catalog_path(root)
    path.write_text(path.read_text() + '\nmsgid "x"\nmsgstr "y" z\n')
    (finding,) = lint_catalogs(root, ["es"])
    assert finding.line == len(path.read_text().splitlines())


SAME = [
    ("Call {clinic}`phone-day` now.", "Llame ahora a {clinic}`phone-day`."),
    ("A {term}`T cell` at 38.5", "Una {term}`célula T <T cell>` a 38,5"),
    ("{amount}`10 in 100` people", "{amount}`10 de cada 100` personas"),
    ("In 1,000 people", "En 1.000 personas"),
    ("More than 20% had it", "\\%20'den fazlası"),
    ("See {ref}`this page <side-effects>`.", "Vea {ref}`esta página <side-effects>`."),
    ("From 38 to 40", "من \u2066٣٨\u2069 إلى \u2066٤٠\u2069"),
]


@pytest.mark.parametrize(("original", "translation"), SAME)
def test_what_says_the_same(original: str, translation: str) -> None:
    assert list(differences(original, translation, [])) == []


UNLIKE = [
    ("Call {clinic}`phone-day`.", "Llame a {clinic}`emergency`.", "role {clinic}`emergency`"),
    ("A {term}`T cell`", "Una célula T", "lacks the role {term}"),
    ("Above {temp}`100.4`", "Más de {temp}`101`", "{temp}`100.4`"),
    ("{amount}`10 in 100` people", "{amount}`1 de cada 100` personas", "{amount}`10 100`"),
    ("28 months", "18 meses", "number 28"),
    ("38.5 degrees", "3.85 grados", "number 38.5"),
    ("Two times", "2 veces", "number 2"),
    ("10 mg a day", "10 g al día", "unit mg"),
    ("100 °F", "100 °C", "unit °F"),
    ("[NCI](https://www.cancer.gov)", "[NCI](https://www.cancer.org)", "link"),
    ("A word", "Una <b>palabra</b>", "tag: <b>"),
    ("fever", "fiebre; alta", "semicolon"),
    ("From here to there", "De \u2066aquí a allá", "direction"),
    ("You get Ipilimumab.", "Usted recibe ipi.", "“ipilimumab” is missing"),
]


@pytest.mark.parametrize(("original", "translation", "problem"), UNLIKE)
def test_what_does_not_say_the_same(original: str, translation: str, problem: str) -> None:
    terms = [Term("ipilimumab", "ipilimumab", ""), Term("fever", "fiebre", "")]
    faults = list(differences(original, translation, terms))
    assert any(problem in fault.problem for fault in faults), faults


def test_messages_that_begin_with_a_placeholder_are_not_copied_as_their_translation() -> None:
    for message in ("%s (continued)", "%s, large print", "%(part)s, booklet %(number)s"):
        assert has_words(message)
    assert not has_words("{phone}`(555) 555-0100`")
