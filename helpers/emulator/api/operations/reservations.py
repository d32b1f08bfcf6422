"""Reservations, below their Task and below their Worker: fetch, list, update.

Both paths do the same; only the URLs differ (reference 3.2), and ``supervise`` needs the Task's path.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from ...engine.commands import reservations
from ...engine.model.refusals import Invalid
from ...engine.model.resources import Reservation
from ..formatters import task_json
from ..formatters.resource_json import Body
from ..lists.filters import equal, filter_all
from ..lists.paging import PAGING, UnindexedListing, list_page
from ..operation import Call, Operation, Result
from ..parameters.convertors import sid
from ..parameters.parameters import Parameter, Parameters, filter_by
from ..parameters.reservation_update import RESERVATION_STATUS, RESERVATION_UPDATE, SUPERVISE

if TYPE_CHECKING:
    from ...clock import Millis
    from ...engine.state import WorkspaceState

__all__ = ["OPERATIONS"]

_FILTERS = {"reservation_status": equal("reservation_status"), "worker_sid": equal("worker_sid")}


class _Path(msgspec.Struct, frozen=True):
    """One of the two paths to Reservations. ``parent`` is ``Task`` or ``Worker``."""

    parent: str
    wire: Callable[[WorkspaceState, Reservation], Body]
    filters: tuple[Parameter, ...]
    update_parameters: tuple[Parameter, ...]

    def operations(self) -> tuple[Operation, ...]:
        path = f"/v1/Workspaces/{{WorkspaceSid}}/{self.parent}s/{{{self.parent}Sid}}/Reservations"
        one = f"{path}/{{Sid}}"
        found, changed = Parameters(*self.filters, *PAGING), Parameters(*self.update_parameters)
        return (
            Operation(f"List{self.parent}Reservation", "GET", path, self.list, found, "reservation", "reservations"),
            Operation(f"Fetch{self.parent}Reservation", "GET", one, self.fetch, returns="reservation"),
            Operation(
                f"Update{self.parent}Reservation",
                "POST",
                one,
                self.update,
                changed,
                "reservation",
                takes_if_match=True,
            ),
        )

    def list(self, call: Call) -> Result:
        state = call.read()
        if self.parent == "Task":
            of_parent = state.reservations_of_task(call.find(state.tasks, "TaskSid").sid)
        else:
            of_parent = state.reservations_of_worker(call.find(state.workers, "WorkerSid").sid)
        found = UnindexedListing(filter_all(call, state, of_parent, _FILTERS))
        return list_page(call, "reservations", found, lambda each: self.wire(state, each))

    def fetch(self, call: Call) -> Result:
        state = call.read()
        return self._answer(state, reservations.find(state, call.sid, **self._parent(call)), call.now)

    def update(self, call: Call) -> Result:
        if self.parent == "Worker" and call.values.get("instruction") == "supervise":
            raise Invalid("Instruction supervise is allowed below a Task only: /Tasks/{TaskSid}/Reservations/{Sid}")
        parent = self._parent(call)
        return call.write(self._answer, reservations.update, call.sid, call.values, **parent, if_match=call.if_match)

    def _parent(self, call: Call) -> dict[str, str]:
        """Return the SID of the Task or Worker as an argument of the engine: ``task_sid`` or ``worker_sid``."""
        return {f"{self.parent.lower()}_sid": call.sids[f"{self.parent}Sid"]}

    def _answer(self, state: WorkspaceState, reservation: Reservation, now: Millis) -> Result:
        return Result(self.wire(state, reservation), reservation.version)


_BY_STATUS = filter_by("ReservationStatus", RESERVATION_STATUS)

OPERATIONS = (
    *_Path(
        "Task",
        task_json.reservation_of_task,
        (_BY_STATUS, filter_by("WorkerSid", sid("WK"))),
        (*RESERVATION_UPDATE, *SUPERVISE),
    ).operations(),
    *_Path("Worker", task_json.reservation_of_worker, (_BY_STATUS,), RESERVATION_UPDATE).operations(),
)
