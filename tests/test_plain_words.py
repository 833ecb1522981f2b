"""Plain words: the formulas against sums done by hand, each finding, and the gate."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.quality.findings import Finding
from handbook.quality.grades import grades, sentences_of, words_in
from handbook.quality.plain_words import PlainWords, plain_words, words_table
from handbook.quality.syllables import syllables
from handbook.quality.word_lists import word_lists
from handbook.quality.words_of import Passage, words_of
from tests import visible
from tests.helpers import REPOSITORY

CHAPTERS = sorted((REPOSITORY / "source").rglob("*.md"))


@pytest.fixture(scope="module")
def handbook() -> PlainWords:
    return plain_words(REPOSITORY)


def lint(folder: Path, markdown: str) -> PlainWords:
    chapter = folder / "source" / "part" / "chapter.md"
    chapter.parent.mkdir(parents=True, exist_ok=True)
    chapter.write_text(markdown, encoding="utf-8")
    return plain_words(folder)


# The formulas


def test_grades_of_a_plain_text() -> None:
    # 10 words, 2 sentences, 11 syllables (to-day), none of three syllables:
    # 0.39 * 5 + 11.8 * 1.1 - 15.59 = 1.95 + 12.98 - 15.59
    measured = grades(["The cat sat on the mat.", "We call you today."])
    assert (measured.words, measured.sentences) == (10, 2)
    assert measured.grade == pytest.approx(-0.66)
    assert measured.smog == pytest.approx(3.1291)


def test_grades_of_a_hard_text() -> None:
    # 6 + 1 + 1 + 2 + 2 and 1 + 1 + 2 + 3 + 3 syllables in 10 words, 2 sentences; 3 hard words:
    # 0.39 * 5 + 11.8 * 2.2 - 15.59 = 12.32; SMOG 3.1291 + 1.0430 * √(3 * 30 / 2) = 10.1258.
    # With "immunotherapy" as two syllables: 0.39 * 5 + 11.8 * 1.8 - 15.59 = 7.60.
    measured = grades(
        ["Immunotherapy wakes your immune system.", "Tell us about every infection."],
        lambda word: word == "Immunotherapy",
    )
    assert measured.grade == pytest.approx(12.32)
    assert measured.smog == pytest.approx(10.1258, abs=0.0001)
    assert measured.adjusted == pytest.approx(7.60)


def test_a_text_without_words_has_no_grade() -> None:
    assert grades(["…", ""]).words == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("today", 2), ("every", 3), ("immunotherapy", 6),  # in the dictionary
        ("[phone-day]", 1), ("100", 3), ("2023", 4), ("1,000", 4), ("PD-L1", 4),
        ("BCG", 3), ("CAR", 1), ("ICANS", 2), ("TCRs", 3), ("EWS", 5),
        ("life-threatening", 4), ("grandchild’s", 2), ("Crohn's", 1), ("bispecifics", 4),
        ("pembrolizumab", 5), ("ipilimumab", 5), ("ciltacabtagene", 5), ("cytokine", 3),
        ("cytokines", 3), ("granulocytes", 4), ("microbiome", 4), ("myocarditis", 4),
        ("neuropathy", 4), ("pseudoprogression", 5), ("biomarker", 4),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_words_and_figures() -> None:
    text = "About 1,000 people, 3–13 in all, won’t call [phone-day] for T-cell therapy (CRS)."
    assert words_in(text) == [
        "About", "1,000", "people", "3–13", "in", "all", "won’t", "call", "[phone-day]", "for",
        "T-cell", "therapy", "CRS",
    ]  # fmt: skip


def test_where_sentences_end_and_on_which_line() -> None:
    text = (
        "Call Dr. Lee at 100.4 degrees. Say: “I am ill.”\n"
        "Do not wait! (It\nis red.) 66 people did: fever, chills; so"
    )
    found = [(s.line, s.text) for s in sentences_of(Passage(7, text, True))]
    assert found == [
        (7, "Call Dr. Lee at 100.4 degrees."),
        (7, "Say: “I am ill.”"),
        (8, "Do not wait!"),
        (8, "(It is red.)"),
        (9, "66 people did: fever, chills; so"),
    ]


# What is read


def test_only_running_text_is_measured() -> None:
    chapter = words_of(
        "---\nreview-by: 2027-11-22\n---\n(label)=\n# A heading\n\n"
        ":::{one-minute} Title\n- An {term}`item <T cell>`.\n:::\n\n"
        "```{index}\nsingle: entry\n```\n\n"
        "Text for {clinic}`phone-day` at {temp}`100.4`.{cite}`key @ 5` See {ref}`what-to-do`.\n\n"
        ":::::{actions}\n::::{action} red row-id\n:source: key\n"
        "A symptom\n\nWhat to do.\n::::\n:::::\n\n"
        ":::{actions}\nrow-id\n:::\n\n"
        ":::{list-table} Caption\n:header-rows: 1\n\n* - Head\n* - A cell that tells.\n:::\n\n"
        ":::{fill-in} Form\n- Column\n:::\n\n"
        ":::{drawing} a.svg\n:alt: Alternative.\n:name: fig\nA picture.\n:::\n\n"
        ":::{words}\nB cell\n:::\n\n% a comment\n\n## Sources\n\n:::{sources}\n:::\n"
    )
    running = [(p.line, p.text) for p in chapter.passages if p.is_running]
    assert running == [
        (8, "An item."),
        (15, "Text for [phone-day] at [100.4]. See what to do."),
        (22, "What to do."),
        (34, "A cell that tells."),
        (44, "A picture."),
    ]
    others = [p.text for p in chapter.passages if not p.is_running]
    assert others == [
        "A heading", "Title", "A symptom", "Caption", "Head", "Form", "Column", "Alternative.",
        "Sources",
    ]  # fmt: skip
    assert chapter.explained == {"t cell", "b cell"}


def test_the_glossary_is_read_without_how_to_say_a_word_and_lists_of_names() -> None:
    chapter = words_of(
        ":::{glossary}\nantigen\n    (AN-tih-jun) The thing that it\n    sticks to.\n\n"
        "    Also called: mark (MAR-ker).\n\nB cell\n    A white cell.\n:::\n"
    )
    assert [(p.line, p.text, p.is_running) for p in chapter.passages] == [
        (2, "antigen", False),
        (3, "The thing that it\nsticks to.", True),
        (6, "Also called: mark.", False),
        (8, "B cell", False),
        (9, "A white cell.", True),
    ]
    assert chapter.explained == {"antigen", "b cell"}


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_each_passage_of_the_handbook_begins_on_its_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    passages = words_of(text).passages
    assert passages
    for passage in passages:
        first = re.search(r"\w+", passage.text)
        assert first and first[0] in lines[passage.line - 1], passage


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_no_words_of_the_handbook_are_overlooked(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # The words box repeats the glossary; how a word is said is left out on purpose.
    body = re.sub(r"^:::\{words\}.*?^:::$", "", text, flags=re.DOTALL | re.MULTILINE)
    if "{glossary}" in body:
        body = re.sub(r"^    \([^()]*\)|\([^()]*[A-Z]{2}[^()]*\)", "", body, flags=re.MULTILINE)
    seen = Counter(re.findall(r"\w{2,}", " ".join(visible.read(body).pieces)))
    read = Counter(re.findall(r"\w{2,}", " ".join(p.text for p in words_of(text).passages)))
    assert seen
    assert seen - read == Counter()


# Measures of a chapter


def test_a_sentence_that_is_said_again_counts_once(tmp_path: Path) -> None:
    report = lint(tmp_path, "# T\n\n- Call us.\n- Call us.\n\nImmunotherapy can hurt the liver.\n")
    assert report.chapters[0].grades.sentences == 2
    assert report.chapters[0].grades.words == 7
    assert report.chapters[0].longest == (5, 6)


def test_terms_are_eased_only_where_they_are_explained(tmp_path: Path) -> None:
    # 5 words, 6 + 1 + 1 + 1 + 2 syllables: 0.39 * 5 + 11.8 * 2.2 - 15.59 = 12.32;
    # eased, 7 syllables: 1.95 + 16.52 - 15.59 = 2.88.
    plain = lint(tmp_path, "# T\n\nImmunotherapy can hurt the liver.\n").chapters[0].grades
    assert (plain.grade, plain.adjusted) == (pytest.approx(12.32), pytest.approx(12.32))
    told = lint(tmp_path, "# T\n\n{term}`Immunotherapy` can hurt the liver.\n").chapters[0].grades
    assert (told.grade, told.adjusted) == (pytest.approx(12.32), pytest.approx(2.88))


def test_medicines_are_always_eased(tmp_path: Path) -> None:
    # 4 words, 5 + 1 + 1 + 1 syllables: 0.39 * 4 + 11.8 * 2 - 15.59 = 9.57; eased 5: 0.72.
    measured = lint(tmp_path, "# T\n\nPembrolizumab can help you.\n").chapters[0].grades
    assert (measured.grade, measured.adjusted) == (pytest.approx(9.57), pytest.approx(0.72))
    assert word_lists().is_medicine("Keytruda’s")
    assert word_lists().is_medicine("sipuleucel-T")
    assert not word_lists().is_medicine("laboratory")


def test_a_chapter_above_the_gate_is_a_finding_and_so_is_the_median(tmp_path: Path) -> None:
    report = lint(tmp_path, "# T\n\nImmunotherapy can hurt the liver.\n")
    assert [str(finding) for finding in report.findings if "explained" not in finding.problem] == [
        "source/part/chapter.md:3: the chapter reads at grade 12.32, above 7.0. "
        "Begin with this sentence of 5 words. Keep every reason and condition.",
        "source:1: the median of the chapters is grade 12.32, above 6.0. "
        "Begin with the chapter that has the highest grade.",
    ]
    assert words_table(report).splitlines()[1].split() == [
        "part/chapter", "12.3", "8.8", "12.3", "5", "5", "(line", "3)",
    ]  # fmt: skip


def test_a_chapter_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "bad.md").write_bytes(b"# Caf\xe9\n")
    with pytest.raises(HandbookError, match=r"source/bad\.md: the file is not UTF-8"):
        plain_words(tmp_path)


# Findings

LONG = "It is that we do all of this for you and for us " + "day by day " * 4
FULL = "We are here. You can call. " * 15


def faults(folder: Path, markdown: str) -> list[Finding]:
    """The findings but the gate's: a few words can have any grade."""
    found = lint(folder, f"# T\n\n{markdown}\n").findings
    return [finding for finding in found if "grade" not in finding.problem]


