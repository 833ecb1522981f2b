"""Every statement of the handbook is backed, every topic covered; and the checks see faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handbook.build import Request, build
from handbook.quality.claims import claim_findings, claims_of, ledger, read_texts
from handbook.quality.coverage import COVERAGE, TOPICS, coverage_findings
from tests.conftest import MakeProject
from tests.helpers import REPOSITORY

_FRONT = "---\nreview-by: 2099-01-31\n---\n(index)=\n# Title\n\n"
_SOURCES = "\n\n## Sources\n\n:::{sources}\n:::\n"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    out = tmp_path_factory.mktemp("texts")
    build(Request(["text"], out=out))
    return read_texts(out / "text" / "en")


def test_every_statement_of_the_handbook_is_backed(texts: list[dict[str, Any]]) -> None:
    assert [str(finding) for finding in claim_findings(texts)] == []
    claims = [claim for text in texts for claim in claims_of(text)]
    backed = [claim for claim in claims if claim.backing == "source"]
    assert len(backed) > len(claims) / 3
    assert all(note[1].strip() and note[2].strip() for claim in backed for note in claim.notes)
    assert ledger(texts).count("\n") > len(claims)


def test_every_topic_ends_at_a_sentence(texts: list[dict[str, Any]]) -> None:
    assert [str(finding) for finding in coverage_findings(REPOSITORY, texts)] == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("Fever is dangerous.", "neither cites a source"),
        ("Fever is dangerous.{cite}`KEY`", "without a claim note"),
        ("% says KEY @ page 1: so it is.\nFever.", "does not cite it"),
        ("% as below\nFever is dangerous.", "outside a box"),
        ("% says KEY @ page 1: so it is.\nFever is dangerous.{cite}`KEY`", ""),
        ("% no claim\nTurn the page.", ""),
    ],
)
def test_the_check_sees(make_project: MakeProject, body: str, problem: str) -> None:
    project = make_project()
    bibliography = REPOSITORY / "tests" / "roots" / "test-print" / "references.bib"
    (project.source / "references.bib").write_bytes(bibliography.read_bytes())
    key = bibliography.read_text("utf-8").split("{", 1)[1].split(",")[0]
    sources = _SOURCES if "{cite}" in body else ""
    project.write("index", _FRONT + body.replace("KEY", key) + sources)
    built = project.build("handbook-text")
    found = [finding.problem for finding in claim_findings(read_texts(built.folder))]
    assert [problem in one for one in found] == ([True] if problem else [])


@pytest.mark.parametrize(
    ("document", "cited", "problem"),
    [
        ("one", False, ""),
        ("two", False, "which is no chapter with sources"),
        ("index", False, "which is no chapter with sources"),
        ("one", True, "its own chapter has sources"),
    ],
)
def test_a_sheet_repeats_a_chapter_that_cites(
    make_project: MakeProject, document: str, cited: bool, problem: str
) -> None:
    project = make_project()
    bibliography = REPOSITORY / "tests" / "roots" / "test-print" / "references.bib"
    (project.source / "references.bib").write_bytes(bibliography.read_bytes())
    key = bibliography.read_text("utf-8").split("{", 1)[1].split(",")[0]
    front = "---\nreview-by: 2099-01-31\n---\n"
    backed = f"% says {key} @ page 1: so it is.\nFever.{{cite}}`{key}`"
    toctree = "\n\n```{toctree}\none\nsheet\n```\n"
    project.write("index", f"{front}# Book\n\n% no claim\nTurn the page.{toctree}")
    project.write("one", f"{front}# One\n\n{backed}{_SOURCES}")
    own = f"\n\n{backed}{_SOURCES}" if cited else ""
    project.write("sheet", f"{front}# Sheet\n\n% as in {document}\nFever is dangerous.{own}")
    built = project.build("handbook-text")
    assert built.warnings == []
    found = [finding.problem for finding in claim_findings(read_texts(built.folder))]
    assert [problem in one for one in found] == ([True] if problem else [])


def test_coverage_sees_a_sentence_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / TOPICS).write_text("| A1 | one |\n| A2 | two |\n| A3 | three |\n")
    (tmp_path / COVERAGE).write_text(
        "id,document,label,words,outcome,reason\n"
        "A1,part/one,one,This sentence is gone,kept,\nA2,,,,retired,\n"
    )
    text = {"document": "part/one", "blocks": [{"text": "Another one.", "labels": ["one"]}]}
    problems = [str(finding) for finding in coverage_findings(tmp_path, [text])]
    assert len(problems) == 3
    assert "is not in part/one" in problems[0]
    assert "does not say why" in problems[1]
    assert "A3 has no row" in problems[2]
