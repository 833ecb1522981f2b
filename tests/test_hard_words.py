"""Words that nothing explains."""

from __future__ import annotations

import re
from pathlib import Path

from handbook.quality.plain_words import plain_words


def test_a_hard_word_is_explained_or_in_the_glossary(tmp_path: Path) -> None:
    source = tmp_path / "source" / "words"
    source.mkdir(parents=True)
    (source / "words-explained.md").write_text(
        "# Words\n\n:::{glossary}\ncolitis\n    A sore bowel.\n\n"
        "    Also called: enteropathy.\n:::\n"
    )
    (tmp_path / "source" / "one.md").write_text(
        "# One\n\nYou may get colitis. It may be enteropathy.\n\n"
        "Your doctor does a colonoscopy (a look into the bowel). A colonoscopy is short.\n\n"
        "A laparoscopy follows.\n\nThis is called neuropathy. Ask about pancytopenia.\n"
    )
    found = [
        re.findall("“(.+?)” is explained", finding.problem)[0]
        for finding in plain_words(tmp_path).findings
        if "explained neither" in finding.problem
    ]
    assert found == ["laparoscopy", "pancytopenia"]
