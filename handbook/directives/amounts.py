"""Roles that keep digits together: telephone numbers, temperatures, amounts."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from docutils import nodes
from sphinx.application import Sphinx

from handbook.directives.base import HandbookRole

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"

_PHONE = re.compile(r"\+?[0-9(][0-9 ().\-]*[0-9)]")
_TEMPERATURE = re.compile(r"(\d{2,3}(?:\.\d)?)(?:\s*[-–]\s*(\d{2,3}(?:\.\d)?))?")

RoleResult = tuple[list[nodes.Node], list[nodes.system_message]]


def keep_together(text: str) -> str:
    """Return ``text`` with every run of spaces made one no-break space."""
    return NO_BREAK_SPACE.join(text.split())


def phone_node(number: str) -> nodes.inline:
    """Return a telephone number as a link that rings it: digits, and a leading plus sign."""
    digits = re.sub(r"\D", "", number)
    plus = "+" if number.lstrip().startswith("+") else ""
    text = keep_together(number)
    link = nodes.reference("", text, refuri=f"tel:{plus}{digits}", internal=False)
    return nodes.inline("", "", link, classes=["phone"])


def celsius(fahrenheit: Decimal) -> Decimal:
    """Return degrees Celsius, rounded to one decimal (a half goes up)."""
    return ((fahrenheit - 32) * 5 / 9).quantize(Decimal("0.1"), ROUND_HALF_UP)


def temperature_text(low: str, high: str | None) -> str:
    """Return one or two temperatures in both units: ``100.4 °F (38 °C)``.

    :param low: degrees Fahrenheit as written; ``high`` is the other end of a range.
    """
    ends = [Decimal(end) for end in (low, high) if end]
    units = ((ends, "°F"), ([celsius(end) for end in ends], "°C"))
    fahrenheit, in_celsius = (
        EN_DASH.join(_plain(value) for value in values) + NO_BREAK_SPACE + unit
        for values, unit in units
    )
    return f"{fahrenheit}{NO_BREAK_SPACE}({in_celsius})"


def _plain(value: Decimal) -> str:
    return f"{value:f}".removesuffix(".0")


class PhoneRole(HandbookRole):
    """``{phone}`555-0100```: a telephone number that is not the clinic's own."""

    def run(self) -> RoleResult:
        """Return the node."""
        if not _PHONE.fullmatch(self.text.strip()):
            raise self.error(
                "this is not a telephone number",
                "Use digits, spaces, hyphens, brackets, and a plus sign in front, as in"
                " {phone}`1-800-422-6237`.",
            )
        return [phone_node(self.text.strip())], []


class TemperatureRole(HandbookRole):
    """``{temp}`100.4```: degrees Fahrenheit in, both units out."""

    def run(self) -> RoleResult:
        """Return the node."""
        found = _TEMPERATURE.fullmatch(self.text.strip())
        if not found or (found[2] and Decimal(found[2]) <= Decimal(found[1])):
            raise self.error(
                "this is not a temperature in degrees Fahrenheit",
                "Write the number alone, as in {temp}`100.4`, or a range from the lower to the"
                " higher, as in {temp}`100.4-102`.",
            )
        text = temperature_text(found[1], found[2])
        return [nodes.inline("", text, classes=["temperature"])], []


class AmountRole(HandbookRole):
    """``{amount}`10 in 100```: words and digits that stay on one line."""

    def run(self) -> RoleResult:
        """Return the node."""
        text = keep_together(self.text)
        if not text:
            raise self.error("it is empty", "Write the amount, as in {amount}`10 in 100`.")
        return [nodes.inline("", text, classes=["amount"])], []


def setup(app: Sphinx) -> None:
    """Register the roles."""
    app.add_role("phone", PhoneRole())
    app.add_role("temp", TemperatureRole())
    app.add_role("amount", AmountRole())
