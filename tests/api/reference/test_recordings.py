"""What recordings and programs of 2016 to 2026 show, where the documentation says less, or otherwise."""

from __future__ import annotations

import json
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.api.reference.desk import Desk

UNKNOWN = {prefix: prefix + "0" * 31 + "9" for prefix in ("WA", "WK", "WQ", "WR", "WT", "WW")}


def refused(call: Any, *args: Any, **given: Any) -> tuple[int, int, str]:
    """Status, code and message of a call that must fail."""
    with pytest.raises(TwilioRestException) as caught:
        call(*args, **given)
    return caught.value.status, caught.value.code, caught.value.msg.partition(": ")[2]


# -- texts -------------------------------------------------------------------------------------


@pytest.mark.reference("10c")
@pytest.mark.parametrize(
    "path",
    ["Tasks/{WT}", "Workers/{WK}/Reservations/{WR}", "Workers/{WK}/Channels/voice", "TaskChannels/fax", "Nothing/here"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_not_found_names_the_path_without_the_version(desk: Desk, method: str, path: str) -> None:
    """Whatever is missing, and whichever way it was asked for."""
    url = f"{desk.workspace.fetch().url}/{path.format(**UNKNOWN)}"
    auth = (desk.emulator.account_sid, desk.emulator.auth_token)
    answer = desk.emulator.http_client.request(method, url, auth=auth)

    if answer.status_code != 405:
        below = url.partition("/v1")[2]
        assert json.loads(answer.text)["message"] == f"The requested resource {below} was not found"
        assert answer.status_code == 404


@pytest.mark.reference("3.1m")
@pytest.mark.parametrize(
    ("accepted", "status", "text"),
    [
        (False, "completed", "Cannot complete {} because it is not currently assigned."),
        (False, "wrapping", "Cannot wrap up a {} because it's not currently assigned"),
        (True, "canceled", "Cannot cancel {} because it is not pending or reserved."),
    ],
)
def test_refused_statuses_end_where_twilios_words_end(desk: Desk, accepted: bool, status: str, text: str) -> None:
    """Nothing of ours follows."""
    desk.workflow(default=desk.queue())
    desk.worker("Alice")
    task = desk.task()
    if accepted:
        desk.answer(task, "accepted")
    sid, workspace, account = task.sid, desk.workspace.fetch().sid, desk.emulator.account_sid

    refusal = refused(task.update, assignment_status=status, reason="resolved")

    assert refusal == (400, 20001, text.format(f"task {sid} in workspace {workspace} for account {account}"))


@pytest.mark.reference("3.2k", "14.12", "14.13")
@pytest.mark.parametrize("again", ["accepted", "rejected"])
@pytest.mark.parametrize(("ended", "status"), [("accepted", 400), ("rejected", 400), ("rescinded", 410)])
def test_answered_reservation_is_refused_in_one_sentence(desk: Desk, ended: str, status: int, again: str) -> None:
    """The same for each way in which it ended; a rescinded one answers 410."""
    desk.workflow(default=desk.queue(max_reserved_workers=2))
    desk.worker("Alice")
    desk.worker("Bob")
    first, second = desk.task().reservations.list()
    first.update(reservation_status="accepted" if ended == "rescinded" else ended)
    over = second if ended == "rescinded" else first

    text = f"Reservation {over.sid} is not currently in a Pending state."
    assert refused(over.update, reservation_status=again) == (status, 20001, text)


@pytest.mark.reference("10e")
def test_other_version_is_refused_in_two_words(desk: Desk) -> None:
    """What the versions are is no part of them."""
    assert refused(desk.worker("Alice").update, attributes="{}", if_match="5") == (412, 20412, "Precondition Failed")
