"""The cheat sheet fits on one printed page."""

from __future__ import annotations

import re

from nbconvert import HTMLExporter
from playwright.sync_api import Browser

from tests.notebooks.generated import NOTEBOOKS

MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "1cm")


def test_prints_on_one_page(browser: Browser) -> None:
    """What JupyterLab prints is nbconvert's HTML: it takes one page, with the margins that browsers leave."""
    html, _ = HTMLExporter().from_filename(str(NOTEBOOKS / "reference/cheat_sheet.ipynb"))
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())  # the page asks for MathJax, which it has no use for
    page.set_content(html, wait_until="domcontentloaded")
    printed = [page.pdf(format=paper, margin=MARGINS) for paper in ("A4", "Letter")]
    page.close()

    assert [len(re.findall(rb"/Type\s*/Page\b", pages)) for pages in printed] == [1, 1]
