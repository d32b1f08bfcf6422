"""Workflow that is fair to VIPs and to everyone else, tried with twelve customers (exercise 9.4)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from helpers.emulator.display.value_kinds import kind
from helpers.emulator.engine.model.defaults import TARGET_WORKERS
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.subjects.routed_world import Filters, age_of, create_task, load_filters, name_unknown_key
from helpers.lessons.checks.verdict import NotYet

__all__ = ["is_fair"]

_TWO_MINUTES = 120

_ROUND = 75
"""Seconds that Bob needs for a customer."""
_ROUNDS = 10
_LIMIT = 600
"""Longest wait behind VIPs, in seconds."""


def is_fair(fair: object) -> str:
    """9.4: filters that put VIPs first, but let nobody wait behind them for more than ten minutes; twelve Tasks."""
    if isinstance(fair, dict) and "targets" in fair:
        fair = [fair]
    if not isinstance(fair, list | tuple) or not all(isinstance(each, dict) for each in fair):
        raise NotYet(
            f"`fair` is {kind(fair)}, not a list of filters.", 'Begin with `[rule("VIP", "vip == true", …), …]`.'
        )
    own = OwnWorld.build()
    load_filters(own, "fair", fair)
    _refuse_lost(own, name_unknown_key(fair))
    served, ages = _serve_twelve(own)
    if ages[2] is None:
        raise NotYet(f"customer 2 is canceled while VIPs are served. {_LAST_TARGET}", pointer=_THEN_CANCELED)
    _refuse_unfair(fair, served, ages[2])
    _refuse_canceled(fair)
    return (
        f"Bob serves customers {', '.join(map(str, served))}. VIPs go first, and after {_span(ages[2])} customer 2 "
        "goes before them."
    )


def _refuse_lost(own: OwnWorld, unknown: str) -> None:
    """Raise ``NotYet`` if a customer isn't in a queue where Bob can be asked.

    Args:
        unknown: sentence on a key that TaskRouter ignores.
    """
    customers: tuple[tuple[str, dict[str, object]], ...] = (
        ("a VIP", {"vip": True}),
        ("a customer who isn't a VIP", {"vip": False}),
        ("a customer without the attribute `vip`", {"order": 1001}),
    )
    for name, attributes in customers:
        task = own.workspace.tasks(create_task(own, **attributes)).fetch()
        if task.assignment_status == "canceled":
            raise NotYet(
                f"no filter matches {name}, so TaskRouter cancels the Task.",
                unknown or "End the list with a filter for everyone: `1==1`.",
                pointer="Both filters are in the step “Let VIPs go first”. Start with a copy of them.",
            )
        if task.task_queue_sid != own.sids.english_queue_sid:
            raise NotYet(f"{name} waits in the Spanish queue, and Bob isn't in it.", "Use `english` as the queue.")
    for task in own.workspace.tasks.list():
        task.delete()


def _serve_twelve(own: OwnWorld) -> tuple[list[int], dict[int, int | None]]:
    """Return the customers that Bob gets, in order, and each one's age when Bob is asked, or at the end.

    Customer 1 is a VIP, and Bob is on the phone with them when customer 2 writes, who isn't one. Then a VIP writes
    each time before Bob is free again. The age of a customer who was canceled is None.
    """
    own.set_activity(own.sids.bob_sid, "Idle")
    sids = {1: create_task(own, vip=True), 2: create_task(own)}
    numbers, served, ages = {sid: number for number, sid in sids.items()}, [1], dict[int, int | None]()
    bob = own.workspace.workers(own.sids.bob_sid)
    for number in range(3, _ROUNDS + 3):
        own.advance(_ROUND)
        numbers[create_task(own, vip=True)] = number
        for offer in bob.reservations.list(reservation_status="pending"):
            offer.update(reservation_status="accepted")
            own.workspace.tasks(offer.task_sid).update(assignment_status="completed")
        for offer in bob.reservations.list(reservation_status="pending"):
            served.append(numbers[offer.task_sid])
            ages[served[-1]] = age_of(own, offer.task_sid)
    return served, {2: age_of(own, sids[2]), **ages}


def _refuse_unfair(fair: Filters, served: list[int], age: int) -> None:
    """Raise ``NotYet`` if VIPs don't go first, or customer 2 goes too early or too late."""
    if 2 not in served:
        wrong = f"customer 2 has waited {_span(age)} behind {len(served) - 1} VIPs, and Bob still isn't asked."
        raise NotYet(wrong, name_unknown_key(fair) or _say_what_is_missing(fair), pointer=_WHICH_NUMBER)
    if served.index(2) == 1:
        raise NotYet(
            "customer 3 is a VIP, and customer 2 goes first.",
            name_unknown_key(fair) or _say_why_not_first(fair),
            pointer="A VIP's target needs a priority above 0, and VIPs must match it before any other filter.",
        )
    if not _LIMIT <= age <= _LIMIT + 2 * _ROUND:
        when = f"goes before VIPs after {_span(age)} already" if age < _LIMIT else f"waits {_span(age)} behind VIPs"
        raise NotYet(
            f"customer 2 {when}, and the owner said ten minutes.",
            "Timeouts are in seconds, and they add up.",
            pointer="Ten minutes are 600 seconds. Look at the `timeout` of each target for everyone.",
        )


