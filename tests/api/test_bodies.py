"""Bodies of requests: both kinds of form are read, and what cannot be read never counts as nothing given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from helpers.emulator.api.http.bodies import MAX_BODY

BOUNDARY = "----------------------------5f1d"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
FORM = "application/x-www-form-urlencoded"
MANY = 1000


def multipart(*fields: tuple[str, str], boundary: str = BOUNDARY, more: str = "") -> bytes:
    """A body as twilio-node 3.0 to 3.40 sends it; ``more`` is put after each part's first header line."""
    parts = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
        for name, value in fields
    )
    return ("".join(parts) + f"--{boundary}--\r\n").encode()


@pytest.fixture
def base(workspace: Any, routed: tuple[str, str]) -> str:
    """Path of a workspace with one queue and one workflow."""
    return f"/v1/Workspaces/{workspace.fetch().sid}"


@pytest.fixture
def reserved(workspace: Any, base: str, available: str) -> dict[str, Any]:
    """Path and resource of a Worker, their Task and its pending Reservation."""
    worker = workspace.workers.create(friendly_name="Alice", activity_sid=available)
    task = workspace.tasks.create(attributes="{}")
    (reservation,) = workspace.tasks(task.sid).reservations.list()
    return {
        f"{base}/Workers/{worker.sid}": workspace.workers(worker.sid),
        f"{base}/Tasks/{task.sid}": workspace.tasks(task.sid),
        f"{base}/Tasks/{task.sid}/Reservations/{reservation.sid}": reservation,
    }


def everything(workspace: Any) -> list[Any]:
    """All that a request could have changed."""
    lists: Iterable[Any] = (workspace.workers, workspace.tasks, workspace.task_queues, workspace.activities)
    return [vars(each) for group in lists for each in group.list()] + [vars(workspace.fetch())]


# -- multipart/form-data -----------------------------------------------------------------------


def test_multipart_is_read_like_a_form(base: str, ask: Callable[..., Any]) -> None:
    """Text, JSON, empty values and other scripts arrive as in the other encoding."""
    body = multipart(("FriendlyName", "Zoë & 李=1\r\n"), ("Attributes", '{"a": "50%"}'))

    answer = ask("POST", f"{base}/Workers", body, content_type=MULTIPART)

    assert (answer.status, answer.json["friendly_name"]) == (201, "Zoë & 李=1\r\n")
    assert answer.json["attributes"] == '{"a":"50%"}'


@pytest.mark.reference("1.1k")
def test_multipart_updates(workspace: Any, reserved: dict[str, Any], ask: Callable[..., Any]) -> None:
    """A Worker's Activity, a Task's priority and a Reservation's status change by it."""
    offline = workspace.activities.list(friendly_name="Offline")[0].sid
    fields = (("ActivitySid", offline), ("Priority", "7"), ("ReservationStatus", "accepted"))

    answers = [
        ask("POST", path, multipart(field), content_type=MULTIPART).json
        for path, field in zip(reserved, fields, strict=True)
    ]

    assert answers[0]["activity_name"] == "Offline"
    assert answers[1]["priority"] == 7
    assert answers[2]["reservation_status"] == "accepted"


def test_repeated_parts_are_repeated_parameters(base: str, ask: Callable[..., Any]) -> None:
    """The last one counts, as in a form."""
    body = multipart(("FriendlyName", "First"), ("FriendlyName", "Last"))

    assert ask("POST", f"{base}/Workers", body, content_type=MULTIPART).json["friendly_name"] == "Last"


def test_multipart_may_come_in_pieces(base: str, ask: Callable[..., Any]) -> None:
    """However the network cuts it."""
    body = multipart(("FriendlyName", "Alice"))

    answer = ask("POST", f"{base}/Workers", [bytes([byte]) for byte in body], content_type=MULTIPART)

    assert answer.json["friendly_name"] == "Alice"