@pytest.mark.parametrize(
    ("markdown", "line", "problem"),
    [
        (f"Call us.\n{LONG}now.", 4, "a sentence of 26 words (“It is that we do all"),
        (f"- one\n- {FULL}Now.", 4, "a paragraph of 91 words (“We are here. You can call."),
        ("You will win\nyour battle.", 4, "“battle”: battle language"),
        ("Can you beat cancer?", 3, "“you beat”: battle language"),
        ("This helps you fight.", 3, "“helps you fight”: battle language"),
        ("Some patients failed treatment.", 3, "“patients failed treatment”: it lays blame"),
        ("You should have called us.", 3, "“You should have called”: it lays blame"),
        ("People who suffer from it.", 3, "“suffer from”: it makes the person small"),
        ("Simply call us.", 3, "“Simply”: it belittles"),
        ("It is just a rash.", 3, "“just”: it belittles"),
        ("Call us, e.g. at night.", 3, "“e.g.”: a Latin short form"),
        ("Rash, itching, etc.", 3, "“etc.”: a Latin short form"),
        ("By drip (i.e. slowly).", 3, "“i.e.”: a Latin short form"),
        ("We reach you via text.", 3, "“via”: a Latin short form"),
        ("A rash comes.\nOf these, 10% stay.", 4, "a bare percentage (“Of these, 10% stay.”)"),
        ("A rash came in 10 percent.", 3, "a bare percentage"),
        ("A fever is 100.4 °F.", 3, "a temperature outside the role"),
        ("Call at 38 degrees.", 3, "a temperature outside the role"),
        ("A fever of 100.4 or more.", 3, "a temperature outside the role"),
        ("Fever of {temp}`100.4` is 38.0 too.", 3, "a temperature outside the role"),
        ("Call us  now.", 3, "two spaces together (“Call us  now.”)"),
        ("Call us {cite}`key` now.", 3, "two spaces together"),
        ("Call us , now.", 3, "a space before a mark"),
        ("Call\u00a0us.", 3, "the character U+00A0, which nobody sees"),
        ("Call\u200bus.", 3, "the character U+200B, which nobody sees"),
        ("In a cafe\u0301.", 3, "a letter and its accent are two characters"),
        ("## Your battle", 3, "“battle”: battle language"),
        (":::{drawing} a.svg\n:alt: About 10% of cells.\nCells.\n:::", 4, "a bare percentage"),
        (":::{list-table}\n\n* - 10%\n:::", 5, "a bare percentage"),
    ],
)
def test_finding(tmp_path: Path, markdown: str, line: int, problem: str) -> None:
    found = faults(tmp_path, markdown)
    assert [finding.line for finding in found] == [line]
    assert found[0].problem.startswith(problem)
    assert found[0].file == "source/part/chapter.md"


