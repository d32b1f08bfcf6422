"""Trap for a regular: a target that asks for one Worker and has no end (exercise 9.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import spell
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.subjects.routed_world import create_task, load_filters, name_unknown_key, name_worker
from helpers.lessons.checks.verdict import NotYet, join_sentences

__all__ = ["releases_the_regular"]

_MINUTE = 60


def releases_the_regular(repaired: object) -> str:
    """9.3: a target that asks for one Worker, and lets the Task go on if she isn't there."""
    target = _read_target(repaired)
    own, regular = _write_at_night(target, "bob")
    if not name_worker(own, regular):
        hint = "" if "timeout" in target else "What else ends a target?"
        raise NotYet(_say_why_stuck(target), _name_unknown_key(target) or hint, pointer=_point_to_end(target))
    own, regular = _write_at_night(target, "bob", "alice")  # Bob is idle longer, so he'd be next if anybody would do
    if (worker := name_worker(own, regular)) != "Alice":
        wrong = f"Alice and Bob are Idle, and Alice's regular goes to {worker or 'nobody'}."
        pointer = "Add a key to `broken`, and leave `known_worker_sid` as it is."
        raise NotYet(wrong, _name_unknown_key(target) or "Keep `known_worker_sid` as it is.", pointer=pointer)
    own, regular = _write_at_night(target)
    own.set_activity(own.sids.bob_sid, "Idle")
    if name_worker(own, regular) != "Bob":
        raise NotYet(
            "both are Offline when the regular writes. Then Bob comes, and the regular still waits for Alice.",
            _name_unknown_key(target) or "`skip_if` is tested only when the Task enters the target.",
            pointer=_TIMEOUT_OR_ALWAYS,
        )
    end = "If she can't be reserved, the Task goes on at once."
    if "timeout" in target:
        end = "If she isn't there in time, the Task goes on to the next target."
    return join_sentences("Alice is asked first.", end, "" if target is repaired else _NO_LIST)


_NO_LIST = "(`repaired` is one target, so it doesn't need the list around it.)"


def _read_target(repaired: object) -> Mapping[str, Any]:
    """Return the target; a list with one target counts as that target.

    Raises:
        NotYet: it is something else.
    """
    if isinstance(repaired, list | tuple) and len(repaired) == 1:
        repaired = repaired[0]
    if not isinstance(repaired, dict):
        raise NotYet(f"`repaired` is {kind(repaired)}.", "It's the first target, a dictionary such as `broken`.")
    if "targets" in repaired:
        raise NotYet("`repaired` is a whole filter.", "Write its first target only.")
    return repaired


def _name_unknown_key(target: Mapping[str, Any]) -> str:
    return name_unknown_key([{"targets": [target]}])


_TIMEOUT_OR_ALWAYS = "A target ends by its own `timeout`, or by a `skip_if` that is true whenever Alice can't come."


def _write_at_night(first_target: Mapping[str, Any], *idle: str) -> tuple[OwnWorld, str]:
    """Return a world in which Alice's regular has waited for a minute, and the Task's SID.

    Args:
        idle: Workers who were Idle before the regular wrote, in the order in which they came.
    """
    own = OwnWorld.build()
    second = {"queue": own.sids.english_queue_sid}
    filters = [{"expression": "agent_sid != null", "targets": [first_target, second]}]
    load_filters(own, "repaired", filters)
    for name in idle:
        own.set_activity(getattr(own.sids, f"{name}_sid"), "Idle")
        own.advance(1)
    regular = create_task(own, agent_sid=own.sids.alice_sid)
    own.advance(_MINUTE)
    return own, regular


def _say_why_stuck(repaired: Mapping[str, Any]) -> str:
    """Return why the regular isn't offered to Bob after a minute."""
    skip = str(repaired.get("skip_if", "")).replace(" ", "")
    if "timeout" in repaired:
        return f"Bob is Idle, and after a minute the regular still waits: the timeout is {repaired['timeout']} s."
    if skip in ("workers.available==0", "workers.available<1", "workers.available<=0"):
        return "`skip_if` is false: Bob is available. It counts everyone in the queue, not Alice alone."
    if skip:
        return f"`skip_if` is false when the regular writes: {spell(repaired['skip_if'])}. Bob is available."
    if "priority" in repaired:
        return "a priority puts Tasks in order, but it doesn't end the waiting for Alice."
    if "expression" in repaired:
        return "an expression excludes more Workers, but it doesn't end the waiting for Alice."
    if "order_by" in repaired:
        return "`order_by` puts Workers in order, and here only Alice is considered."
    return "nothing ends the first target: the regular waits for Alice until the Task's own timeout, a day."


def _point_to_end(repaired: Mapping[str, Any]) -> str:
    if "timeout" in repaired:
        return "The shop wants an answer within a minute. Choose a shorter timeout, in seconds."
    return _TIMEOUT_OR_ALWAYS
