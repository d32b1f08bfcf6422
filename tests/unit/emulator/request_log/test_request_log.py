"""The log links cause and effect, stays within its limits, and tells whoever subscribes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from twilio.rest import Client

from helpers.emulator.request_log.request_log import KEPT_BYTES, KEPT_REQUESTS, RequestLog
from helpers.emulator.sdk.http_client import EmulatorHttpClient
from tests.worlds.application import ASSIGNMENT_URL, FALLBACK_URL, Application
from tests.worlds.desk import AlicesDesk, ClientDesk, Desk
from tests.worlds.engine_desk import new_emulator
from tests.worlds.grounds import on_a_thread


class CalledDesk(Desk):
    """A desk whose one Worker, Alice, is Offline, and whose application is told of all."""

    def __init__(self, application: Application, **workspace) -> None:
        super().__init__(application, **workspace)
        self.alice = self.worker("Alice", activity="Offline")
        self.workflow_sid = self.workflow(
            default=self.queue(), assignment_callback_url=ASSIGNMENT_URL, fallback_assignment_callback_url=FALLBACK_URL
        )

    def callbacks(self, kind: str) -> list[dict]:
        return [each for each in self.running.portal.requests(None) if each.get("callback") == kind]

    def find(self, means: str) -> dict:
        return next(each for each in self.running.portal.requests(None) if each["means"].startswith(means))


def create_at_once(ground, desk, count: int) -> set[str]:
    """Create Workers on many threads, and return their SIDs."""

    def create(number: int) -> str:
        http = EmulatorHttpClient(ground.running.url)
        client = Client(ground.running.account_sid, ground.running.auth_token, http_client=http)
        return str(client.taskrouter.v1.workspaces(desk.workspace_sid).workers.create(f"Worker {number}").sid)

    with ThreadPoolExecutor(8) as pool:
        return set(pool.map(create, range(count)))


@pytest.fixture
def desk(application) -> CalledDesk:
    """A desk with a waiting Task."""
    desk = CalledDesk(application)
    desk.task()
    return desk


def test_callback_names_the_request_that_caused_it(desk):
    """Alice becomes available: that, and nothing else, caused the assignment callback."""
    desk.move(desk.alice, "Available")
    (callback,) = desk.callbacks("assignment")
    cause = desk.find("Alice: Activity → Available")

    assert (callback["cause"], callback["by_timer"], cause["effects"]) == (
        cause["number"],
        False,
        [callback["number"]],
    )


def test_callback_of_a_timer_names_no_request(desk):
    """A Reservation times out while somebody advances the clock: the timer made the next offer."""
    desk.worker("Bob")
    desk.move(desk.alice, "Available")
    desk.advance(200)
    first, *others = desk.callbacks("assignment")

    assert first["by_timer"] is False
    assert others
    assert all((each["cause"], each["by_timer"]) == (None, True) for each in others)


def test_instruction_causes_what_follows(application):
    """A reply that rejects is the cause of the next offer."""
    application.replies[ASSIGNMENT_URL] = {"instruction": "reject"}
    desk = CalledDesk(application)
    desk.task()
    desk.worker("Bob")
    desk.move(desk.alice, "Available")
    first, second, *_ = desk.callbacks("assignment")

    assert second["cause"] == first["number"]
    assert second["number"] in first["effects"]


def test_fallback_is_an_attempt_of_the_same_callback(application):
    """Both attempts have the same cause, and each knows the other."""
    application.replies[ASSIGNMENT_URL] = "nobody listens"
    desk = CalledDesk(application)
    desk.task()
    desk.move(desk.alice, "Available")
    first, second = desk.callbacks("assignment")
    shown = desk.running.portal.request(first["number"])

    assert (first["cause"], first["error"], second["status"]) == (second["cause"], "nobody listens", 200)
    assert [each["number"] for each in shown["attempts"]] == [first["number"], second["number"]]


def test_event_names_its_request(desk):
    """Each event leads to what caused it."""
    desk.move(desk.alice, "Available")
    event = desk.events()[-1]
    number = desk.emulator.world.numbers[1]

    assert event.event_type == "reservation.created"
    assert desk.running._service.requests.cause_of_event(number) == desk.find("Alice: Activity")["number"]


def test_requests_that_share_a_commit_keep_their_own_effects():
    """On a running clock many requests are committed at once; each event callback still names its own request."""
    with on_a_thread() as ground:
        ground.running.run()
        desk = ClientDesk(ground.client, event_callback_url=f"{ground.url}/events")
        created = create_at_once(ground, desk, 20)
        ground.running.settle()
        requests = {each["number"]: each for each in ground.running.portal.requests()}
        about = [each for each in requests.values() if each["means"].startswith("worker.created")]

    assert {each["sids"]["worker_sid"] for each in about} == created
    assert all(requests[each["cause"]]["sids"]["worker_sid"] == each["sids"]["worker_sid"] for each in about)


def test_fault_that_answers_instead_is_told(desk):
    """With the fault nothing was sent, and a duplicate was sent twice."""
    desk.running.add_fault("fail", kind="assignment")
    desk.running.add_fault("duplicate", kind="assignment")
    desk.move(desk.alice, "Available")
    failed, doubled = (desk.running.portal.request(each["number"]) for each in desk.callbacks("assignment"))

    assert [(each["sent"], each["status"]) for each in (failed, doubled)] == [(0, 500), (2, 200)]


def test_ring_is_bounded_by_number():
    """The oldest requests go first; numbers are never used again."""
    desk = Desk()
    for _ in range(KEPT_REQUESTS + 5):
        desk.workspace.fetch()
    log = desk.running._service.requests
    numbers = [each.number for each in log]

    assert len(numbers) == KEPT_REQUESTS
    assert numbers == list(range(numbers[0], numbers[0] + KEPT_REQUESTS))


def test_ring_is_bounded_by_bytes():
    """Twenty bodies of one megabyte don't fit."""
    emulator = new_emulator()
    log = RequestLog(emulator)
    for _ in range(20):
        request = log.begin_request({"method": "POST", "path": "/v1/x", "query_string": b"", "headers": []})
        request.body = bytes(1024 * 1024)
        log.finish(request)

    assert sum(each.kept for each in log) <= KEPT_BYTES
    assert [each.number for each in log][-1] == 20


