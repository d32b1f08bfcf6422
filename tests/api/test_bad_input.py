"""What learners, scripts and strangers send by mistake: Twilio's 4xx body, never a traceback."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

UNKNOWN = {prefix: prefix + "0" * 32 for prefix in ("WS", "WA", "TC", "WQ", "WK", "WC", "WW", "WT", "WR", "EV")}


@pytest.fixture
def base(workspace: WorkspaceContext, routed: tuple[str, str]) -> str:
    """Path of a workspace with one queue and one workflow."""
    return f"/v1/Workspaces/{workspace.fetch().sid}"


def refused(answer, status: int = 400, code: int = 20001) -> str:
    """The message of an error body that has exactly Twilio's four keys."""
    assert (answer.status, answer.json["status"], answer.json["code"]) == (status, status, code)
    assert answer.json["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert len(answer.json) == 4
    return str(answer.json["message"])


def test_dict_as_attributes_names_what_arrived(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """The SDK sends a dict as its first key; the message shows that key."""
    with pytest.raises(TwilioRestException, match=r"Attributes is not valid JSON.*: selected_language") as error:
        workspace.tasks.create(attributes={"selected_language": "es"})
    assert (error.value.status, error.value.code) == (400, 20001)


def test_activity_name_is_no_sid(workspace: WorkspaceContext) -> None:
    """A name where a SID belongs is shown, with the form a SID has."""
    with pytest.raises(TwilioRestException, match=r"ActivitySid must be a SID: WA followed by 32.*Received: Offline"):
        workspace.workers.create(friendly_name="Alice", activity_sid="Offline")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("", "FriendlyName field is required"),
        ("FriendlyName=", "FriendlyName field is required"),
        ("friendlyname=Alice", "FriendlyName field is required"),
        ("FriendlyName=" + "x" * 65, "at most 64 characters, this has 65"),
        ("FriendlyName=A%00B", "null characters"),
        ("FriendlyName=%FF", "UTF-8"),
        ("FriendlyName=Alice&Attributes=%7B", "Attributes is not valid JSON"),
        ("FriendlyName=Alice&Attributes=[]", "Attributes must be a JSON object"),
        ("FriendlyName=Alice&Attributes=%22x%22", "Attributes must be a JSON object"),
        ("FriendlyName=Alice&Attributes=" + quote('{"a":"\\ud800"}'), "Attributes"),
        ("FriendlyName=Alice&Attributes=" + quote(json.dumps({"a": "x" * 4090})), "at most 4096"),
        ("FriendlyName=Alice&Attributes=" + "[" * 4000, "Attributes"),
        ("FriendlyName=Alice&ActivitySid=" + UNKNOWN["WA"], UNKNOWN["WA"]),
        ("FriendlyName=Alice&ActivitySid=" + UNKNOWN["WQ"], "WA followed by 32 hexadecimal digits"),
        ("FriendlyName=Alice&ActivitySid=", "ActivitySid must not be empty"),
        ("&".join(f"n{number}=1" for number in range(1001)), "at most 1000"),
    ],
)
def test_worker_that_cannot_be(base: str, ask, form: str, words: str) -> None:
    """Each broken rule of a create is told, and no worker comes of it."""
    assert words in refused(ask("POST", f"{base}/Workers", form))

    assert ask("GET", f"{base}/Workers").json["workers"] == []


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"Priority": "-1"}, "Priority must be an integer from 0 to 2147483647"),
        ({"Priority": "9" * 5000}, "Priority must be an integer"),
        ({"Priority": "1.5"}, "Received: 1.5"),
        ({"Priority": "1_000"}, "Received: 1_000"),
        ({"Priority": "٣"}, "Priority must be an integer"),
        ({"Priority": ""}, "Priority must not be empty"),
        ({"Timeout": "0"}, "from 1 to 1209600"),
        ({"Timeout": "1209601"}, "from 1 to 1209600"),
        ({"VirtualStartTime": "tomorrow"}, "VirtualStartTime must be a date and time such as"),
        ({"VirtualStartTime": "0001-01-01T00:00:00+14:00"}, "VirtualStartTime"),
        ({"VirtualStartTime": "9999-12-31T23:59:59-14:00"}, "VirtualStartTime"),
        ({"RoutingTarget": "Alice"}, "provided for RoutingTarget has an invalid format"),
        ({"RoutingTarget": UNKNOWN["WK"]}, UNKNOWN["WK"]),
        ({"WorkflowSid": UNKNOWN["WW"]}, UNKNOWN["WW"]),
        ({"TaskQueueSid": UNKNOWN["WQ"]}, UNKNOWN["WQ"]),
        ({"TaskChannel": "fax"}, "fax"),
    ],
)
def test_task_that_cannot_be(base: str, ask, form: dict[str, str], words: str) -> None:
    """Each broken rule is told with the value that broke it, shortened."""
    message = refused(ask("POST", f"{base}/Tasks", urlencode(form)))

    assert words in message
    assert len(message) < 400


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("TaskQueues", {"FriendlyName": "Q", "TargetWorkers": "skill-level > 3"}, "TargetWorkers"),
        ("TaskQueues", {"FriendlyName": "Q", "TargetWorkers": "(" * 5000}, "TargetWorkers"),
        ("TaskQueues", {"FriendlyName": "Q", "MaxReservedWorkers": "51"}, "from 1 to 50"),
        ("TaskQueues", {"FriendlyName": "Q", "TaskOrder": "fifo"}, "TaskOrder must be one of FIFO, LIFO"),
        ("Workflows", {"FriendlyName": "W", "Configuration": "{" * 100}, "Configuration"),
        ("Workflows", {"FriendlyName": "W"}, "Configuration field is required"),
        ("Workflows", {"FriendlyName": "W", "Configuration": "[" * 1_100_000}, "Configuration"),
        ("Activities", {"FriendlyName": "x" * 65}, "at most 64"),
        ("TaskChannels", {"FriendlyName": "Mail"}, "UniqueName field is required"),
    ],
)
def test_other_creates_that_cannot_be(base: str, ask, path: str, form: dict[str, str], words: str) -> None:
    """Queues, workflows, activities and channels tell their rules too."""
    assert words in refused(ask("POST", f"{base}/{path}", urlencode(form)))


