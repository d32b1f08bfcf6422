"""Every pair of colours that the views use is readable, in both themes: computed from the list of colours."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

TOKENS = (files("helpers.emulator.display") / "static" / "components" / "tokens.css").read_text(encoding="utf-8")
COLOURS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--tr-([\w-]+):.*?light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
STATES = ("wait", "offer", "good", "wrap", "done", "bad")
CODE = ("code-key", "code-string", "code-number", "code-word")
TEXT, BORDER = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11

PAIRS = [
    (TEXT, ["ink"], ["canvas", "paper", "raised", "accent-soft", *(f"{state}-soft" for state in STATES)]),
    (TEXT, ["soft"], ["canvas", "paper", "raised", "sunk", "accent-soft"]),
    (TEXT, ["accent"], ["paper", "canvas", "raised", "accent-soft", "done-soft"]),
    (TEXT, ["on-accent"], ["accent", "accent-strong"]),
    *((TEXT, [state], [f"{state}-soft", "paper", "canvas"]) for state in STATES),
    (TEXT, ["good", "wait", "bad"], ["accent-soft"]),
    (TEXT, ["paper"], ["ink", "good"]),
    (TEXT, CODE, ["paper", "raised", "accent-soft"]),
    (BORDER, ["edge"], ["paper", "canvas", "raised"]),
]
PAPERS_OF_JUPYTERLAB = {"light": ["#ffffff"], "dark": ["#111111", "#212121"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_is_readable(theme: str):
    """Text has a contrast of 4.5, what is known by its border one of 3."""
    low = [
        f"{ink} on {paper}: {contrast(COLOURS[ink][theme], COLOURS[paper][theme]):.2f}"
        for least, inks, papers in PAIRS
        for ink in inks
        for paper in papers
        if contrast(COLOURS[ink][theme], COLOURS[paper][theme]) < least
    ]

    assert low == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_cells_paper_bears_every_ink(theme: str):
    """In a cell the paper is JupyterLab's, and everything written on it is readable."""
    inks = ["ink", "soft", "accent", *STATES, *CODE]
    low = [
        f"{ink} on {paper}"
        for ink in inks
        for paper in PAPERS_OF_JUPYTERLAB[theme]
        if contrast(COLOURS[ink][theme], paper) < TEXT
    ]

    assert low == []


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
