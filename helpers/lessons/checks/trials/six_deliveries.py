"""Six deliveries to a learner's handler, each another trouble, in a world that nobody else sees."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from twilio.request_validator import RequestValidator

from helpers.lessons.checks.answers import call, spell
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet

__all__ = ["SixDeliveries"]

_PUBLIC_URL = "https://shop.example/assignment_callback"
_INNER_URL = "http://127.0.0.1:5000/assignment_callback"
"""The same route, as the application sees it behind its proxy."""

_LONGER_THAN_AN_OFFER = 1201


@dataclass(frozen=True)
class DeliveredRequest:
    """Request as the handler gets it."""

    url: str
    form: dict[str, str]
    signature: str


@dataclass
class HandlersShop:
    """Shop as the handler uses it."""

    workspace: Any
    auth_token: str = field(repr=False)
    public_url: str = _PUBLIC_URL
    seen: set[str] = field(default_factory=set)
    emails: list[str] = field(default_factory=list)

    def is_signed(self, url: str, form: dict[str, str], signature: str) -> bool:
        """Return True if the signature is that of this URL and form."""
        return bool(RequestValidator(self.auth_token).validate(url, form, signature))

    def send_email(self, task_sid: str) -> None:
        """Send the customer of this Task an email."""
        self.emails.append(task_sid)


class SixDeliveries:
    """Deliveries in their order: a good one, its copy, a forged one, a late one, a new offer, one of a lost Task."""

    def __init__(self, handle: Callable[..., Any]) -> None:
        self._handle = handle
        self._own = OwnWorld.build()
        self._shop = HandlersShop(self._own.workspace, self._own.emulator.auth_token)
        self._sent: list[str] = []
        """SIDs of the Tasks whose customers have to have an email by now."""

    def play(self) -> None:
        """Play them.

        Raises:
            NotYet: the handler does the wrong thing with one; the text names the first.
        """
        self._set_idle()
        first = self._create()
        offer = self._offer_of(first)
        self._deliver_good(offer)
        self._deliver_copy(offer)
        self._own.workspace.tasks(first).update(assignment_status="completed")
        second = self._create()
        offer = self._offer_of(second)
        self._deliver_forged(offer)
        self._own.advance(_LONGER_THAN_AN_OFFER)
        self._deliver_late(offer)
        self._set_idle()
        self._deliver_new_offer(self._offer_of(second))
        self._own.workspace.tasks(second).update(assignment_status="completed")
        third = self._create()
        offer = self._offer_of(third)
        self._own.workspace.tasks(third).delete()
        self._deliver_lost(offer)

    def _deliver_good(self, offer: dict[str, str]) -> None:
        status, body = self._deliver(1, "a good one", offer)
        if status in (401, 403):
            raise NotYet(
                "Delivery 1 is signed by TaskRouter, and you refused it.",
                "TaskRouter signed the URL that it called, `shop.public_url`. `request.url` is what the proxy made of "
                "it.",
            )
        _expect_reply(1, status, body)
        if not self._is_accepted(offer):
            raise NotYet(
                "After delivery 1 the Reservation is still pending.", "Accept it: `accept(shop.workspace, sent)`."
            )
        if body.get("instruction"):
            raise NotYet(
                "Delivery 1: you accepted by a request, and your reply has an instruction, too.",
                "One of them is enough. Reply with `{}`.",
            )
        self._sent.append(offer["TaskSid"])
        if self._shop.emails != self._sent:
            raise NotYet(
                f"After delivery 1 the customer has {len(self._shop.emails)} emails, and should have one.",
                "Send one email if `accept` returned a Reservation.",
            )

    def _deliver_copy(self, offer: dict[str, str]) -> None:
        status, body = self._deliver(2, "a copy of delivery 1", offer)
        if self._shop.emails != self._sent:
            raise NotYet(
                "Delivery 2 is a copy of delivery 1, and your handler sent a second email.",
                "Keep the `ReservationSid` of each handled offer in `shop.seen`, and look there first.",
            )
        _expect_reply(2, status, body)

    def _deliver_forged(self, offer: dict[str, str]) -> None:
        status, _ = self._deliver(3, "a forged one", offer, signature="Zm9yZ2Vk")
        if self._is_accepted(offer):
            raise NotYet(
                "Delivery 3 wasn't signed by TaskRouter, and your handler accepted the offer.",
                "Check the signature before everything else.",
            )
        if self._shop.emails != self._sent:
            raise NotYet(
                "Delivery 3 wasn't signed by TaskRouter, and your handler sent an email for it.",
                "Check the signature before everything else.",
            )
        if status not in (401, 403):
            raise NotYet(
                f"Delivery 3 wasn't signed by TaskRouter, and you replied with status {status}.",
                "Reply `{}, 403` to a request that isn't signed.",
            )
        if offer["ReservationSid"] in self._shop.seen:
            raise NotYet(
                "Delivery 3 wasn't signed by TaskRouter, and its `ReservationSid` is in `shop.seen` now.",
                "Then the real one counts as a copy. Check the signature first.",
            )

    def _deliver_late(self, offer: dict[str, str]) -> None:
        status, body = self._deliver(4, "one that comes after the offer timed out", offer)
        if self._shop.emails != self._sent:
            raise NotYet(
                "Delivery 4 came after its offer had timed out: TaskRouter refused your accept, and you sent an email.",
                "Read what `accept` returns: None means that TaskRouter refused.",
            )
        _expect_reply(4, status, body)

    def _deliver_new_offer(self, offer: dict[str, str]) -> None:
        status, body = self._deliver(5, "a second offer of the same Task", offer)
        _expect_reply(5, status, body)
        if not self._is_accepted(offer):
            raise NotYet(
                "Delivery 5 is a new offer of the Task of delivery 4, and your handler didn't accept it.",
                "A second offer of the same Task isn't a copy: compare `ReservationSid`, not `TaskSid`.",
            )
        self._sent.append(offer["TaskSid"])
        if self._shop.emails != self._sent:
            raise NotYet("Delivery 5 was accepted, and its customer got no email.", "Each accepted offer gets one.")

    def _deliver_lost(self, offer: dict[str, str]) -> None:
        status, body = self._deliver(6, "one whose Task was deleted", offer)
        if self._shop.emails != self._sent:
            raise NotYet(
                "Delivery 6 is about a Task that was deleted, and your handler sent an email.",
                "Read what `accept` returns: None means that TaskRouter refused.",
            )
        _expect_reply(6, status, body)

    def _deliver(self, number: int, what: str, form: dict[str, str], *, signature: str = "") -> tuple[int, Any]:
        """Call the handler with a delivery; return status and body of its reply."""
        signed = RequestValidator(self._own.emulator.auth_token).compute_signature(_PUBLIC_URL, form)
        request = DeliveredRequest(_INNER_URL, dict(form), signature or signed)
        case = f"at delivery {number}, {what}, "
        reply = call("handle", self._handle, request, self._shop, case=case, needs_result=True)
        body, status = reply if isinstance(reply, tuple) and len(reply) == 2 else (reply, 200)
        if type(status) is not int:
            raise NotYet(
                f"{case}`handle` returned {spell(reply)}.", "Return a dictionary and a status: `return {}, 200`."
            )
        return status, body

    def _create(self) -> str:
        attributes = json.dumps({"selected_language": "es"})
        created = self._own.workspace.tasks.create(attributes=attributes, workflow_sid=self._own.sids.workflow_sid)
        return str(created.sid)

    def _offer_of(self, task_sid: str) -> dict[str, str]:
        """Return the parameters that a handler needs of the pending Reservation of this Task."""
        [reservation] = self._own.workspace.tasks(task_sid).reservations.list(reservation_status="pending")
        return {
            "AccountSid": self._own.emulator.account_sid,
            "WorkspaceSid": self._own.sids.workspace_sid,
            "TaskSid": task_sid,
            "WorkerSid": str(reservation.worker_sid),
            "ReservationSid": str(reservation.sid),
        }

    def _is_accepted(self, offer: dict[str, str]) -> bool:
        reservations = self._own.workspace.tasks(offer["TaskSid"]).reservations
        return bool(reservations(offer["ReservationSid"]).fetch().reservation_status == "accepted")

    def _set_idle(self) -> None:
        self._own.set_activity(self._own.sids.alice_sid, "Idle")


def _expect_reply(number: int, status: int, body: Any) -> None:
    """Check that TaskRouter would take the reply.

    Raises:
        NotYet: it wouldn't, or leaves an alert.
    """
    if status not in (200, 204):
        raise NotYet(
            f"Delivery {number}: you replied with status {status}.",
            "TaskRouter counts that as a failed callback. Reply with status 200, even if there is nothing to do.",
        )
    if isinstance(body, str) and body:
        raise NotYet(
            f"Delivery {number}: you replied with text, {spell(body)}, which is sent as text/html: alert 40000.",
            "Return a dictionary: `{}`.",
        )
    if not isinstance(body, dict):
        raise NotYet(f"Delivery {number}: the body of your reply is {spell(body)}.", "Return a dictionary: `{}`.")
    if body and "instruction" not in body:
        raise NotYet(
            f"Delivery {number}: your reply {spell(body)} has no instruction: alert 40005.",
            "Return `{}`: you accept by a request.",
        )
