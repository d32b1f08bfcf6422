"""Every link in the notebooks leads somewhere."""

from __future__ import annotations

import re

import pytest

from tests.notebooks.generated import lesson_paths, notebook_paths, read

NOTEBOOKS = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in notebook_paths()]


def anchors(path):
    """The fragments that JupyterLab gives the headings of a notebook."""
    texts = (cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    found = (re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE) for text in texts)
    return {heading.replace(" ", "-") for headings in found for heading in headings}


def links(path):
    """Target and fragment of each relative link."""
    texts = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    return re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", texts)


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_links_lead_somewhere(path):
    """Each file exists, and each fragment is a heading in it."""
    for target, fragment in links(path):
        file = (path.parent / target) if target else path
        assert file.is_file(), target
        assert not fragment or fragment in anchors(file), f"{target}#{fragment}"


def test_every_notebook_is_reached():
    """From the first notebook every other one can be reached by links."""
    reached, waiting = set(), [lesson_paths()[0]]
    while waiting:
        path = waiting.pop().resolve()
        if path not in reached:
            reached.add(path)
            waiting += [path.parent / target for target, _ in links(path) if target.endswith(".ipynb")]

    assert reached >= set(notebook_paths())