_WHICH_NUMBER = "VIPs have your VIP target's priority. Which target gives everyone else as much, and after how long?"


def _targets(filters: Filters) -> list[Mapping[str, Any]]:
    return [target for each in filters for target in each.get("targets") or () if isinstance(target, dict)]


def _say_what_is_missing(fair: Filters) -> str:
    """Return why customer 2 never gets ahead of a VIP."""
    targets = _targets(fair[-1:])
    if len(targets) < 2:
        return "After ten minutes, a second target has to raise the priority."
    if not any("timeout" in each for each in targets[:-1]):
        return "The second target is never reached, because the first one has no timeout."
    if not any("priority" in each for each in targets[1:]):
        return "The second target has no priority, so the Task keeps its own."
    if sum(map(_seconds, targets[:-1])) > _LIMIT:
        return "The last target comes later than after ten minutes. Timeouts are in seconds, and they add up."
    return "The last target's priority is still below a VIP's."


def _seconds(target: Mapping[str, Any]) -> int:
    return _number(target, "timeout")


def _number(target: Mapping[str, Any], key: str) -> int:
    text = str(target.get(key, 0))
    return int(text) if text.isdecimal() else 0


def _say_why_not_first(fair: Filters) -> str:
    """Return why a VIP doesn't go before others."""
    text = json.dumps(fair)
    if re.search(r"vip\s*==?\s*\\?['\"]", text):
        return 'No VIP matches your filter: the attribute is `true`, and you compare it with the text "true".'
    if str(fair[0].get("expression", "")).replace(" ", "") == TARGET_WORKERS:
        return "VIPs match the filter for everyone first. Move it down."
    if "order_by" in text:
        return "`order_by` puts Workers in order, not Tasks."
    if not any("priority" in each for each in _targets(fair[:1])):
        return "Your first target gives VIPs no priority."
    if 0 < sum(map(_seconds, _targets(fair[-1:])[:-1])) < _LIMIT:
        return "Everyone's second target begins too early. Timeouts are in seconds: ten minutes are 600."
    theirs, early = (_number(each["targets"][0], "priority") for each in (fair[0], fair[-1]))
    if early > theirs:
        return f"Everyone else has priority {early} from the start, above your VIPs."
    return "At the same priority the older Task goes first."


def _refuse_canceled(fair: Filters) -> None:
    """Raise ``NotYet`` if a customer is canceled while nobody is there, within an hour."""
    own = OwnWorld.build()
    load_filters(own, "fair", fair)
    waiting = {"a VIP": create_task(own, vip=True), "customer 2": create_task(own)}
    own.advance(3600)
    for name, sid in waiting.items():
        if age_of(own, sid) is None:
            raise NotYet(f"nobody is free for an hour, and {name} is canceled.", _LAST_TARGET, pointer=_THEN_CANCELED)


_LAST_TARGET = "The last target has a timeout: leave it out."
_THEN_CANCELED = "A Task that leaves the last target by timeout is canceled, with or without a default filter."


def _span(seconds: int) -> str:
    return f"{seconds} s" if seconds < _TWO_MINUTES else f"{seconds // 60} minutes"
