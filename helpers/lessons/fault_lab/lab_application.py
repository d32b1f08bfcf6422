"""Application of the shop in the fault lab: it answers callbacks at a door, and keeps an inbox and a log."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from twilio.request_validator import RequestValidator

from helpers.callbacks import signature
from helpers.callbacks.inbox import Inbox, Received
from helpers.callbacks.inbox.intake import Intake, Judgement, read_parameters
from helpers.ground.message import Reply, Request, header, json_reply, refusal

__all__ = ["ASSIGNMENT", "EVENTS", "Answer", "LabApplication", "Shop", "ShopCall"]

ASSIGNMENT, EVENTS = "/assignment_callback", "/events"
"""Paths of the application."""

Answer = tuple[int, dict[str, str] | None]
"""Status and body of a reply; None is an empty body."""


@dataclass(frozen=True)
class ShopCall:
    """Callback as the application's functions get it."""

    url: str
    """URL at which it arrived."""
    signature: str
    sent: Mapping[str, Any]
    """Its parameters."""

    @property
    def order(self) -> int:
        """Number of the order that the Task is about."""
        return int(json.loads(self.sent["TaskAttributes"])["order"])

    @property
    def reservation_sid(self) -> str:
        """SID of the Reservation."""
        return str(self.sent["ReservationSid"])

    @property
    def event(self) -> tuple[int, str]:
        """Time of the event in epoch milliseconds, and its type."""
        return int(self.sent["TimestampMs"]), str(self.sent["EventType"])


class Shop:
    """Shop as the application uses it: its log, its emails, and the screen with the open orders."""

    def __init__(self, auth_token: str) -> None:
        self._auth_token = auth_token
        self.log: list[str] = []
        self.handled: set[str] = set()
        """SIDs of the Reservations that were handled."""
        self.prices: dict[int, float] = {}
        self.screen: dict[int, tuple[int, str]] = {}
        """By order: time and type of the event that the screen shows."""

    def write(self, order: int, line: str) -> None:
        """Write a line about an order to the log."""
        self.log.append(f"order {order}: {line}")

    def is_signed(self, call: ShopCall, url: str) -> bool:
        """Return True if the account signed the call for this ``url``."""
        return bool(RequestValidator(self._auth_token).validate(url, dict(call.sent), call.signature))

    def email_once(self, call: ShopCall) -> None:
        """Email the customer that somebody takes care of the order, once for each Reservation."""
        if call.reservation_sid not in self.handled:
            self.handled.add(call.reservation_sid)
            self.email(call)

    def email(self, call: ShopCall) -> None:
        """Email the customer that somebody takes care of the order."""
        self.write(call.order, "email sent to the customer")

    def show(self, call: ShopCall) -> None:
        """Show an event on the screen, and write it to the log."""
        self.screen[call.order] = call.event
        self.write(call.order, f"the screen shows {call.event[1]}")

    def show_newest(self, call: ShopCall) -> None:
        """Show an event on the screen unless a later one is there."""
        if call.event > self.screen.get(call.order, (0, "")):
            self.show(call)


class LabApplication:
    """Receiver of the callbacks at a door, with the two functions of one application.

    Args:
        on_assignment: answers an assignment callback.
        on_event: takes an event.
    """

    server_name = "Shop"

    def __init__(
        self,
        auth_token: str,
        on_assignment: Callable[[ShopCall, Shop], Answer],
        on_event: Callable[[ShopCall, Shop], None],
    ) -> None:
        self.inbox = Inbox("Shop's app")
        self.shop = Shop(auth_token)
        self._intake = Intake(self.inbox)
        self._auth_token = auth_token
        self._on_assignment = on_assignment
        self._on_event = on_event

    def answer(self, request: Request) -> tuple[Reply, Received]:
        """Answer ``request``, and put it into the inbox."""
        return self._intake.take(request, self._judge)

    def turn_away(self, request: Request, reply: Reply) -> Reply:
        """Put a request that didn't arrive in full into the inbox, with its refusal."""
        self._intake.take_part(request, reply)
        return reply

    def _judge(self, request: Request) -> Judgement:
        parameters = read_parameters(request)
        verdict = signature.check(request, self._auth_token)
        url = f"http://{header(request.headers, 'Host')}{request.target}"
        call = ShopCall(url, header(request.headers, signature.HEADER), parameters)
        return Judgement(self._reply(request.path, call), verdict, parameters)

    def _reply(self, path: str, call: ShopCall) -> Reply:
        if path not in (ASSIGNMENT, EVENTS):
            return refusal(404, f"There's no route {path}.")
        try:
            if path == EVENTS:
                self._on_event(call, self.shop)
                return Reply(204)
            status, body = self._on_assignment(call, self.shop)
        except Exception as error:  # as a framework does: status 500, and the error in the log
            self.shop.log.append(f"{type(error).__name__}: {error}")
            return json_reply(500, {"message": "Internal Server Error"})
        return Reply(status) if body is None else json_reply(status, body)
