"""Every row of the tables in reference 5.4, by its number."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from helpers.emulator.expressions import ExpressionError, Scope, parse, taskrouter_names
from tests.api.reference.facts import text_of

SECTION = text_of("5.4")
ATTRIBUTES, TARGET_NAMES, SKIP_IF_NAMES = (
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", SECTION, re.S)
)
POSITIONS = {"90": 5, "91": 3, "92": 6}
"""Where the refused rows stop making sense, counted from 0."""


def rows_of(table: str) -> list[list[str]]:
    """Cells of each row: number, expression, for the clock a time, result, tag if there is one."""
    lines = [line for line in table.splitlines() if re.match(r"\| \d", line)]
    return [line.strip("| ").replace("(empty)", "").split(" | ") for line in lines]


ATTRIBUTE_ROWS, CLOCK_ROWS, TARGET_ROWS, SKIP_IF_ROWS = map(rows_of, SECTION.split("| # |")[1:])
REFUSED_ROWS = [row for row in ATTRIBUTE_ROWS if row[0] in POSITIONS]


def by_row(rows: list[list[str]], cells: int = 3) -> list[object]:
    """Test cases of the first ``cells`` cells, whose ids are row numbers, such as ``row-087``."""
    return [pytest.param(*(cell.strip("`") for cell in row[1:cells]), id=f"row-{int(row[0]):03}") for row in rows]


@pytest.mark.reference("5.3a", "5.3b", "5.3c", "14.1", "14.2", "14.3", "14.4", "14.5", "14.6")
@pytest.mark.parametrize(("text", "result"), by_row([row for row in ATTRIBUTE_ROWS if row not in REFUSED_ROWS]))
def test_attribute_expression_verdict(text: str, result: str) -> None:
    """The row's expression has the row's result for the table's attributes."""
    expression = parse(text, scope=Scope.WORKER)

    assert str(expression.matches(ATTRIBUTES)).lower() == result
    assert expression.trace(ATTRIBUTES).result is expression.matches(ATTRIBUTES)


@pytest.mark.reference("5.2d", "14.7", "10a")
@pytest.mark.parametrize("row", [pytest.param(row, id=f"row-{row[0]}") for row in REFUSED_ROWS])
def test_broken_expression_is_refused(row: list[str]) -> None:
    """The row's text is refused, with the row's message, at the place."""
    number, text, result = row[:3]
    with pytest.raises(ExpressionError) as caught:
        parse(text.strip("`"), scope=Scope.WORKER)

    assert result.startswith("refused: ")
    assert caught.value.message.startswith(result.removeprefix("refused: ").strip("`"))
    assert caught.value.position == POSITIONS[number]


@pytest.mark.reference("5.1a")
@pytest.mark.parametrize(("text", "moment", "result"), by_row(CLOCK_ROWS, 4))
def test_time_of_day_verdict(text: str, moment: str, result: str) -> None:
    """The row's expression has the row's result at the row's time, in UTC."""
    now = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    names = {"taskrouter": taskrouter_names(int(now.timestamp() * 1000))}

    assert str(parse(text, scope=Scope.TASK).matches(names)).lower() == result


@pytest.mark.reference("5.1b", "14.3")
@pytest.mark.parametrize(("text", "result"), by_row(TARGET_ROWS))
def test_target_expression_verdict(text: str, result: str) -> None:
    """The row's target expression has the row's result for the table's Task and Worker."""
    assert str(parse(text, scope=Scope.TARGET).matches(TARGET_NAMES)).lower() == result


@pytest.mark.reference("4.6c")
@pytest.mark.parametrize(("text", "result"), by_row(SKIP_IF_ROWS))
def test_skip_if_verdict(text: str, result: str) -> None:
    """The row's skip_if has the row's result with one Worker available and two not."""
    assert str(parse(text, scope=Scope.SKIP_IF).matches(SKIP_IF_NAMES)).lower() == result


@pytest.mark.reference("5.4a")
def test_no_row_is_left_out() -> None:
    """The tables hold rows 1 to 120, each once."""
    numbers = [int(row[0]) for table in (ATTRIBUTE_ROWS, CLOCK_ROWS, TARGET_ROWS, SKIP_IF_ROWS) for row in table]

    assert numbers == list(range(1, 121))
