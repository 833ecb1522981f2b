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
        "finder_intro": _(
            "Choose the part of the body. Then look for what you feel, and do what stands beside"
            " it."
        ),
        "finder_missing": _("Is it not here? Call us about anything new. Or look in the index:"),
        "finder_parts": _("Parts of the body"),
        "finder_two_amber": _("Two or more amber signs at once? Treat them as red."),
        "index": _("Index"),
        "index_letters": _("Letters of the index"),
        "drafted": _("draft: do not give it to patients"),
        "languages": _("Languages"),
        "next": _("Next"),
        "next_and_previous": _("Next and previous chapter"),
        "moved": _("This chapter has a new address:"),
        "on_this_page": _("On this page"),
        "print_all": _("Handouts and books to print"),
        "print_book": _("Print the whole book"),
        "print_chapter": _("Print this chapter"),
        "print_how": _("Choose your paper. Large print is for tired or weak eyes."),
        "print_list_intro": _(
            "Each file is a PDF. The code stands at the foot of each printed page. Compare it with"
            " the copies in your drawer."
        ),
        "chapter": _("Chapter"),
        "recalled": _("Withdrawn: throw these copies away"),
        "recalled_on": _("Withdrawn on %s:"),
        "which_is_current": _("Is my printed copy still the right one?"),
        "you_are_here": _("You are here"),
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
