"""Reference 4: what a configuration may say, and where it leads a Task."""

from __future__ import annotations

import json
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.worlds.desk import Desk, configuration, filter_

SOON = {"timeout": 10}
LOST = ["task-queue.timeout", "workflow.timeout", "task.canceled"]


@pytest.fixture
def queues(desk: Desk) -> dict[str, str]:
    """Three queues by name; nobody is in ``Nobody``."""
    return {
        "Care": desk.queue("Care"),
        "Sales": desk.queue("Sales", "sales == true"),
        "Nobody": desk.queue("Nobody", "1==2"),
    }


def configured(desk: Desk, document: Any) -> Any:
    """A Workflow with this configuration, whatever it is."""
    text = document if isinstance(document, str) else json.dumps(document)
    return desk.workspace.workflows.create(friendly_name="Any", configuration=text)


def place(task: Any) -> tuple[str, str | None, int]:
    """A Task's status, the name of its queue, and its priority."""
    seen = task.fetch()
    return seen.assignment_status, seen.task_queue_friendly_name, seen.priority


# -- the document ------------------------------------------------------------------------------


@pytest.mark.reference("4.1a")
def test_numbers_may_be_text(desk: Desk, queues: dict[str, str]) -> None:
    """Priority and timeout."""
    target = {"queue": queues["Nobody"], "priority": "10", "timeout": "10"}
    desk.workflow(filter_("1==1", target))
    task = desk.task()
    assert place(task) == ("pending", "Nobody", 10)
    desk.advance(10)

    assert task.fetch().assignment_status == "canceled"


@pytest.mark.reference("4.1b", "4.1c")
@pytest.mark.parametrize("part", ["filters", "default_filter"])
def test_either_part_will_do(desk: Desk, queues: dict[str, str], part: str) -> None:
    """Filters alone, or a default filter alone."""
    care = {"queue": queues["Care"]}
    desk.workflow(*([filter_("1==1", care)] if part == "filters" else []))
    if part == "default_filter":
        desk.workspace.workflows.list()[0].update(configuration=json.dumps({"task_routing": {"default_filter": care}}))

    assert place(desk.task()) == ("pending", "Care", 0)


@pytest.mark.reference("4.1d", "1.6a")
def test_unknown_keys_are_kept(desk: Desk, queues: dict[str, str]) -> None:
    """As recorded: a default filter with a name, an ``Expression``, a priority and a timeout."""
    default = {
        "filter_friendly_name": "Default", "queue": queues["Care"], "Expression": "1==1", "priority": 1, "timeout": 30,
    }  # fmt: skip
    document = {"task_routing": {"filters": [], "default_filter": default}}
    made = configured(desk, json.dumps(document, indent=4))

    assert made.configuration == json.dumps(document, separators=(",", ":"))


@pytest.mark.reference("4.1e", "4.8a", "5.2d", "4.8d", "14.8", "10a")
@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("{", "not valid JSON"),
        ("[]", "Configuration must be an object. Received: []"),
        ({"filters": []}, "task_routing"),
        ({"task_routing": {"filters": {}}}, "must be a list"),
        ({"task_routing": {"filters": [{"expression": "1==1", "targets": []}]}}, "at least one target"),
        ({"task_routing": {"filters": [{"expression": "1==1", "targets": [{}]}]}}, "queue"),
        ({"task_routing": {"filters": [{"targets": [{"queue": "{care}"}]}]}}, "expression"),
        ({"task_routing": {"filters": [{"expression": "n >", "targets": [{"queue": "{care}"}]}]}}, "expression"),
        ({"task_routing": {"default_filter": {"queue": "WQ" + "0" * 32}}}, "WQ" + "0" * 32),
        *(
            ({"task_routing": {"filters": [{"expression": "1==1", "targets": [{"queue": "{care}", **target}]}]}}, words)
            for target, words in (
                ({"timeout": 0}, "timeout"),
                ({"timeout": -1}, "timeout"),
                ({"timeout": "soon"}, "timeout"),
                ({"priority": True}, "priority"),
                ({"priority": "1_0"}, "priority"),
                ({"priority": "٣"}, "priority"),
                ({"expression": "worker > 1"}, "no viable alternative at input 'worker'"),
                ({"order_by": "worker.level SIDEWAYS"}, "order_by"),
                ({"skip_if": "worker.level > 1"}, "skip_if"),
                ({"known_worker_sid": "agent"}, "task attribute"),
                ({"known_worker_sid": "task."}, "task attribute"),
                ({"known_worker_sid": "worker.sid"}, "task attribute"),
                ({"known_worker_sid": ["task.agent"]}, "task attribute"),
                ({"known_worker_sid": "task.a", "known_worker_friendly_name": "task.b"}, "not both"),
            )
        ),
    ],
    ids=str,
)
def test_broken_documents_are_refused(desk: Desk, queues: dict[str, str], document: Any, words: str) -> None:
    """400 / 20001, and the message says where."""
    text = document if isinstance(document, str) else json.dumps(document).replace("{care}", queues["Care"])

    with pytest.raises(TwilioRestException) as refused:
        configured(desk, text)
    assert (refused.value.status, refused.value.code) == (400, 20001)
    assert words in refused.value.msg


