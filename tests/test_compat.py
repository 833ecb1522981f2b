"""The patches of rst2pdf and ReportLab: what each mends, and that upstream has not mended it yet.

A test of an unpatched library that fails tells that its patch can go.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.errors import HandbookError
from handbook.printing import compat
from tests.helpers import REPOSITORY

#: Has rst2pdf print a picture that is not there; with the patches where they are asked for.
_FAULTY = """
import sys
from rst2pdf.createpdf import RstToPdf
if sys.argv[2:]:
    from handbook.printing import compat
    compat.apply()
RstToPdf().createPdf(text=".. image:: missing.png\\n\\nWords.", output=sys.argv[1])
"""
#: Draws a picture without words onto a page without words.
_DRAWING = """
import sys
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.pdfgen.canvas import Canvas
from handbook.printing import compat, fonts
from handbook.printing.scripts import named
font = f"{fonts.TEXT}-Regular"
named.register()
if sys.argv[2:]:
    compat.apply()
canvas = Canvas(sys.argv[1], initialFontName=font)
drawing = Drawing(90, 90)
drawing.add(Rect(0, 0, 9, 9))
drawing.drawOn(canvas, 0, 0)
canvas.save()
"""


def _run(code: str, path: Path, *, patched: bool) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, str(path), *(["patched"] if patched else [])]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_rst2pdf_goes_on_after_a_fault_unless_it_is_patched(tmp_path: Path) -> None:
    plain = _run(_FAULTY, tmp_path / "plain.pdf", patched=False)
    assert plain.returncode == 0, "rst2pdf stops at a fault by itself: drop the patch"
    patched = _run(_FAULTY, tmp_path / "patched.pdf", patched=True)
    assert patched.returncode != 0
    assert "HandbookError" in patched.stderr and "missing.png" in patched.stderr
    assert not (tmp_path / "patched.pdf").exists()


def test_reportlab_begins_drawings_in_a_font_that_no_pdf_embeds(tmp_path: Path) -> None:
    for patched in (False, True):
        path = tmp_path / f"{patched}.pdf"
        run = _run(_DRAWING, path, patched=patched)
        assert run.returncode == 0, run.stderr
        named = b"Times-Roman" in path.read_bytes()
        assert named is not patched, "ReportLab no longer sets Times-Roman: drop the patch"


@pytest.mark.parametrize("name", sorted(compat.TRIED))
def test_a_version_that_nobody_tried_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(compat.TRIED, name, "0.1")
    with pytest.raises(HandbookError, match=f"{name} .* is installed"):
        compat.apply.__wrapped__()


def test_what_rst2pdf_logs_stops_the_build() -> None:
    compat.apply()
    with pytest.raises(HandbookError, match="cannot be found"):
        logging.getLogger("rst2pdf").warning("a picture cannot be found")