@pytest.mark.parametrize("url", ["app.example/events", "ftp://app.example", "http://", "http://a b", "http://[", "/x"])
def test_broken_url_is_refused(base: str, ask, url: str) -> None:
    """Callback URLs are absolute http or https URLs."""
    message = refused(ask("POST", base, urlencode({"EventCallbackUrl": url})))

    assert "EventCallbackUrl must be an absolute http or https URL" in message


@pytest.mark.parametrize(
    "query",
    [
        "Tasks?WorkflowSid=Everything",
        "Tasks?TaskQueueSid=WQ12",
        "Tasks?AssignmentStatus=waiting",
        "Tasks?EvaluateTaskAttributes=" + quote("language =="),
        "Tasks?EvaluateTaskAttributes=" + "(" * 3000,
        "Tasks?Priority=high",
        "Workers?ActivitySid=Idle",
        "Workers?TargetWorkersExpression=" + quote("((("),
        "TaskQueues?WorkerSid=Alice",
        "TaskQueues?EvaluateWorkerAttributes=" + quote("languages HAS 'es'"),
        "TaskQueues?Ordering=FriendlyName:asc",
        "Events?Minutes=0",
        "Events?TaskSid=1",
        "Events?StartDate=yesterday",
        "Events?Sid=EV1",
    ],
)
def test_broken_filters_are_refused(base: str, ask, query: str) -> None:
    """A badly formed filter answers 400 and names itself."""
    name = query.partition("?")[2].partition("=")[0]

    assert name in refused(ask("GET", f"{base}/{query}"))