@pytest.mark.parametrize(
    "content_type",
    [
        f'Multipart/Form-Data; charset=utf-8; boundary="{BOUNDARY}"',
        f"multipart/form-data;boundary={BOUNDARY}",
    ],
)
def test_content_type_is_read_as_http_says(base: str, ask: Callable[..., Any], content_type: str) -> None:
    """Capitals, quotes and spaces do not matter."""
    body = multipart(("FriendlyName", "Alice"), more="\r\nContent-Type: text/plain; charset=UTF-8")

    assert ask("POST", f"{base}/Workers", body, content_type=content_type).status == 201


@pytest.mark.parametrize("content_type", [FORM, MULTIPART, "application/json", "text/plain", "", "nonsense"])
def test_empty_body_has_any_type(base: str, ask: Callable[..., Any], content_type: str) -> None:
    """Libraries post nothing under all sorts of types; that is still an update of nothing."""
    assert ask("POST", base, b"", content_type=content_type).status == 200


# -- what cannot be read -----------------------------------------------------------------------

JSON = b'{"FriendlyName": "Bob", "AssignmentStatus": "canceled", "ReservationStatus": "accepted"}'


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", JSON),
        ("application/json; charset=utf-8", b"{}"),
        ("text/plain", b"FriendlyName=Bob"),
        ("application/xml", b"<FriendlyName>Bob</FriendlyName>"),
        ("application/octet-stream", b"\0"),
        ("multipart/mixed; boundary=x", b"--x--"),
        ("nonsense", b"FriendlyName=Bob"),
        ("", b"FriendlyName=Bob"),
        (FORM, JSON),
        (FORM, b' \r\n["FriendlyName"]'),
        (FORM, b"<FriendlyName>Bob</FriendlyName>"),
        (f"{FORM}; charset=iso-8859-1", b"FriendlyName=Bob"),
        ("multipart/form-data; boundary=x; charset=utf-16", b"--x--\r\n"),
    ],
)
def test_other_bodies_are_refused(
    workspace: Any, base: str, reserved: dict[str, Any], ask: Callable[..., Any], content_type: str, body: bytes
) -> None:
    """415 with the code and words of Twilio's error dictionary, whatever the request; and nothing has changed."""
    before = everything(workspace)

    for path in (*reserved, f"{base}/Workers", f"{base}/Tasks", base):
        answer = ask("POST", path, body, content_type=content_type)
        assert (answer.status, answer.json["code"]) == (415, 19056)
        assert answer.json["message"] == "Input request content type is invalid"
        assert "multipart/form-data" in answer.headers["x-emulator-hint"]

    assert everything(workspace) == before