@pytest.mark.parametrize(
    "markdown",
    [
        f"{LONG.replace(' that', '')}now.",
        FULL,
        "White cells fight the germs. They help the body to fight.",
        "It is called graft-versus-host. ETC is a cell. It is not your fault.",
        "We call you just before the drip. It is just as safe. What you should have with you.",
        "About {amount}`10 in 100` people have it. That is 10 percent, or 10 in 100.",
        "A fever of {temp}`100.4` or {temp}`100.4-102.2`. It took 36.5 months on day 2. Call us.",
        "Say: \"I am ill.\" Don’t wait: 'now'.{cite}`key` We are here…\n\nSee {cite}`key`",
        "# 26 words\n\n" + "## " + "one two " * 13,
    ],
)
def test_no_finding(tmp_path: Path, markdown: str) -> None:
    assert faults(tmp_path, markdown) == []


# The lists


def test_the_thirty_terms_are_hard_words_of_the_glossary() -> None:
    glossary = (REPOSITORY / "source" / "words" / "words-explained.md").read_text(encoding="utf-8")
    explained = " ".join(words_of(glossary).explained)
    terms = word_lists().terms
    assert len(terms) == 30
    assert [term for term in sorted(terms) if term not in explained] == []
    assert [term for term in sorted(terms) if syllables(term) < 3] == []
    assert [term for term in sorted(terms) if word_lists().term(term) != term] == []


