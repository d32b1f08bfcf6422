"""Lesson 4: from the callback to the Reservation, and who comes next."""

from __future__ import annotations

import ast
import builtins
import re
from typing import Any

from twilio.base.instance_resource import InstanceResource

from helpers.connection import connect
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.sdk.sdk_reading import sid_of
from helpers.emulator.sids import is_sid
from helpers.lessons.cell_runs import history
from helpers.lessons.checks.answers import normalize, read_text, spell
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.lesson_steps import find_names
from helpers.lessons.story import workspace_of
from helpers.predictions.prediction import Prediction

__all__ = ["CHECKS"]

_GIVEN = {"client", "callback", "sent", "json"}
"""Names that an application has when the callback arrives."""


def reservation_from_callback(from_callback: Any) -> str:
    """4.1: the Reservation of the callback, fetched."""
    if not isinstance(from_callback, InstanceResource) or not hasattr(from_callback, "reservation_status"):
        raise NotYet(*_instead(from_callback))
    client = connect().make_onlooker()
    world = find_world(client)
    reservations = workspace_of(client, world).workers(world.alice_sid).reservations.list()
    if from_callback.sid not in [reservation.sid for reservation in reservations]:
        raise NotYet("this Reservation isn't Alice's.", "take the SIDs from `callback.parameters`.")
    _refuse_other_sources()
    return f"it is {from_callback.worker_name}'s, and it is {from_callback.reservation_status}."


def predicts_the_next(who_next: object) -> str:
    """4.2: the Worker that is reserved when Alice's capacity is used up."""
    if isinstance(who_next, Prediction):
        raise NotYet("this is what `predict` returned; this exercise needs text.", '"Alice", "Bob" or "nobody".')
    answer = _read_name(who_next)
    if answer == "bob":
        return "Alice is available, but her capacity is used up by the pending Reservation. So it is Bob."
    if answer == "alice":
        raise NotYet(
            "Alice is in the queue and available, but a pending Reservation uses her only place.",
            "who else is in the English queue, and has room?",
        )
    if answer in ("nobody", "none", "no one", "noone"):
        raise NotYet("somebody is.", "Bob is Idle, in the English queue, and has nothing to do.")
    if {"alice", "bob"} <= set(re.findall(r"\w+", answer)) or answer == "both":
        raise NotYet(
            f"{spell(who_next)} is not one name; here TaskRouter offers a Task to one Worker.",
            "which of them has room?",
        )
    raise NotYet(f"{spell(who_next)} is none of the three.", '"Alice", "Bob" or "nobody".')


def _read_name(who_next: object) -> str:
    """Return the answer as a name; it can also be a Worker of the SDK or a Worker's SID."""
    if who_next is None:
        return "nobody"
    if isinstance(who_next, list | tuple) and len(who_next) > 1:
        return normalize(" ".join(map(str, who_next)))
    if isinstance(who_next, list | tuple) and not who_next:
        return "nobody"
    named = getattr(who_next, "friendly_name", who_next)
    said = read_text("who_next", named, '"Alice"')
    if is_sid(said, "WK"):
        client = connect().make_onlooker()
        workers = workspace_of(client, find_world(client)).workers.list()
        return normalize(next((each.friendly_name for each in workers if each.sid == said), said))
    return normalize(said)


def _instead(answer: Any) -> tuple[str, str]:
    """Return what the answer is, and the next step from there."""
    sid = answer if isinstance(answer, str) else sid_of(answer) or ""
    end = "end with `.reservations(...).fetch()`."
    if isinstance(answer, str):
        if is_sid(sid, "WR"):
            return "this is the Reservation's SID.", "fetch it: `.tasks(...).reservations(...).fetch()`."
        if is_sid(sid, "WT"):
            return "this is the Task's SID.", "go on with `.reservations(...)`, and the parameter ReservationSid."
        return (
            f"{spell(answer)} is text, not a Reservation.",
            f"begin with `client.taskrouter.v1.workspaces(...)`, {end}",
        )
    if sid.startswith("WR"):
        return "this only says where the Reservation is; nothing has been read yet.", "end with `.fetch()`."
    if sid.startswith("WT"):
        return f"this is {kind(answer)}.", "go on with `.reservations(...)`, and the parameter ReservationSid."
    if isinstance(answer, list):
        held = f"a list of {len(answer)}" if answer else "an empty list"
        return f"this is {held}, not a Reservation.", '`.reservations(sent["ReservationSid"]).fetch()` reads the one.'
    if callable(answer) and getattr(answer, "__name__", "") == "fetch":
        return "this is the method `fetch`, not what it returns.", "parentheses call it: `.fetch()`."
    if hasattr(answer, "parameters"):
        return "this is the callback itself.", f"its parameters hold the SIDs; {end}"
    return f"this is {kind(answer)}, not a Reservation.", end


def _refuse_other_sources() -> None:
    """Raise ``NotYet`` if the cell with the answer uses more than the callback's parameters, by its text."""
    source = next((run.source for run in reversed(history()) if "from_callback" in find_names(run.source)), "")
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    others = sorted(loaded - find_names(source) - _GIVEN - set(vars(builtins)))
    if others:
        raise NotYet(
            f"it's the right Reservation, but your cell also uses `{others[0]}`, from another cell.",
            "in production there is nothing but the parameters: use `sent` alone.",
        )
    if typed := re.search(r"\bW[A-Z][0-9a-f]{32}\b", source):
        raise NotYet(
            f"it's the right Reservation, but the SID {typed[0][:6]}… was typed by hand.",
            "the next callback has other SIDs: take them from `sent`.",
        )


CHECKS = {"4.1": reservation_from_callback, "4.2": predicts_the_next}