@pytest.mark.parametrize(
    ("content_type", "body", "words"),
    [
        (FORM, b"FriendlyName=%", "percent"),
        (FORM, b"FriendlyName=100%25&Attributes=%7", "percent"),
        (FORM, b"FriendlyName=%GG", "percent"),
        (FORM, b"FriendlyName=%FF", "UTF-8"),
        (FORM, b"FriendlyName=\xff", "UTF-8"),
        ("multipart/form-data", multipart(("FriendlyName", "Bob")), "boundary"),
        ("multipart/form-data; boundary*=undefined''x", multipart(("FriendlyName", "Bob"), boundary="x"), "boundary"),
        ("multipart/form-data; boundary=other", multipart(("FriendlyName", "Bob")), "broken"),
        (MULTIPART, b"FriendlyName=Bob", "broken"),
        (MULTIPART, JSON, "broken"),
        (MULTIPART, multipart(("FriendlyName", "Bob"))[:-8], "ends before"),
        (MULTIPART, multipart(("FriendlyName", "Bob"))[:60], "ends before"),
        (MULTIPART, multipart(("FriendlyName", "Bob")).replace(b"\r\n", b"\n"), "broken"),
        (MULTIPART, multipart(("FriendlyName", "Bob")).replace(b"Bob", b"\xff"), "UTF-8"),
        (MULTIPART, multipart(("FriendlyName", "Bob")).replace(b"Name", b"\xff"), "UTF-8"),
        (MULTIPART, multipart(("FriendlyName", "Bob"), more='; filename="bob.txt"'), "file"),
        (MULTIPART, multipart(("FriendlyName", "Bob")).replace(b' name="FriendlyName"', b""), "name"),
        (MULTIPART, multipart(("FriendlyName", "Bob"), more="\r\nContent-Type: text/plain; charset=utf-16"), "UTF-8"),
        (MULTIPART, multipart(("FriendlyName", "Qm9i"), more="\r\nContent-Transfer-Encoding: base64"), "base64"),
        (MULTIPART, multipart(*[("n", "1")] * (MANY + 1)), "at most 1000"),
        (MULTIPART, multipart(("FriendlyName", "Bob"), more="\r\nX-A: b" * 40), "broken"),
        (f"multipart/form-data; boundary={'x' * 300}", multipart(("F", "B"), boundary="x" * 300), "broken"),
    ],
)
def test_broken_forms_are_refused(
    workspace: Any, base: str, ask: Callable[..., Any], content_type: str, body: bytes, words: str
) -> None:
    """400 / 20001 says what is wrong with the body, and nothing has changed."""
    before = everything(workspace)

    answer = ask("POST", base, body, content_type=content_type)

    assert (answer.status, answer.json["code"]) == (400, 20001)
    assert words in answer.json["message"]
    assert everything(workspace) == before


def test_packed_body_is_refused(base: str, ask: Callable[..., Any]) -> None:
    """A content encoding is not undone."""
    answer = ask("POST", base, b"\x1f\x8b\x08", content_encoding="gzip")

    assert (answer.status, answer.json["code"]) == (415, 19056)


def test_thousand_parts_are_read(base: str, ask: Callable[..., Any]) -> None:
    """As many as a form may have."""
    body = multipart(("FriendlyName", "Alice"), *[("n", "1")] * (MANY - 1))

    assert ask("POST", f"{base}/Workers", body, content_type=MULTIPART).status == 201


@pytest.mark.parametrize("filling", [b"\r\n", b"\r", b"--", b"\r\n--", f"\r\n--{BOUNDARY[:-1]}".encode(), b"x"])
def test_huge_multipart_is_read_or_refused(base: str, ask: Callable[..., Any], filling: bytes) -> None:
    """Up to 4 MiB it is read, whatever lies in it: here it fails by the length of a name."""
    head, _, tail = multipart(("FriendlyName", "-x-")).partition(b"-x-")
    body = head + (filling * MAX_BODY)[: MAX_BODY - len(head) - len(tail)] + tail

    assert "at most 64 characters" in ask("POST", f"{base}/Workers", body, content_type=MULTIPART).json["message"]
    assert ask("POST", f"{base}/Workers", body + b"x", content_type=MULTIPART).status == 413


# -- parameters in the wrong place -------------------------------------------------------------


def test_post_with_its_parameters_in_the_url_is_refused(workspace: Any, base: str, ask: Callable[..., Any]) -> None:
    """It would change nothing and look like a success."""
    answer = ask("POST", f"{base}?FriendlyName=Other", b"")

    assert (answer.status, answer.json["code"]) == (400, 20001)
    assert "FriendlyName" in answer.json["message"]
    assert workspace.fetch().friendly_name == "Care Desk"
    assert ask("POST", f"{base}?trace=1", b"FriendlyName=Other").json["friendly_name"] == "Other"


def test_get_says_that_it_did_not_read_its_body(base: str, ask: Callable[..., Any]) -> None:
    """``curl -X GET --data-urlencode`` sends filters where none are looked for."""
    body = "AssignmentStatus=wrapping"
    answer = ask("GET", f"{base}/Tasks", body, content_length=str(len(body)))

    assert answer.status == 200
    assert "query" in answer.headers["x-emulator-hint"]
    assert "x-emulator-hint" not in ask("GET", f"{base}/Tasks").headers