def test_each_banned_group_says_why_and_what_to_write() -> None:
    assert len(word_lists().banned) == 5
    for banned in word_lists().banned:
        assert banned.reason and not banned.reason.endswith(".")
        assert banned.instead.endswith(".")


# The handbook


def test_every_chapter_is_measured(handbook: PlainWords) -> None:
    assert [chapter.name for chapter in handbook.chapters] == [
        path.relative_to(REPOSITORY / "source").with_suffix("").as_posix() for path in CHAPTERS
    ]
    pages = [chapter for chapter in handbook.chapters if not chapter.name.startswith("tools/")]
    assert all(chapter.grades.words >= 50 for chapter in pages)


def test_the_handbook_keeps_to_the_gate(handbook: PlainWords) -> None:
    grade = {chapter.name: chapter.grades.grade for chapter in handbook.chapters}
    assert {name: value for name, value in grade.items() if value > 7.0} == {}
    assert handbook.median <= 6.0


def test_the_handbook_has_no_finding(handbook: PlainWords) -> None:
    assert [str(finding) for finding in handbook.findings] == []


def test_nothing_but_the_command_line_imports_quality() -> None:
    package = REPOSITORY / "handbook"
    importing = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "handbook.quality" in path.read_text(encoding="utf-8")
        and "quality" not in path.relative_to(package).parts
    }
    assert importing == {"__main__.py"}


def run_lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "handbook",
            "lint",
            "--root",
            str(folder),
            "--out",
            str(folder / "out"),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_the_table_and_the_findings(tmp_path: Path) -> None:
    for name in ("conf.py", "clinic.toml", "docutils.conf"):
        shutil.copy(REPOSITORY / name, tmp_path)
    front = "---\nreview-by: 2099-01-31\n---\n# T\n\n% no claim\n"
    lint(tmp_path, f"{front}Simply call us.\n")
    index = f"{front}Words.\n\n```{{toctree}}\npart/chapter\n```\n"
    (tmp_path / "source" / "index.md").write_text(index, encoding="utf-8")
    bad = run_lint(tmp_path)
    assert bad.returncode == 1, bad.stderr
    assert re.search(r"^part/chapter +\d\.\d .* 3 \(line 7\)$", bad.stdout, re.MULTILINE)
    assert "source/part/chapter.md:7: “Simply”: it belittles" in bad.stdout
    assert bad.stdout.endswith("\n1 finding\n")
    lint(tmp_path, f"{front}Call us.\n")
    good = run_lint(tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.endswith("No finding in the chapters and catalogs.\n")
