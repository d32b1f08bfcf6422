"""Minute of the lab: an application is deployed, a customer asks for help, and a minute of lesson time passes."""

from __future__ import annotations

import json
from typing import Any

from twilio.base.exceptions import TwilioRestException

from helpers.emulator.engine.model.statuses import HELD, WAITING
from helpers.emulator.sdk.http_client import EmulatorGone
from helpers.emulator.sdk.sdk_reading import fetch_or_none
from helpers.lessons.fault_lab.applications import APPLICATIONS, Deployment
from helpers.lessons.fault_lab.lab_application import ASSIGNMENT, EVENTS, LabApplication
from helpers.lessons.fault_lab.lab_world import LabWorld

__all__ = ["FIRST_ORDER", "Minute"]

FIRST_ORDER = 1001

_OFFER_SECONDS = 30
"""Time limit of an offer in the lab."""
_TALK_SECONDS = 20
"""Time from the Task to its completion, if Alice has it."""
_MINUTE_SECONDS = 60
_EVENTS = "reservation.accepted,task.completed"
"""Events that the application shows on its screen."""


class Minute:
    """One application in one world: deployed, used by one customer, and taken back.

    Args:
        number: of the application.
        order: the customer's.
        fallback_url: where TaskRouter asks if the application fails; an empty text for nowhere.
    """

    def __init__(self, world: LabWorld, number: int, order: int = FIRST_ORDER, fallback_url: str = "") -> None:
        self.number = number
        self._world = world
        self._order = order
        self._fallback_url = fallback_url
        self._deployed: Deployment = APPLICATIONS[number]
        self.app = LabApplication(world.emulator.auth_token, self._deployed.on_assignment, self._deployed.on_event)
        self._door = world.open_door(self.app)
        self._workflow = world.workspace.workflows(world.sids.workflow_sid)
        self._before = self._read_settings()
        self._last_alert = max((alert.number for alert in world.emulator.alerts()), default=0)
        self._last_delivery = max((each.number for each in world.emulator.deliveries()), default=0)
        self.task: Any = None
        """The customer's Task, as TaskRouter returned it."""

    def play(self) -> None:
        """Let the customer ask for help, and a minute pass."""
        self._clear_desk()
        self._lead_callbacks()
        for fault in self._deployed.faults:
            self._world.emulator.add_fault(**fault)
        attributes = json.dumps({"selected_language": "es", "order": self._order})
        self.task = self._world.workspace.tasks.create(
            attributes=attributes, workflow_sid=self._world.sids.workflow_sid
        )
        begun = self._now()
        self._advance_to(begun, _TALK_SECONDS)
        self._end_talk()
        if self._deployed.accepts_after:
            self._advance_to(begun, self._deployed.accepts_after)
            self._accept()
        self._advance_to(begun, _MINUTE_SECONDS)

    def alerts(self) -> list[Any]:
        """Return the alerts since it was deployed."""
        sid = self._world.sids.workspace_sid
        return list(self._world.emulator.alerts(sid, after=self._last_alert))

    def deliveries(self) -> list[Any]:
        """Return the callbacks that TaskRouter sent since then, with what came back."""
        sid = self._world.sids.workspace_sid
        return list(self._world.emulator.deliveries(sid, after=self._last_delivery))

    def end(self) -> None:
        """Take the application away, and put the settings back as they were, if the Workspace is still there."""
        workflow, workspace = self._before
        try:
            if self._is_there():
                self._clear_desk()
                self._workflow.update(**workflow)
                self._world.workspace.update(**workspace)
        except EmulatorGone:  # with it, everything is as before
            pass
        finally:
            self._door.close()

    def _is_there(self) -> bool:
        """Return False if the Workspace was deleted, also if there is a new one with its SID: that has no such Task."""
        workspace = self._world.workspace
        if fetch_or_none(workspace) is None:
            return False
        return self.task is None or bool(workspace.events.list(task_sid=self.task.sid, limit=1))

    def _read_settings(self) -> tuple[dict[str, Any], dict[str, Any]]:
        workflow, workspace = self._workflow.fetch(), self._world.workspace.fetch()
        return (
            {
                "assignment_callback_url": workflow.assignment_callback_url or "",
                "fallback_assignment_callback_url": workflow.fallback_assignment_callback_url or "",
                "task_reservation_timeout": workflow.task_reservation_timeout,
            },
            {
                "event_callback_url": workspace.event_callback_url or "",
                "events_filter": workspace.events_filter or "",
            },
        )

    def _clear_desk(self) -> None:
        """End open Tasks and faults, and set Alice Idle and Bob Offline."""
        world, activities = self._world, self._world.sids.activity_sids
        world.emulator.clear_faults()
        for task in world.workspace.tasks.list():
            if task.assignment_status in HELD:
                task.update(assignment_status="completed", reason="the lab starts over")
            elif task.assignment_status in WAITING:
                task.update(assignment_status="canceled", reason="the lab starts over")
        world.workspace.workers(world.sids.alice_sid).update(activity_sid=activities["Idle"])
        world.workspace.workers(world.sids.bob_sid).update(activity_sid=activities["Offline"])

    def _lead_callbacks(self) -> None:
        """Set the URLs of the application; a stale one leads to a port that nobody answers at."""
        here = f"http://127.0.0.1:{self._door.port}"
        if not self._deployed.is_reachable:
            self._door.close()
        self._workflow.update(
            assignment_callback_url=here + ASSIGNMENT,
            fallback_assignment_callback_url=self._fallback_url,
            task_reservation_timeout=_OFFER_SECONDS,
        )
        self._world.workspace.update(event_callback_url=here + EVENTS, events_filter=_EVENTS)

    def _end_talk(self) -> None:
        """Complete the Task, as Alice does, if she has it."""
        task = self._world.workspace.tasks(self.task.sid).fetch()
        if task.assignment_status == "assigned":
            task.update(assignment_status="completed", reason="answered")

    def _accept(self) -> None:
        """Accept by a request, as the application does late, and write to the log how TaskRouter responds."""
        shop = self.app.shop
        [received] = self.app.inbox.select(path=ASSIGNMENT)
        reservation = self._world.workspace.tasks(self.task.sid).reservations(received.parameters["ReservationSid"])
        try:
            reservation.update(reservation_status="accepted")
            shop.write(self._order, "accepted")
        except TwilioRestException as error:
            shop.write(self._order, f"tried to accept, and TaskRouter returned an error: status {error.status}")

    def _now(self) -> int:
        return self._world.emulator.look(lambda emulator: emulator.clock.now())

    def _advance_to(self, begun: int, seconds: int) -> None:
        """Advance the clock to so many seconds after the Task, if it isn't later already."""
        self._world.advance(max(0, begun + seconds * 1000 - self._now()) / 1000)
