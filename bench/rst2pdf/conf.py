"""Stock rst2pdf: the same text, font, type and paper."""

from pathlib import Path

project = "Sample"
author = "Sample"
extensions = ["myst_parser", "rst2pdf.pdfbuilder"]
myst_enable_extensions = ["colon_fence"]
pdf_documents = [("index", "sample", "Sample", "Sample")]
pdf_stylesheets = ["letter", "bench"]
pdf_style_path = [str(Path(__file__).parent)]
pdf_font_path = [str(Path(__file__).parents[2] / "handbook" / "printing" / "fonts")]
pdf_use_index = True
pdf_use_toc = True
