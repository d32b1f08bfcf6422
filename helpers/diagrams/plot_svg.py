"""Plots as SVG: points or lines, in the colours of the page around them, and the same text on every run."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

__all__ = ["Axis", "Series", "draw_plot"]

_WIDTH, _HEIGHT = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, _WIDTH - 24, 40, _HEIGHT - 44
"""Edges of the area with the points. Outside of it are the scales, and the legend at the top."""
_MOST_STEPS = 6
_LEGEND_WIDTH = 100


class Axis(NamedTuple):
    """Horizontal axis with its marks, each a number and the text for it; it reaches from the first to the last."""

    title: str
    marks: Sequence[tuple[float, str]]


class Series(NamedTuple):
    """Series of points; a line joins them if ``is_line``."""

    name: str
    points: Sequence[tuple[float, float]]
    is_line: bool = False


class _Frame(NamedTuple):
    """Scales of a plot: it places numbers in the picture."""

    first: float
    last: float
    top: int

    def x(self, number: float) -> float:
        return _LEFT + (number - self.first) / (self.last - self.first) * (_RIGHT - _LEFT)

    def y(self, number: float) -> float:
        return _BOTTOM - number / self.top * (_BOTTOM - _TOP)


def draw_plot(title: str, words: str, series: Sequence[Series], across: Axis, up: str) -> str:
    """Return the plot as one SVG element; its title and description are for those who don't see it."""
    marks = _scale(max((number for each in series for _, number in each.points), default=0))
    frame = _Frame(across.marks[0][0], across.marks[-1][0], marks[-1])
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" class="tr-plot-svg">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(words)}</desc>",
            *_draw_scales(frame, across, marks),
            _text((_LEFT + _RIGHT) / 2, _HEIGHT - 6, "middle", across.title),
            _text(4, 14, "start", up),
            *(part for place, each in enumerate(series) for part in _draw_series(frame, place, each)),
            *(part for place, each in enumerate(series) for part in _draw_legend(place - len(series), place, each)),
            "</svg>",
        ]
    )


def _scale(most: float) -> list[int]:
    """Return the marks of an axis from 0 to at least ``most``, with steps of 1, 2, 5, 10, 20, 50 …"""
    top = max(math.ceil(most), 1)
    step = next(
        size for power in range(12) for size in (10**power, 2 * 10**power, 5 * 10**power) if size * _MOST_STEPS >= top
    )
    return list(range(0, top + step, step))


def _draw_scales(frame: _Frame, across: Axis, marks: Sequence[int]) -> Iterator[str]:
    for mark in marks:
        yield f'<path class="tr-plot-rule" d="M{_LEFT} {frame.y(mark):.1f}H{_RIGHT}"/>'
        yield _text(_LEFT - 8, frame.y(mark) + 4, "end", f"{mark:,}")
    for number, label in across.marks:
        yield f'<path class="tr-plot-rule" d="M{frame.x(number):.1f} {_BOTTOM}v4"/>'
        yield _text(frame.x(number), _BOTTOM + 18, "middle", label)


def _draw_series(frame: _Frame, place: int, series: Series) -> Iterator[str]:
    points = [(frame.x(across), frame.y(up)) for across, up in series.points]
    if not points:
        return
    if series.is_line:
        line = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        yield f'<path class="tr-plot-line" data-series="{place}" d="M{line}"/>'
    shapes = "".join(_shape(place, x, y) for x, y in points)
    yield f'<path class="tr-plot-points" data-series="{place}" d="{shapes}"/>'


def _draw_legend(from_right: int, place: int, series: Series) -> Iterator[str]:
    x = _RIGHT + from_right * _LEGEND_WIDTH
    if series.is_line:
        yield f'<path class="tr-plot-line" data-series="{place}" d="M{x - 12} 10h24"/>'
    yield f'<path class="tr-plot-points" data-series="{place}" d="{_shape(place, x, 10)}"/>'
    yield _text(x + 18, 14, "start", series.name)


def _shape(place: int, x: float, y: float) -> str:
    """Return a triangle, a circle or a square around a point, by the place of its series."""
    if place % 3 == 0:
        return f"M{x:.1f} {y - 4.5:.1f}l4.5 8h-9z"
    if place % 3 == 1:
        return f"M{x - 3:.1f} {y:.1f}a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"
    return f"M{x - 3:.1f} {y - 3:.1f}h6v6h-6z"


def _text(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
