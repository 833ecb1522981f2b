"""``{clinic}`phone-day```: what the clinic profile says, as plain words or as a link."""

from __future__ import annotations

import os

from docutils import nodes
from sphinx.application import Sphinx

from handbook.clinic import KEYS, LINK_KEYS, PHONE_KEYS, Clinic, clinic_from
from handbook.directives.amounts import RoleResult, phone_node
from handbook.directives.base import HandbookRole


class ClinicRole(HandbookRole):
    """An entry of the clinic profile. Its text is carried as it is, never read as Markdown."""

    def run(self) -> RoleResult:
        """Return the node."""
        key = self.text.strip()
        if key not in KEYS:
            raise self.error(
                "the clinic profile has no such entry", f"Use one of: {', '.join(KEYS)}."
            )
        clinic = clinic_from(self.config)
        self.env.note_dependency(os.path.relpath(clinic.path, self.env.srcdir))
        return [clinic_node(clinic, key, self.config.language)], []


def clinic_node(clinic: Clinic, key: str, language: str) -> nodes.inline:
    """Return an entry of ``clinic`` as a node: a telephone number, a link, or words."""
    text = clinic.text(key, language)
    if key in PHONE_KEYS:
        return phone_node(text)
    node = nodes.inline(classes=["clinic", f"clinic-{key}"])
    text_language = clinic.text_language(key, language)
    if text_language != language:
        # docutils' own way to say a phrase's language: the web page gets a lang attribute.
        node["classes"].append(f"language-{text_language.replace('_', '-')}")
    if key in LINK_KEYS:
        node += nodes.reference("", text, refuri=_address(text), internal=False)
    else:
        node += nodes.Text(text)
    return node


def _address(text: str) -> str:
    """Return the target of a checked address, which is a web or a mail address."""
    return text if text.startswith(("http://", "https://")) else f"mailto:{text}"


def setup(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("clinic", ClinicRole())