@pytest.mark.reference("11b")
def test_document_has_a_size(desk: Desk, queues: dict[str, str]) -> None:
    """1,038,576 bytes, and not one more."""
    document = {"task_routing": {"default_filter": {"queue": queues["Care"], "note": ""}}}
    document["task_routing"]["default_filter"]["note"] = "x" * (1_038_576 - len(json.dumps(document)))
    assert configured(desk, json.dumps(document)).sid

    with pytest.raises(TwilioRestException, match="1038576 bytes"):
        configured(desk, json.dumps(document) + " ")


@pytest.mark.reference("5.2a")
def test_useless_expressions_are_accepted(desk: Desk, queues: dict[str, str]) -> None:
    """``level HAS "support"`` can never hold where level is a number; nobody says so."""
    desk.workflow(filter_('level HAS "support"', {"queue": queues["Care"]}), default=queues["Nobody"])

    assert place(desk.task({"level": 3}))[1] == "Nobody"


# -- evaluation --------------------------------------------------------------------------------


@pytest.mark.reference("4.2a")
def test_first_match_wins(desk: Desk, queues: dict[str, str]) -> None:
    """Later filters that match, too, are ignored."""
    desk.workflow(
        filter_('lang == "es"', {"queue": queues["Nobody"]}),
        filter_("1==1", {"queue": queues["Care"]}),
        filter_('lang == "fr"', {"queue": queues["Sales"]}),
    )

    assert [place(desk.task({"lang": lang}))[1] for lang in ("es", "fr")] == ["Nobody", "Care"]


@pytest.mark.reference("4.2b", "4.2c", "4.3a")
def test_targets_follow_each_other(desk: Desk, queues: dict[str, str]) -> None:
    """The queue is inherited, the priority stays; deadlines add up to ages 10, 20 and 30."""
    desk.workflow(
        filter_(
            "1==1",
            {"queue": queues["Nobody"], "priority": 5, **SOON},
            {"expression": "worker.level > 1", **SOON},
            {"queue": queues["Care"], "priority": 1, **SOON},
        )
    )
    task = desk.task(priority=9)
    seen = [place(task)]
    for seconds in (9, 1, 9, 1, 9):
        desk.advance(seconds)
        seen.append(place(task))
    desk.advance(1)

    assert seen == [("pending", "Nobody", 5)] * 4 + [("pending", "Care", 1)] * 2
    assert place(task)[0] == "canceled"


@pytest.mark.reference("4.2d", "4.4c")
def test_step_reserves_whoever_comes(desk: Desk, queues: dict[str, str]) -> None:
    """A Worker whose attributes come to fit is reserved at once."""
    desk.workflow(filter_("1==1", {"queue": queues["Care"], "expression": "worker.level >= task.level"}))
    worker = desk.worker("Alice", {"level": 1})
    task = desk.task({"level": 2})
    assert desk.offers(task) == []
    worker.update(attributes='{"level":2}')

    assert desk.offers(task) == [("Alice", "pending")]


@pytest.mark.reference("4.2e", "4.6a")
def test_skip_goes_to_the_next_target_at_once(desk: Desk, queues: dict[str, str]) -> None:
    """If nobody can be reserved, and only then."""
    desk.workflow(
        filter_("1==1", {"queue": queues["Care"], "skip_if": "1==1", "timeout": 60}, {"queue": queues["Nobody"]})
    )
    skipped = desk.task()
    desk.worker("Alice")

    assert place(skipped) == ("pending", "Nobody", 0)
    assert place(desk.task()) == ("reserved", "Care", 0)


@pytest.mark.reference("4.2f")
def test_target_without_timeout_waits(desk: Desk, queues: dict[str, str]) -> None:
    """Until the Task's own end."""
    desk.workflow(filter_("1==1", {"queue": queues["Nobody"]}, {"queue": queues["Care"]}))
    task = desk.task(timeout=5000)
    desk.advance(4999)
    assert place(task)[:2] == ("pending", "Nobody")
    desk.advance(1)

    assert task.fetch().reason == "Task TTL Exceeded"


