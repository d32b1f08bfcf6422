"""The benchmarks still work; what they measure is asked for elsewhere: ``python -m tests.benchmarks``."""

from __future__ import annotations

import re

import pytest

from tests.benchmarks.__main__ import measure_all
from tests.benchmarks.figures import SMALL, Figure, median_ratio, percentile
from tests.benchmarks.report import page


@pytest.fixture(scope="module")
def report() -> str:
    return page(measure_all(SMALL), SMALL)


def test_every_figure_is_measured(report):
    """Each row of the report has a figure above nothing, and every limit of the project stands in one."""
    rows = [row.split(" | ") for row in report.splitlines() if row.startswith("| ") and "---" not in row]
    limits = [row[2] for row in rows[1:] if row[2]]

    assert all(re.match(r"-?[\d,.]+ ", row[1]) for row in rows if row[0] != "| figure")
    assert len([limit for limit in limits if re.match("[≤≥]", limit)]) == 39


def test_report_names_no_machine(report):
    """Whoever reads the report learns what the machine is like, not what it is called."""
    assert re.search(r"\d+ cores \(\S+\), \d+ GiB", report)
    assert not re.search(r"127\.0\.0\.1|localhost|/(home|root|tmp|Users)/", report)


def test_ratio_compares_round_by_round():
    """A round in which the machine was busy halves both, and so counts as any other."""
    assert median_ratio([50, 100, 25], [100, 200, 50]) == 0.5


@pytest.mark.parametrize(("at_least", "value", "holds"), [(True, 2, True), (True, 0.5, False), (False, 2, False)])
def test_limits_have_a_side(at_least, value, holds):
    """Of a rate the limit is the least, of a time the most."""
    assert Figure("", value, "", 1, at_least=at_least).holds is holds


def test_percentile_is_one_of_the_values():
    """The 99th percentile of a hundred values is the second greatest."""
    assert percentile(list(range(100)), 0.99) == 98
