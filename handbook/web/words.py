"""The interface words of the pages, in the language of the build."""

from __future__ import annotations

from handbook.translation.interface import _


def page_words() -> dict[str, str]:
    """Return the words that the templates show, by the names that the templates use."""
    return {
        "back_to_top": _("Back to the top"),
        "call": _("Call"),
        "chapters": _("Chapters"),
        "colors": _("Change between light and dark colors"),
        "index": _("Index"),
        "index_letters": _("Letters of the index"),
        "next": _("Next"),
        "next_and_previous": _("Next and previous chapter"),
        "on_this_page": _("On this page"),
        "previous": _("Previous"),
        "report": _("Have you found a mistake? Please tell us:"),
        "search": _("Search"),
        "search_needs_script": _(
            "Your browser does not let this page search. The index lists every word:"
        ),
        "search_tip": _("Type one or two words, such as “itchy skin”."),
        "skip": _("Skip to the text"),
        "whom_to_call": _("Whom to call"),
    }