@pytest.mark.reference("4.2g")
def test_timeout_looks_for_a_later_filter(desk: Desk, queues: dict[str, str]) -> None:
    """One that matches matches the Task; the default filter does not."""
    desk.workflow(
        filter_("1==1", {"queue": queues["Nobody"], **SOON}),
        filter_('lang == "es"', {"queue": queues["Sales"]}),
        default=queues["Care"],
    )
    lucky, lost = desk.task({"lang": "es"}), desk.task({"lang": "en"})
    desk.advance(10)

    assert place(lucky) == ("pending", "Sales", 0)
    assert (place(lost)[0], desk.happened(lost)[-3:]) == ("canceled", LOST)


@pytest.mark.reference("4.2h", "4.5b")
@pytest.mark.parametrize(("lang", "default", "end"), [("es", True, "Sales"), ("en", True, "Care"), ("en", False, None)])
def test_skip_past_the_last_target_is_as_no_match(
    desk: Desk, queues: dict[str, str], lang: str, default: bool, end: str | None
) -> None:
    """Later filters, then the default filter, then ``workflow.skipped``."""
    desk.workflow(
        filter_("1==1", {"queue": queues["Nobody"], "skip_if": "1==1"}),
        filter_('lang == "es"', {"queue": queues["Sales"]}),
        default=queues["Care"] if default else None,
    )
    task = desk.task({"lang": lang})

    if end is not None:
        assert place(task) == ("pending", end, 0)
    else:
        assert place(task)[0] == "canceled"
        assert desk.happened(task)[-2:] == ["workflow.skipped", "task.canceled"]
        assert task.fetch().reason == "Task canceled on Workflow timeout"


@pytest.mark.reference("4.2i")
def test_no_match_leads_to_the_default_filter(desk: Desk, queues: dict[str, str]) -> None:
    """There the Task waits until its own end."""
    desk.workflow(filter_('lang == "es"', {"queue": queues["Care"]}), default=queues["Nobody"])
    task = desk.task(timeout=100)
    desk.advance(99)
    assert place(task) == ("pending", "Nobody", 0)
    desk.advance(1)

    assert task.fetch().reason == "Task TTL Exceeded"


@pytest.mark.reference("14.9")
def test_no_match_and_no_default_cancels_at_once(desk: Desk, queues: dict[str, str]) -> None:
    """201 all the same, without a queue; the reason is that of the workflow's end."""
    desk.workflow(filter_('lang == "es"', {"queue": queues["Care"]}))
    created = desk.workspace.tasks.create(attributes="{}")
    task = desk.workspace.tasks(created.sid).fetch()

    assert created.task_queue_sid is None
    assert (task.assignment_status, task.reason) == ("canceled", "Task canceled on Workflow timeout")


@pytest.mark.reference("4.5e")
def test_queue_without_members_says_nothing(desk: Desk, queues: dict[str, str]) -> None:
    """No error anywhere; the count of eligible Workers is the only hint."""
    desk.workflow(default=queues["Nobody"])
    desk.worker("Alice")
    desk.task()

    assert desk.alerts() == []
    figures = desk.workspace.task_queues(queues["Nobody"]).real_time_statistics().fetch()
    assert figures.total_eligible_workers == 0


# -- timing ------------------------------------------------------------------------------------


@pytest.mark.reference("4.3b", "14.10", "4.4b")
def test_reservation_timer_starts_at_zero(desk: Desk, queues: dict[str, str]) -> None:
    """Reserved at 3, timed out at 8; the step still ends at 10, and the next at 20."""
    desk.workflow(
        filter_("1==1", {"queue": queues["Care"], **SOON}, {"queue": queues["Nobody"], **SOON}),
        task_reservation_timeout=5,
    )
    task = desk.task()
    desk.advance(3)
    desk.worker("Alice")
    desk.advance(4)
    assert desk.offers(task) == [("Alice", "pending")]
    seen = []
    for seconds in (1, 1, 1, 9, 1):
        desk.advance(seconds)
        seen.append(place(task)[:2])

    assert seen[:4] == [("pending", "Care"), ("pending", "Care"), ("pending", "Nobody"), ("pending", "Nobody")]
    assert seen[4][0] == "canceled"


@pytest.mark.reference("4.3c")
def test_step_waits_for_its_reservation(desk: Desk, queues: dict[str, str]) -> None:
    """A Reservation that outlasts its step runs its course; then the Task moves on."""
    desk.workflow(
        filter_("1==1", {"queue": queues["Care"], **SOON}, {"queue": queues["Nobody"]}), task_reservation_timeout=30
    )
    desk.worker("Alice")
    task = desk.task()
    desk.advance(29)
    assert place(task)[:2] == ("reserved", "Care")
    desk.advance(1)

    assert place(task)[:2] == ("pending", "Nobody")