@pytest.mark.parametrize(
    "path",
    [
        "Activities/WA",
        "TaskChannels/fax",
        "TaskQueues/WQ",
        "Workers/WK",
        "Workers/WK/Channels",
        "Workers/WK/Channels/voice",
        "Workers/WK/Reservations",
        "Workers/WK/Reservations/WR",
        "Workflows/WW",
        "Tasks/WT",
        "Tasks/WT/Reservations",
        "Tasks/WT/Reservations/WR",
        "Events/EV",
    ],
)
def test_unknown_sids_are_not_found(base: str, ask, path: str) -> None:
    """An unknown SID in a path answers 404 / 20404 and names the path."""
    known = "/".join(UNKNOWN.get(part, part) for part in path.split("/"))

    message = refused(ask("GET", f"{base}/{known}"), 404, 20404)

    below = base.removeprefix("/v1")
    assert message == f"The requested resource {below}/{known} was not found"


@pytest.mark.parametrize("path", ["", "/", "/Nothing", "/Workspaces/", "/Workspaces/{}/Nothing", "/Workspaces/%00"])
def test_unknown_paths_are_not_found(ask, path: str) -> None:
    """A path no operation has answers 404 in the same shape."""
    refused(ask("GET", f"/v1{path}"), 404, 20404)


@pytest.mark.parametrize("path", ["/", "/v2/Workspaces", "/2010-04-01/Accounts"])
def test_paths_outside_are_not_found(ask, path: str) -> None:
    """Outside ``/v1`` the shape is Twilio's too."""
    refused(ask("GET", path), 404, 20404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "", "DELETE, GET, POST"),
        ("PATCH", "/Tasks", "GET, POST"),
        ("DELETE", "/Tasks", "GET, POST"),
        ("POST", "/Events", "GET"),
        ("HEAD", "", "DELETE, GET, POST"),
        ("DELETE", f"/Tasks/{UNKNOWN['WT']}/Reservations/{UNKNOWN['WR']}", "GET, POST"),
    ],
)
def test_wrong_methods_are_refused(base: str, ask, method: str, path: str, allowed: str) -> None:
    """A known path with another method answers 405 / 20004 and says what is allowed."""
    answer = ask(method, base + path)

    refused(answer, 405, 20004)
    assert answer.headers["allow"] == allowed


def test_two_megabytes_of_attributes_are_refused(base: str, ask) -> None:
    """Attributes far beyond the limit are refused as attributes."""
    message = refused(ask("POST", f"{base}/Tasks", "Attributes=" + "x" * 2_000_000))

    assert "at most 4096 characters" in message


def test_huge_body_is_refused(base: str, ask) -> None:
    """More than any request needs answers 413."""
    refused(ask("POST", f"{base}/Tasks", b"x" * (4 * 1024 * 1024 + 1)), 413, 20413)


def test_last_of_a_repeated_parameter_counts(base: str, ask) -> None:
    """A parameter given twice is taken as it was given last; unknown ones are ignored."""
    answer = ask("POST", f"{base}/Tasks", "Priority=1&Priority=2&Colour=red")

    assert (answer.status, answer.json["priority"]) == (201, 2)


@pytest.mark.parametrize(("given", "kept"), [("YES", True), ("1", True), ("True", True), ("on", False), ("0", False)])
def test_booleans_are_read_as_twilio_does(base: str, ask, given: str, kept: bool) -> None:
    """``true``, ``1`` and ``yes`` in any case are true, anything else is false."""
    answer = ask("POST", f"{base}/Activities", f"FriendlyName=Break&Available={given}")

    assert answer.json["available"] is kept


def test_other_alphabets_come_back(base: str, ask) -> None:
    """Names are Unicode, percent-encoded or as they are."""
    created = ask(
        "POST", f"{base}/Workers", "FriendlyName=Ana+Mar%C3%ADa&Attributes=" + quote('{"saludo":"¡hola! 👋"}')
    )

    assert (created.json["friendly_name"], created.json["attributes"]) == ("Ana María", '{"saludo":"¡hola! 👋"}')
