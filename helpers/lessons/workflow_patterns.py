"""Workflow patterns that shops use in production, as filters to load into a lesson's Workflow."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from helpers.connection import connect
from helpers.errors.lesson_problems import UnknownPattern
from helpers.lessons import story

__all__ = ["PATTERNS", "pattern"]

_ENGLISH, _SPANISH = "English", "Spanish"
"""Queues as the patterns name them; ``pattern`` puts the SIDs in their places."""


def _filter(name: str, expression: str, *targets: Mapping[str, Any]) -> dict[str, Any]:
    return {"filter_friendly_name": name, "expression": expression, "targets": list(targets)}


_EVERYONE = _filter("Everyone", "1==1", {"queue": _ENGLISH})
_KNOWN = {"queue": _ENGLISH, "known_worker_sid": "task.agent_sid", "timeout": 30}
_PARKED = {"queue": _ENGLISH, "expression": "1==0"}
_IS_SPANISH = 'selected_language == "es"'
_IS_OPEN = (
    'taskrouter.currentTime >= 0900 AND taskrouter.currentTime < 1700 AND taskrouter.dayOfWeek NOT IN ["Sat", "Sun"]'
)

PATTERNS: Mapping[str, list[dict[str, Any]]] = MappingProxyType(
    {
        "sticky": [_filter("Regulars", "agent_sid != null", _KNOWN, {"queue": _ENGLISH}), _EVERYONE],
        "overflow": [
            _filter("Spanish", _IS_SPANISH, {"queue": _SPANISH, "skip_if": "1==1"}, {"queue": _ENGLISH, "priority": 5}),
            _EVERYONE,
        ],
        "hours": [_filter("Open", _IS_OPEN, {"queue": _ENGLISH}), _filter("Closed", "1==1", _PARKED)],
        "callback": [
            _filter("Call back", "callback == true", {**_PARKED, "timeout": 600}, {"queue": _ENGLISH, "priority": 5}),
            _EVERYONE,
        ],
        "voicemail": [_filter("Everyone", "1==1", {"queue": _ENGLISH, "timeout": 60})],
        "declined": [_filter("Everyone", "1==1", {"queue": _ENGLISH, "expression": "worker.sid NOT IN task.declined"})],
        "inherited": [
            _filter("Tests", "test == true", _PARKED),
            _filter("VIP", "vip == true", {"queue": _ENGLISH, "priority": 10}),
            _filter("Complaints", 'topic == "complaint"', {"queue": _ENGLISH, "priority": 8}),
            _filter("Returns", 'topic IN ["return", "refund"]', {"queue": _ENGLISH, "priority": 2}),
            _filter("Newsletter", "campaign != null", {"queue": _ENGLISH, "priority": 3}),
            _filter("Spanish", _IS_SPANISH, {"queue": _SPANISH, "timeout": 60}, {"queue": _ENGLISH, "priority": 5}),
            _filter("Regulars", "agent_sid != null", _KNOWN, {"queue": _ENGLISH}),
            _filter("Repairs", 'topic IN ["repair", "warranty"]', {"queue": _ENGLISH}),
            _filter("English", 'selected_language == "en"', {"queue": _ENGLISH}),
            _filter("Callbacks", "callback == true", {**_PARKED, "timeout": 600}, {"queue": _ENGLISH, "priority": 5}),
        ],
    }
)
"""Filters by the pattern's name; "inherited" is a Workflow of ten filters, in which one hides others."""


def pattern(name: str) -> list[dict[str, Any]]:
    """Return the filters of a Workflow pattern, with the SIDs of the lesson's queues.

    Args:
        name: "sticky", "overflow", "hours", "callback", "voicemail", "declined" or "inherited".

    Raises:
        UnknownPattern: there is no pattern of this name.
        StoryMissing: the lesson's queues aren't there yet.
    """
    wanted = name.strip().lower() if isinstance(name, str) else ""
    if wanted not in PATTERNS:
        raise UnknownPattern(name, list(PATTERNS))
    connection = connect()
    world = story.find(connection.make_onlooker(), connection.workspace_name)
    sids = {_ENGLISH: world.english_queue_sid, _SPANISH: world.spanish_queue_sid}
    return [
        {**each, "targets": [{**target, "queue": sids[target["queue"]]} for target in each["targets"]]}
        for each in PATTERNS[wanted]
    ]