@pytest.mark.reference("4.3d")
def test_both_timeouts_together_end_the_task(desk: Desk, queues: dict[str, str]) -> None:
    """Reservation 30 s and the only target 30 s: canceled on workflow timeout, as seen live."""
    desk.workflow(filter_("1==1", {"queue": queues["Care"], "timeout": 30}), task_reservation_timeout=30)
    desk.worker("Alice")
    task = desk.task()
    desk.advance(30)

    assert desk.offers(task) == [("Alice", "timeout")]
    assert (place(task)[0], task.fetch().reason) == ("canceled", "Task canceled on Workflow timeout")


# -- again -------------------------------------------------------------------------------------


@pytest.mark.reference("4.4d")
@pytest.mark.parametrize(("re_evaluate", "end"), [(False, "Nobody"), (True, "Care")])
def test_waiting_tasks_follow_the_old_document(desk: Desk, queues: dict[str, str], re_evaluate: bool, end: str) -> None:
    """Unless ``ReEvaluateTasks`` puts them through the new one."""
    workflow = desk.workflow(default=queues["Nobody"])
    task = desk.task()
    later = configuration(default=queues["Care"])
    desk.workspace.workflows(workflow).update(configuration=later, re_evaluate_tasks=re_evaluate)

    assert place(task)[1] == end
    assert place(desk.task())[1] == "Care"


@pytest.mark.reference("14.22")
def test_changed_attributes_ask_the_filters_again(desk: Desk, queues: dict[str, str]) -> None:
    """Another filter matches the Task over; the same one keeps it in its step."""
    desk.workflow(
        filter_('lang == "es"', {"queue": queues["Sales"], **SOON}, {"queue": queues["Nobody"]}), default=queues["Care"]
    )
    task = desk.task({"lang": "es"})
    desk.advance(10)
    task.update(attributes='{"lang":"es","vip":true}')
    assert place(task)[1] == "Nobody"
    task.update(attributes='{"lang":"en"}')

    assert place(task)[1] == "Care"


@pytest.mark.reference("4.4f")
def test_changed_priority_sorts_the_queue_anew(desk: Desk, queues: dict[str, str]) -> None:
    """Who is most urgent now goes first."""
    desk.workflow(default=queues["Care"])
    first, second = desk.task(), desk.task()
    second.update(priority=1)
    desk.worker("Alice")

    assert (desk.offers(first), desk.offers(second)) == ([], [("Alice", "pending")])


# -- skip_if and known workers -----------------------------------------------------------------


@pytest.mark.reference("4.6b", "4.6c", "5.4a")
@pytest.mark.parametrize(
    ("skip_if", "skips"),
    [
        ("workers.available == 0", False),
        ("workers.available < 2", True),
        ("workers.unavailable == 2", True),
        ("workers.{available} < 2 OR workers.{offline} < 2", True),
        ("workers.{available} == 1 AND workers.{offline} == 2", True),
        ("workers.available > 1", False),
    ],
)
def test_skip_counts_members_by_activity(desk: Desk, queues: dict[str, str], skip_if: str, skips: bool) -> None:
    """Of the step's queue, by Activity alone: the one who is available has no room, and counts."""
    text = skip_if.format(available=desk.activity("Available"), offline=desk.activity("Offline"))
    members = desk.queue("Members", "member == true")
    desk.workflow(filter_("1==1", {"queue": members, "skip_if": text}, {"queue": queues["Nobody"]}))
    desk.worker("Alice", {"member": True}, default=0)
    for name in ("Bob", "Carol"):
        desk.worker(name, {"member": True}, activity="Offline")
    desk.worker("Dave", activity="Offline")

    assert place(desk.task())[1] == ("Nobody" if skips else "Members")


@pytest.mark.reference("4.7a")
@pytest.mark.parametrize("by", ["sid", "friendly_name"])
def test_known_worker_alone_is_asked(desk: Desk, queues: dict[str, str], by: str) -> None:
    """By SID or by name; others wait in vain, and the events name the Worker."""
    desk.workflow(filter_("1==1", {"queue": queues["Care"], f"known_worker_{by}": "task.agent"}))
    desk.worker("Alice")
    bob = desk.worker("Bob", activity="Offline")
    task = desk.task({"agent": bob.sid if by == "sid" else "Bob"})
    assert desk.offers(task) == []
    desk.move(bob, "Available")

    assert desk.offers(task) == [("Bob", "pending")]
    (event,) = desk.events(task_sid=task.sid, event_type="reservation.created")
    assert event.event_data["known_worker_sid"] == bob.sid