def test_subscriber_is_told_once_answered(desk):
    """A request to the API once it is answered, a callback when it is sent and when it is answered, its cause too."""
    told: list[int] = []
    end = desk.running._service.requests.subscribe(told.append)
    desk.move(desk.alice, "Available")
    (callback,) = desk.callbacks("assignment")
    desk.running.settle()
    end()
    desk.workspace.fetch()

    assert [each for each in told if each == callback["number"]] == [callback["number"]] * 2
    assert set(told) == {callback["cause"], callback["number"]}


def test_reset_forgets_requests_but_the_one_that_asked(desk):
    """Afterwards the same SIDs can mean something else."""
    told: list[int] = []
    desk.running._service.requests.subscribe(told.append)
    desk.running.reset()

    assert (desk.running.portal.requests(), told) == ([], [0])


def test_repr_shows_no_secret(desk):
    """Headers hold the Auth Token, and URLs passwords."""
    assert all("Basic" not in repr(each) for each in desk.running._service.requests)


def test_list_of_a_workspace_has_no_other_ones(desk):
    """Requests of another Workspace are left out, those of none are not."""
    other = AlicesDesk(desk.client)
    other.client.taskrouter.v1.workspaces.list()
    means = [each["means"] for each in desk.running.portal.requests(other.workspace_sid)]

    assert means[0] == "create Workspace Care Desk"
    assert means[-1] == "list Workspaces: 2"
    assert "create Worker Alice" in means
    assert len(means) < len(desk.running.portal.requests())


def test_what_a_replayed_callback_causes_is_taskrouters_own():
    """Somebody sends the callback again; the events that its reply causes are sent by TaskRouter."""
    with on_a_thread() as ground:
        desk = ClientDesk(ground.client, event_callback_url=f"{ground.url}/events")
        desk.worker("Alice")
        desk.workflow(default=desk.queue(), assignment_callback_url=f"{ground.url}/assignment")
        desk.task()
        portal = ground.running.portal
        ground.running.settle()
        [first] = [each for each in portal.requests() if each.get("callback") == "assignment"]
        ground.answers["/assignment"] = lambda form: {"instruction": "accept"}
        again = portal.request(portal.replay(first["number"]))
        ground.running.settle()
        caused = portal.request(again["number"])["caused"]

    assert (again["replay_of"], again["cause"]) == (first["number"], None)
    assert [(each["replay_of"], each["cause"]) for each in caused] == [(None, again["number"])] * len(caused)
    assert "reservation.accepted" in caused[0]["means"]
