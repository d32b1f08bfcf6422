"""Day on which offers time out, and the Workers who have to be woken at its moments (exercise 8.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from helpers.emulator.display.safe_text import clip
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.engine.model.defaults import RESERVATION_TIMEOUT
from helpers.emulator.sids import is_sid
from helpers.lessons.checks.answers import join_words, read_function, spell
from helpers.lessons.checks.subjects.own_calls import call_with, refuse_other_cells
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet

__all__ = ["finds_who_to_wake"]

_TEMP = "Temp"
"""Name of the third Worker."""
_LATER_SECONDS = 130
"""Time after which an offer that was just made has timed out."""
_MOST_NAMES = 4
"""Most names that a verdict spells out; there are three Workers."""


def finds_who_to_wake(to_wake: object) -> str:
    """8.4: a function that reads from events who was moved by an unanswered offer, asked at moments of a day."""
    function = read_function("to_wake", to_wake, "events")
    refuse_other_cells("to_wake", function)
    own = OwnWorld.build()
    events: list[Any] = []
    for wanted, situation, why in _live_through_day(own):
        events = own.workspace.events.list(minutes=240)
        _compare(_ask(own, function, events), wanted, situation, why)
    if sorted(_ask(own, function, events[::-1])) != ["Alice", _TEMP]:
        raise NotYet(
            "with the same events in another order, your function returns something else.",
            "sort them by `event_date_ms` first.",
        )
    return f"your function found Alice and {_TEMP}, and left out those who went away or came back themselves."


def _ask(own: OwnWorld, function: Callable[..., Any], events: list[Any]) -> list[str]:
    """Return the names that the function returns.

    Raises:
        NotYet: it returns something else.
    """
    try:
        found = call_with(own, "to_wake", function, list(events), endless="all you need is in `events`.")
    except NotYet as stopped:
        if isinstance(stopped.__cause__, KeyError) and "worker_name" in str(stopped.__cause__):
            raise NotYet(
                "not every event has a `worker_name`: some are about the Workspace or a Task that waits.",
                "Look at its `event_type` first.",
            ) from stopped
        raise
    if found is None:
        raise NotYet("`to_wake` returned nothing.", "Add a `return`; `print` only shows a value.")
    if not isinstance(found, list | tuple | set | frozenset | dict):
        raise NotYet(f"`to_wake` returned {kind(found)}.", 'It should return a list of names, such as `["Alice"]`.')
    names = [name for name in found if isinstance(name, str)]
    if len(names) < len(found):
        other = next(each for each in found if not isinstance(each, str))
        raise NotYet(
            f"`to_wake` returned a list with {kind(other)} in it.",
            'Return names: `event.event_data["worker_name"]`.',
        )
    if any(is_sid(name, "WK") for name in names):
        raise NotYet("`to_wake` returned a SID.", 'Return names: `event.event_data["worker_name"]`.')
    return names


def _compare(names: list[str], wanted: list[str], situation: str, why: str) -> None:
    """Raise ``NotYet`` if the function's names aren't the right ones at this moment."""
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise NotYet(f"{spell(twice[0])} is in the list more than once.", "Call each Worker once.")
    if sorted(names) == wanted:
        return
    told = join_words(sorted(map(spell, names))) if names else "nobody"
    told = f"{len(names)} names" if len(names) > _MOST_NAMES else told
    right = join_words(wanted) if wanted else "nobody"
    wrong = f"when {situation}, your function returns {told}, and it should return {right}. {why}"
    raise NotYet(wrong, pointer=_point_to_events(names, wanted))


def _point_to_events(names: list[str], wanted: list[str]) -> str:
    """Return which events to compare, for the first name that is too many or is missing."""
    if missing := [name for name in wanted if name not in names]:
        return (
            f"{missing[0]}'s latest `worker.activity.update` has the same `event_date_ms` as a `reservation.timeout`."
        )
    extra = next(name for name in names if name not in wanted)
    return f"Find the latest `worker.activity.update` of {clip(extra, 40)}. No offer timed out at the same time."


def _live_through_day(own: OwnWorld) -> Iterator[tuple[list[str], str, str]]:
    """Change the world moment by moment; yield who has to be woken then, what has happened, and why."""
    sids = own.sids
    offline = sids.activity_sids["Offline"]
    own.workspace.workflows(sids.workflow_sid).update(task_reservation_timeout=RESERVATION_TIMEOUT)
    temp = own.workspace.workers.create(friendly_name=_TEMP, attributes='{"languages": ["en"]}').sid
    own.set_activity(sids.alice_sid, "Idle")
    yield [], "nobody has been offered a customer yet", "Bob is Offline because he hasn't started to work."
    own.create_task('{"selected_language": "es"}')
    [offer] = own.workspace.workers(sids.alice_sid).reservations.list()
    offer.update(reservation_status="rejected", worker_activity_sid=offline)
    yield [], "Alice has rejected an offer and gone Offline", "A rejected offer is answered."
    own.set_activity(sids.alice_sid, "Idle")
    own.advance(_LATER_SECONDS)
    yield ["Alice"], "Alice has let an offer time out", "TaskRouter moved her in the second of the timeout."
    own.set_activity(sids.alice_sid, "Idle")
    yield [], "Alice has let an offer time out and is Idle again", "She is back."
    own.advance(_LATER_SECONDS)
    yield ["Alice"], "Alice has let a second offer time out", "Her latest change of Activity is again a timeout."
    own.set_activity(sids.bob_sid, "Idle")
    own.create_task('{"selected_language": "en"}')
    own.advance(_LATER_SECONDS)
    own.set_activity(sids.bob_sid, "Available")
    own.workspace.workers(sids.bob_sid).update(activity_sid=offline, reject_pending_reservations=True)
    yield ["Alice"], "Bob has let an offer time out, come back and gone home", "Bob set himself Offline."
    own.set_activity(temp, "Idle")
    own.advance(_LATER_SECONDS)
    yield ["Alice", _TEMP], f"first Alice and then {_TEMP} have let an offer time out", "There are two."
