"""Every row of the table of test cases, reference 5.4, by its number."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from helpers.emulator.expressions import ExpressionError, Scope, parse, taskrouter_names

ATTRIBUTES: dict[str, Any] = {
    "type": "support",
    "lang": "es",
    "n": 5,
    "f": 5.5,
    "s": "6",
    "flag": True,
    "off": False,
    "nothing": None,
    "skills": ["support", "sales"],
    "nums": [1, 2, 3],
    "langs": ["en", "es"],
    "o": {"p": "bar", "arr": ["a", "b", "c"], "q": {"r": 7}},
    "name": "Alice Smith",
}

ATTRIBUTE_ROWS = [
    (1, "1==1", True),
    (2, "1 == 1", True),
    (3, "0 != 1", True),
    (4, "1 != 1", False),
    (5, '"apple" != "orange"', True),
    (6, "'apple' == \"apple\"", True),
    (7, 'type == "support"', True),
    (8, "type == 'sales'", False),
    (9, "type = 'support'", True),
    (10, 'type != "sales"', True),
    (11, '"support" == type', True),
    (12, "n > 1", True),
    (13, "n > 5", False),
    (14, "n >= 5", True),
    (15, "n < 5.1", True),
    (16, "n <= 4", False),
    (17, "f >= 5.1", True),
    (18, "n == 5.0", True),
    (19, "5 == n", True),
    (20, "1.0 == 1.00", True),
    (21, "0800 < 1830", True),
    (22, "flag == true", True),
    (23, "off == true", False),
    (24, "off == false", True),
    (25, "flag==true", True),
    (26, "flag != false", True),
    (27, "flag == 'true'", False),
    (28, 'o.p == "bar"', True),
    (29, 'o.p != "apple"', True),
    (30, "o.q.r == 7", True),
    (31, 'o.arr[2] == "c"', True),
    (32, 'o.arr[0] == "a"', True),
    (33, 'o.arr[9] == "a"', False),
    (34, 'o.arr HAS "b"', True),
    (35, 'skills HAS "support"', True),
    (36, "skills HAS 'billing'", False),
    (37, "nums HAS 2", True),
    (38, 'nums HAS "2"', False),
    (39, 'langs HAS "en" AND langs HAS "es"', True),
    (40, "(skills HAS 'support') AND (langs HAS 'fr')", False),
    (41, 'n HAS "support"', False),
    (42, 'type HAS "support"', False),
    (43, 'missing HAS "x"', False),
    (44, 'lang IN ["en", "es"]', True),
    (45, 'lang IN ["fr"]', False),
    (46, "lang in ['es']", True),
    (47, '"support" in skills', True),
    (48, '"billing" IN skills', False),
    (49, "n IN [1, 5]", True),
    (50, 'lang IN "es"', False),
    (51, 'lang NOT IN ["fr","de"]', True),
    (52, 'lang NOT IN ["es"]', False),
    (53, 'lang NOT IN "fr"', False),
    (54, 'missing IN ["x"]', False),
    (55, 'missing NOT IN ["x"]', True),
    (56, "type IN missing", False),
    (57, 'skills IN ["support"]', False),
    (58, 'name CONTAINS "Smith"', True),
    (59, 'name CONTAINS "smith"', False),
    (60, 'type CONTAINS "sup"', True),
    (61, 'skills CONTAINS "support"', False),
    (62, 'missing CONTAINS "x"', False),
    (63, 'skills == "support"', False),
    (64, 'skills != "support"', False),
    (65, "skills > 1", False),
    (66, 'missing == "foo"', False),
    (67, 'missing = "foo"', False),
    (68, 'missing != "foo"', True),
    (69, "missing > 1", False),
    (70, "missing < 1", False),
    (71, "missing == null", True),
    (72, "missing != null", False),
    (73, "skills != null", True),
    (74, "nothing == null", True),
    (75, "type != null", True),
    (76, "o.missing.deep == 1", False),
    (77, 'type.p == "x"', False),
    (78, "s > 5", True),
    (79, "s == 6", True),
    (80, 'n > "abc"', False),
    (81, 'Type == "support"', False),
    (82, 'type == "Support"', False),
    (83, "type == 'ticket' OR lang == 'es'", True),
    (84, "type == 'support' AND lang IN ['Silver','Bronze']", False),
    (85, '(lang == "en" OR lang == "es") AND f >= 5.1', True),
    (86, "type == 'x' AND n == 5 OR flag == true", True),
    (87, "flag == true OR type == 'x' AND n == 9", True),
    (88, '"language" == "spanish"', False),
    (89, '"skills" HAS "support"', False),
    (93, "", False),
]

REFUSED_ROWS = [
    (90, "skill-level > 3", Scope.WORKER, 5, "extraneous input 'evel' expecting OPERATOR"),
    (91, "n >", Scope.WORKER, 3, "mismatched input '<EOF>'"),
    (92, "(n > 1", Scope.WORKER, 6, "mismatched input '<EOF>' expecting {AND, OR, ')'}"),
]

OPENING_HOURS = "taskrouter.currentTime > 0800 AND taskrouter.currentTime < 1830"

CLOCK_ROWS = [
    (94, OPENING_HOURS, "2026-03-02 12:00", True),
    (95, OPENING_HOURS, "2026-03-02 18:30", False),
    (96, "taskrouter.currentHour > 8", "2026-03-02 09:15", True),
    (97, "taskrouter.dayOfWeek IN ['Mon','Tue']", "2026-03-03 10:00", True),
    (98, "taskrouter.dayOfWeek = 'Sat'", "2026-03-08 10:00", False),
    (99, "taskrouter.currentMin > 10 AND taskrouter.currentMin < 50", "2026-03-02 09:30", True),
]

TASK = {"agent": "a1", "pref": ["a1", "a4"], "lang": "es", "wsid": "WK1"}
WORKER: dict[str, Any] = {
    "id": "a1",
    "agent_id": "a1",
    "langs": ["en", "es"],
    "level": 3,
    "sid": "WK1",
    "friendly_name": "Alice",
    "activity_name": "Available",
    "channel": {
        "voice": {"configured_capacity": 1, "assigned_tasks": 1, "available_capacity_percentage": 0},
        "chat": {"configured_capacity": 4, "assigned_tasks": 2, "available_capacity_percentage": 50},
    },
}

TARGET_ROWS = [
    (100, "worker.id IN task.pref", True),
    (101, "task.lang IN worker.langs", True),
    (102, "task.agent==worker.agent_id", True),
    (103, "worker.sid == task.wsid", True),
    (104, "task.wsid = worker.sid", True),
    (105, "worker.sid != task.ignoreAgent", True),
    (106, 'worker.friendly_name == "Alice"', True),
    (107, "worker.activity_name in ['Available','High Value']", True),
    (108, "worker.level >= 3", True),
    (109, "worker.channel.voice.available_capacity_percentage == 100", False),
    (110, "worker.channel.voice.assigned_tasks == 0", False),
    (111, "worker.channel.chat.available_capacity_percentage <= 50", True),
    (112, "worker.channel.chat.configured_capacity == 4", True),
    (113, "worker.channel.fax.assigned_tasks == 0", False),
    (114, "worker.missing == task.missing", True),
    (115, "level >= 3", False),
]

WA1, WA2 = "WA" + "1" * 32, "WA" + "2" * 32
SKIP_IF_ROWS = [
    (116, "workers.available == 0", False),
    (117, "workers.available < 2", True),
    (118, "workers.unavailable == 2", True),
    (119, f"workers.{WA1} < 2 OR workers.{WA2} < 2", True),
    (120, "1==1", True),
]


def by_row(rows: list[Any]) -> list[Any]:
    """Test cases whose ids are row numbers, such as ``row-087``."""
    return [pytest.param(*values, id=f"row-{number:03}") for number, *values in rows]


@pytest.mark.reference("5.3a", "5.3b", "5.3c", "14.1", "14.2", "14.3", "14.4", "14.5", "14.6", "15.8")
@pytest.mark.parametrize(("text", "verdict"), by_row(ATTRIBUTE_ROWS))
def test_attribute_expression_verdict(text: str, verdict: bool) -> None:
    """The row's expression has the row's result for the table's attributes."""
    expression = parse(text, scope=Scope.WORKER)

    assert expression.matches(ATTRIBUTES) is verdict
    assert expression.trace(ATTRIBUTES).result is verdict