@pytest.mark.reference("4.7a", "5.2b")
def test_known_worker_may_be_one_of_a_list(desk: Desk, queues: dict[str, str]) -> None:
    """The attribute is named as in an expression, indexes included."""
    desk.workflow(filter_("1==1", {"queue": queues["Care"], "known_worker_friendly_name": "task.agents[1]"}))
    desk.worker("Alice")
    desk.worker("Bob")

    assert desk.offers(desk.task({"agents": ["Alice", "Bob"]})) == [("Bob", "pending")]


@pytest.mark.reference("4.7a")
def test_known_worker_must_fit_the_expression_too(desk: Desk, queues: dict[str, str]) -> None:
    """Both are asked."""
    desk.workflow(
        filter_("1==1", {"queue": queues["Care"], "known_worker_sid": "task.agent", "expression": "worker.level > 1"})
    )
    alice = desk.worker("Alice", {"level": 1})

    assert desk.offers(desk.task({"agent": alice.sid})) == []


@pytest.mark.reference("4.7b")
@pytest.mark.parametrize(
    ("agent", "codes"), [("WK" + "0" * 32, [40155]), ("outsider", [40152]), (None, []), ("absent", [])]
)
def test_known_worker_who_cannot_come(desk: Desk, queues: dict[str, str], agent: str | None, codes: list[int]) -> None:
    """A debugger error, or none for null; the Task stays in its step."""
    desk.workflow(filter_("1==1", {"queue": queues["Sales"], "known_worker_sid": "task.agent"}))
    outsider = desk.worker("Alice")
    attributes = {"agent": outsider.sid if agent == "outsider" else agent}
    task = desk.task({} if agent == "absent" else attributes)

    assert desk.alerts() == codes
    assert place(task)[:2] == ("pending", "Sales")


# -- time of day -------------------------------------------------------------------------------


@pytest.mark.reference("5.1a", "5.4a")
def test_filters_can_ask_for_the_time(desk: Desk, queues: dict[str, str]) -> None:
    """All in UTC; the desk stands at Monday, 09:00."""
    desk.workflow(
        filter_("taskrouter.dayOfWeek = 'Mon' AND taskrouter.currentTime < 0930", {"queue": queues["Sales"]}),
        default=queues["Care"],
    )
    early = desk.task()
    desk.advance(1800)

    assert (place(early)[1], place(desk.task())[1]) == ("Sales", "Care")


@pytest.mark.reference("5.1a")
def test_waiting_task_is_offered_when_its_hour_comes(desk: Desk, queues: dict[str, str]) -> None:
    """A step may ask for the time, too."""
    desk.workflow(filter_("1==1", {"queue": queues["Care"], "expression": "taskrouter.currentHour >= 10"}))
    desk.worker("Alice")
    task = desk.task()
    desk.advance(3599)
    assert desk.offers(task) == []
    desk.advance(1)

    assert desk.offers(task) == [("Alice", "pending")]


@pytest.mark.reference("5.1b")
@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("worker.sid == task.sid_wanted", True),
        ("worker.friendly_name == 'Alice'", True),
        ("worker.activity_name in ['Available','High Value']", True),
        ("worker.activity_sid == task.activity_wanted", True),
        ("worker.channel.voice.available_capacity_percentage == 100", False),
        ("worker.channel.voice.assigned_tasks == 0", True),
        ("worker.channel.chat.configured_capacity == 4", True),
        ("worker.channel.fax.assigned_tasks == 0", False),
    ],
)
def test_target_expressions_read_the_worker(desk: Desk, queues: dict[str, str], expression: str, fits: bool) -> None:
    """Their own fields, and what they carry: here one pending call."""
    desk.workflow(filter_("1==1", {"queue": queues["Care"], "expression": expression}), default=queues["Care"])
    alice = desk.worker("Alice", voice=1, chat=4)
    desk.task(routing_target=alice.sid, task_channel="voice")
    task = desk.task({"sid_wanted": alice.sid, "activity_wanted": desk.activity("Available")})

    assert desk.offers(task) == ([("Alice", "pending")] if fits else [])


@pytest.mark.reference("5.1c", "14.24")
def test_queue_expressions_read_attributes_only(desk: Desk) -> None:
    """``friendly_name`` means an attribute of that name, not the Worker's own."""
    desk.workflow(default=desk.queue(target_workers="friendly_name == 'Alice'"))
    desk.worker("Alice")

    assert desk.offers(desk.task()) == []
