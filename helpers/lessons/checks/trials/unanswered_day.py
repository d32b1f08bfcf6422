"""Day on which offers time out: three Workers who are moved away, come back, or leave themselves."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.emulator.engine.model.defaults import RESERVATION_TIMEOUT
from helpers.lessons.checks.subjects.own_world import OwnWorld

__all__ = ["TEMP", "live_through_day"]

TEMP = "Temp"
"""Name of the third Worker."""
_LATER_SECONDS = 130
"""Time after which an offer that was just made has timed out."""


def live_through_day(own: OwnWorld) -> Iterator[tuple[list[str], str, str]]:
    """Change the world moment by moment; yield who has to be woken then, what has happened, and why."""
    sids = own.sids
    offline = sids.activity_sids["Offline"]
    own.workspace.workflows(sids.workflow_sid).update(task_reservation_timeout=RESERVATION_TIMEOUT)
    temp = own.workspace.workers.create(friendly_name=TEMP, attributes='{"languages": ["en"]}').sid
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
    yield ["Alice", TEMP], f"first Alice and then {TEMP} have let an offer time out", "There are two."
