"""Every link in the notebooks, and in the glossary beside them, leads somewhere."""

from __future__ import annotations

import re

import pytest

from tests.notebooks.generated import NOTEBOOKS, lesson_paths, notebook_paths, read

PAGES = [*notebook_paths(), NOTEBOOKS / "reference/glossary.md"]


def prose(path):
    """The Markdown of a page: all of it, or the cells of a notebook."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    return "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def anchors(path):
    """The fragments that JupyterLab gives the headings of a page."""
    return {heading.replace(" ", "-") for heading in re.findall(r"^#+ +(.+?) *$", prose(path), re.MULTILINE)}


def links(path):
    """Target and fragment of each relative link."""
    return re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", prose(path))


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in PAGES])
def test_links_lead_somewhere(path):
    """Each file exists, and each fragment is a heading in it.

    A link leads to a heading of the same page, or of one in Markdown: JupyterLab opens another notebook at its top.
    """
    for target, fragment in links(path):
        file = (path.parent / target) if target else path
        assert file.is_file(), f"There is no file {target}: correct the link."
        assert not fragment or fragment in anchors(file), f"There is no heading {target}#{fragment}: correct the link."
        assert not fragment or not target or file.suffix == ".md", (
            f"JupyterLab opens {target} at its top: leave out #{fragment}."
        )


def test_every_page_is_reached():
    """From the first notebook every other one, and the glossary, can be reached by links."""
    reached, waiting = set(), [lesson_paths()[0]]
    while waiting:
        path = waiting.pop().resolve()
        if path in PAGES and path not in reached:
            reached.add(path)
            waiting += [path.parent / target for target, _ in links(path)]

    assert set(PAGES) - reached == set(), "Lead to these pages by a link from a lesson or a list."


def test_words_of_the_glossary_are_in_order():
    """They are alphabetical, as its first sentence says, and each is there once."""
    words = [word.lower() for word in re.findall(r"^## (.+)$", prose(PAGES[-1]), re.MULTILINE)]

    assert words == sorted(set(words))
