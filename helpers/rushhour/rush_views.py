"""Views of simulated days: the table of figures, the queue over the day, and each customer's wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers.diagrams.plot_view import Axis, Series, plot_view
from helpers.emulator.display.blocks import Column, Sentence, Table, View
from helpers.emulator.display.views.page_view import page_view
from helpers.rushhour.figures import count_waiting
from helpers.rushhour.simulation import Served

if TYPE_CHECKING:
    from helpers.rushhour.rush_hours import RushHour

__all__ = ["days_view", "queue_view", "waits_view"]

_LANGUAGES = {"es": "Spanish", "en": "English"}
_OPENS_AT = 10
_HOUR, _MINUTE = 3600, 60
_LONG_DAY = 4
"""Hours from which a day gets a row for each half hour or hour, instead of one for each 10 or 15 minutes."""

_DAY = Column("Day", "name")
_FIGURES = (
    _DAY,
    Column("Language"),
    *(Column(title, "number") for title in ("Customers", "Mean wait", "90 % waited at most", "Within 60 s")),
)
_WORKERS = (_DAY, Column("Served"), Column("Offers timed out", "number"))


def days_view(days: Sequence[RushHour]) -> View:
    """Build the tables of days: the figures by language, and who served how many."""
    figures = tuple(_figures(day, language) for day in days for language in day.figures)
    workers = tuple((day.name, _count_by_worker(day), str(day.timeouts)) for day in days)
    tables = Table("Waiting times", _FIGURES, figures, "no days"), Table("Who served", _WORKERS, workers, "no days")
    return page_view("Rush hours", tables)


def _figures(day: RushHour, language: str) -> tuple[str, ...]:
    count, mean, most, level = day.figures[language]
    if not count:
        return day.name, _LANGUAGES[language], "0", "", "", ""
    return day.name, _LANGUAGES[language], str(count), f"{mean:,.0f} s", f"{most:,} s", f"{level:.0f} %"


def _count_by_worker(day: RushHour) -> str:
    return ", ".join(f"{name} {count}" for name, count in day.by_worker.items())


def queue_view(name: str, hours: float, served: Sequence[Served]) -> View:
    """Build the picture of the number of waiting Tasks over the day, drawn from the table below it."""
    step = 30 * _MINUTE if hours > _LONG_DAY else 10 * _MINUTE
    end = max(round(hours * _HOUR), *(each.customer.arrives + each.waited for each in served))
    moments = range(0, end + step, step)
    counts = [count_waiting(served, language, moments) for language in _LANGUAGES]
    columns = Column("At"), *(Column(label, "number") for label in _LANGUAGES.values())
    rows = tuple((_time(moment), *map(str, both)) for moment, *both in zip(moments, *counts, strict=True))
    series = [
        Series(label, [(moment / _HOUR, count) for moment, count in zip(moments, each, strict=True)], is_line=True)
        for label, each in zip(_LANGUAGES.values(), counts, strict=True)
    ]
    return plot_view(
        f"Waiting Tasks: {name}",
        series,
        across=_axis("time of day", moments[-1]),
        up="Tasks that wait",
        table=Table("Tasks that wait", columns, rows, ""),
        sentences=[_say_longest_queue(moments, [sum(both) for both in zip(*counts, strict=True)])],
    )


def _say_longest_queue(moments: Sequence[int], totals: Sequence[int]) -> Sentence:
    most = max(totals)
    if not most:
        return Sentence("No Task waits at any of these times.")
    return Sentence(f"The queue is longest at {_time(moments[totals.index(most)])}: {most} Tasks wait.")


def waits_view(name: str, hours: float, served: Sequence[Served]) -> View:
    """Build the picture of each customer's wait by the time of arrival, with a table of means."""
    step = _HOUR if hours > _LONG_DAY else 15 * _MINUTE
    headings = [f"{label}: {what}" for label in _LANGUAGES.values() for what in ("customers", "mean", "longest")]
    columns = Column("From"), *(Column(heading, "number") for heading in headings)
    rows = tuple(
        (_time(start), *(cell for language in _LANGUAGES for cell in _summarize(served, language, start, step)))
        for start in range(0, round(hours * _HOUR), step)
    )
    longest = max(served, key=lambda each: (each.waited, -each.customer.arrives))
    order, since = longest.customer.order, _time(longest.customer.arrives)
    return plot_view(
        f"Waits: {name}",
        [Series(label, _waits_of(served, language)) for language, label in _LANGUAGES.items()],
        across=_axis("time of arrival", hours * _HOUR),
        up="minutes waited",
        table=Table("Minutes waited, by arrival", columns, rows, ""),
        sentences=[
            Sentence(f"Customer {order} waits longest: {longest.waited / _MINUTE:.1f} minutes, from {since} on.")
        ],
    )


def _waits_of(served: Sequence[Served], language: str) -> list[tuple[float, float]]:
    """Return hour of arrival and minutes waited of each customer of a language."""
    return [
        (each.customer.arrives / _HOUR, each.waited / _MINUTE) for each in served if each.customer.language == language
    ]


def _summarize(served: Sequence[Served], language: str, start: int, step: int) -> tuple[str, str, str]:
    """Return count, mean and longest wait, in minutes, of the customers who arrive within ``step`` seconds."""
    waits = [wait for hour, wait in _waits_of(served, language) if start <= round(hour * _HOUR) < start + step]
    if not waits:
        return "0", "", ""
    return str(len(waits)), f"{sum(waits) / len(waits):.1f}", f"{max(waits):.1f}"


def _axis(title: str, seconds: float) -> Axis:
    """Return an axis with the full hours from the opening up to ``seconds`` later, or the next one."""
    last = -(-round(seconds) // _HOUR)
    return Axis(title, [(hour, _time(hour * _HOUR)) for hour in range(last + 1)])


def _time(second: int) -> str:
    return f"{_OPENS_AT + second // _HOUR}:{second % _HOUR // _MINUTE:02d}"