@pytest.mark.reference("5.2d", "14.7", "4.8b", "10a")
@pytest.mark.parametrize(("text", "scope", "position", "message"), by_row(REFUSED_ROWS))
def test_broken_expression_is_refused(text: str, scope: Scope, position: int, message: str) -> None:
    """The row's text is refused, with a message and the place."""
    with pytest.raises(ExpressionError) as caught:
        parse(text, scope=scope)

    assert caught.value.message.startswith(message)
    assert caught.value.position == position


@pytest.mark.reference("5.1a")
@pytest.mark.parametrize(("text", "moment", "verdict"), by_row(CLOCK_ROWS))
def test_time_of_day_verdict(text: str, moment: str, verdict: bool) -> None:
    """The row's expression has the row's result at the row's time, in UTC."""
    now = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    names = {"taskrouter": taskrouter_names(int(now.timestamp() * 1000))}

    assert parse(text, scope=Scope.TASK).matches(names) is verdict


@pytest.mark.reference("5.1b", "14.3")
@pytest.mark.parametrize(("text", "verdict"), by_row(TARGET_ROWS))
def test_target_expression_verdict(text: str, verdict: bool) -> None:
    """The row's target expression has the row's result for the table's Task and Worker."""
    names = {"task": TASK, "worker": WORKER}

    assert parse(text, scope=Scope.TARGET).matches(names) is verdict


@pytest.mark.reference("4.6c")
@pytest.mark.parametrize(("text", "verdict"), by_row(SKIP_IF_ROWS))
def test_skip_if_verdict(text: str, verdict: bool) -> None:
    """The row's skip_if has the row's result with one Worker available and two not."""
    names = {"workers": {"available": 1, "unavailable": 2, WA1: 1, WA2: 2}}

    assert parse(text, scope=Scope.SKIP_IF).matches(names) is verdict


@pytest.mark.reference("5.4a")
def test_no_row_is_left_out() -> None:
    """The tables above hold rows 1 to 120, each once."""
    tables = (ATTRIBUTE_ROWS, REFUSED_ROWS, CLOCK_ROWS, TARGET_ROWS, SKIP_IF_ROWS)
    numbers = sorted(row[0] for table in tables for row in table)

    assert numbers == list(range(1, 121))
