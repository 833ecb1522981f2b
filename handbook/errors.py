"""The one shape of an error message: file, line, what is wrong, what to do."""

from __future__ import annotations

from pathlib import Path

from sphinx.errors import SphinxError


class HandbookError(SphinxError):
    """Bad input. Sphinx prints it as one message and exits with a code other than 0.

    :param file: the file at fault, as the reader would name it.
    :param problem: what is wrong, without a full stop.
    :param remedy: what to do about it, a whole sentence.
    :param line: the line in the file, from 1, where there is one.
    """

    category = "Handbook error"

    def __init__(
        self, file: str | Path, problem: str, remedy: str, line: int | None = None
    ) -> None:
        self.file = str(file)
        self.line = line
        place = f"{file}:{line}" if line else str(file)
        super().__init__(f"{place}: {problem}. {remedy}")
