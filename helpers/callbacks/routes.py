"""Routes of the listener: their paths, methods and functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpers.callbacks.create_task import TaskMaker, create_task
from helpers.callbacks.decision import LATER, Decision, ask
from helpers.ground.message import Parameters, Reply, Request, refusal

__all__ = ["ASSIGNMENT", "CREATE_TASK", "EVENTS", "HOME", "Route", "Routes", "refuse_misplaced"]

ASSIGNMENT, CREATE_TASK, EVENTS, HOME = "/assignment_callback", "/create_task", "/events", "/"

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Callback listener</title></head><body>
<h1>The callback listener is running</h1>
<p>TaskRouter calls it. What arrives is in the notebook's inbox.</p>
<ul>
<li><code>/assignment_callback</code>: TaskRouter asks here what to do with a Reservation</li>
<li><code>/events</code>: TaskRouter tells here what happened in the Workspace</li>
<li><a href="/create_task"><code>/create_task</code></a>: creates a Spanish Task</li>
</ul></body></html>
"""


_RIGHT_URL = {
    ASSIGNMENT: "This is an assignment callback. Set the Workflow's assignment_callback_url to "
    "`listener.assignment_url`.",
    EVENTS: "This is an event. Set the Workspace's event_callback_url to `listener.events_url`.",
}


@dataclass(frozen=True, slots=True)
class Route:
    """Methods of one path, those of them that Twilio signs, and the function that answers."""

    methods: tuple[str, ...]
    answer: Callable[[Request, Parameters], Reply]
    signed: tuple[str, ...] = ()


class Routes:
    """Table of routes, and the learner's settings for them."""

    def __init__(self) -> None:
        self.decision: Decision | None = None
        self.task_maker: TaskMaker | None = None
        self.settle: Callable[[], object] | None = None
        """Function that waits until earlier callbacks have been answered."""
        self._deciding: list[Parameters] = []
        self._table = {
            HOME: Route(("GET",), self._home),
            ASSIGNMENT: Route(("GET", "POST"), self._assignment, signed=("POST",)),
            CREATE_TASK: Route(("GET", "POST"), self._create_task),
            EVENTS: Route(("POST",), self._event, signed=("POST",)),
        }

    def find(self, request: Request) -> Route | Reply:
        """Return the route for ``request``, or a refusal that lists the paths or methods there are."""
        route = self._table.get(request.path)
        if route is None:
            return refusal(404, f"There's no route {request.path}. The routes are {', '.join(self._table)}.")
        if request.method not in route.methods:
            allowed = ", ".join(route.methods)
            return refusal(405, f"{request.path} accepts {allowed}, not {request.method}.", allow=allowed)
        return route

    def are_signed(self, request: Request) -> bool:
        """Return True if Twilio signs requests with this path and method."""
        route = self._table.get(request.path)
        return route is not None and request.method in route.signed

    def _home(self, request: Request, parameters: Parameters) -> Reply:
        return Reply(200, _PAGE.encode(), "text/html; charset=utf-8")

    def _assignment(self, request: Request, parameters: Parameters) -> Reply:
        # A GET comes from a browser, unsigned, so it decides nothing.
        if self.decision is None or request.method == "GET":
            return LATER
        self._deciding.append(parameters)
        try:
            return ask(self.decision, parameters)
        finally:
            self._deciding.pop()

    def _create_task(self, request: Request, parameters: Parameters) -> Reply:
        # A decision function can send this request, and would then wait for itself.
        settle = None if self._deciding else self.settle
        return create_task(self.task_maker, request, parameters, settle)

    def _event(self, request: Request, parameters: Parameters) -> Reply:
        return Reply(204)


def refuse_misplaced(path: str, parameters: Parameters) -> Reply | None:
    """Return a refusal for a callback of TaskRouter that was sent to the wrong route, else None.

    If ``/create_task`` got the events, each Task would cause events, and so more Tasks, without end.
    """
    callback = EVENTS if "EventType" in parameters else ASSIGNMENT if "ReservationSid" in parameters else None
    if callback is None or path in (callback, HOME):
        return None
    return refusal(400, f"{_RIGHT_URL[callback]} It came to {path}.")
