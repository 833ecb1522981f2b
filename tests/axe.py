"""axe-core on a page: what breaks WCAG 2.2 A or AA, and axe-core's own good practice."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# axe-core would read the style sheets a second time, which a browser forbids on file://.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
# axe-core: the rule and the node. https://dequeuniversity.com/rules/axe/4.12/region is good
# practice, not WCAG. The two boxes that open the lists stand before what they open, so that styles
# alone, without a script, can open it; no landmark can hold both.
EXEMPT = {("region", "#__navigation"), ("region", "#__toc")}


def violations(page: Page) -> list[str]:
    """Return what axe-core finds on a page as it stands: rule and element."""
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in Axe().run(page, options=OPTIONS).response["violations"]
        for node in rule["nodes"]
        if (rule["id"], *node["target"]) not in EXEMPT
    ]
