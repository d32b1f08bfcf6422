"""View of a plot: a picture in SVG, drawn from numbers that stand in a table below it. Shown by ``plot.js``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from helpers.diagrams.plot_svg import Axis, Series, draw_plot
from helpers.emulator.display.blocks import Sentence, Table, View

__all__ = ["Axis", "Series", "plot_view"]


def plot_view(
    title: str, series: Sequence[Series], *, across: Axis, up: str, table: Table, sentences: Sequence[Sentence]
) -> View:
    """Build the view of a plot.

    Args:
        title: title of the picture.
        series: series of points, each with a colour and a shape of its own.
        across: horizontal axis.
        up: words for the vertical axis, which begins at 0.
        table: what the picture shows, in numbers.
        sentences: what it shows, in words.
    """
    told = " ".join(sentence.text for sentence in sentences)
    names = " and ".join(each.name for each in series)
    svg = draw_plot(title, f"{up[0].upper()}{up[1:]} by {across.title}, for {names}. {told}", series, across, up)
    state = {"title": title, "svg": svg, "sentences": [each.text for each in sentences], "table": asdict(table)}
    heading = Sentence(f"{title}: {up} by {across.title}.")
    return View("plot", title, (heading, *sentences, table), state)
