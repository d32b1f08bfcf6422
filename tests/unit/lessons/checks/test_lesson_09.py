"""Lesson 9: right answers pass, each mistake gets a sentence of its own, and the sentences are true."""

from __future__ import annotations

import json

import pytest

from helpers.emulator.sdk.sdk_reading import fetch_or_none
from helpers.lessons.checks import check
from helpers.lessons.checks.subjects.own_world import OwnWorld

# -- 9.1 ------------------------------------------------------------------------------------------

PLACES = {"a": "English 10", "b": "Spanish 0", "c": "English 0", "d": "nowhere", "e": "English 0", "f": "nowhere"}
SAMPLES = {
    "a": {"vip": True, "selected_language": "es"},
    "b": {"selected_language": "es", "topic": "repair"},
    "c": {"topic": "warranty"},
    "d": {"topic": "sales"},
    "e": {"customer": {"vip": True}, "topic": "repair"},
    "f": {"VIP": True},
}
"""Attributes of the exercise's Tasks."""


def places(**changed):
    """The right answer to 9.1 with some letters changed."""
    return {**PLACES, **changed}


READINGS = [
    (..., "`goes_to` is still `...`"),
    (places(a="Spanish 0"), "Task a doesn't go to the Spanish queue: two filters match Task a"),
    (places(a="English"), "Task a: the queue is right, and the VIP target also sets a priority, which isn't 0"),
    (places(a="English 5"), "which isn't 5"),
    (places(b="English 0"), "Task b doesn't go to the English queue: two filters match Task b, and the Spanish"),
    (places(b="both"), '`goes_to["b"]` names two queues, and a Task is in one queue'),
    (places(b="English and Spanish"), '`goes_to["b"]` names two queues'),
    (places(b="Spanish 10"), "Task b: the queue is right, but only the VIP filter's target sets a priority"),
    (places(c="Spanish 0"), 'Task c doesn\'t go to the Spanish queue: the topic "warranty"'),
    (places(c="nowhere"), "Task c goes to a queue: the topic"),
    (places(c="English 3"), "Task c: the queue is right, but nothing sets the priority to 3"),
    (places(d="English 0"), "Task d doesn't go to the English queue: no filter matches Task d"),
    (places(d="pending"), "is 'pending', and a Task needs a queue to wait in"),
    (places(d="default queue"), "is 'default queue', and this Workflow has no default filter"),
    (places(e="English 10"), "Task e: the queue is right, but only the VIP"),
    (places(a="VIP"), "'VIP', the name of a filter. Write the queue in its target."),
    (places(e="nowhere"), "Task e goes to a queue: `vip` is inside `customer`"),
    (places(f="English 10"), "Task f doesn't go to the English queue: names of attributes are case-sensitive"),
    (places(a="Alice"), "`goes_to[\"a\"]` is 'Alice'. Write"),
    (places(a=10), '`goes_to["a"]` is a number. Write'),
    (places(f=...), '`goes_to["f"]` is still `...`'),
    ({"a": "English 10"}, "The letters b, c, d, e and f are missing"),
    ({**PLACES, "g": "nowhere"}, "There is no Task 'g' in this exercise"),
    ("English", "`goes_to` is text. Write a dictionary"),
    (None, "`goes_to` is nothing (`None`)"),
]


@pytest.mark.parametrize(("answer", "words"), READINGS)
def test_workflow_read_wrongly(answer, words):
    """9.1: the first letter that is wrong, and why."""
    verdict = check("9.1", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "answer",
    [
        PLACES,
        places(a="english/10", b=" Spanish ", d="canceled", f=None),
        places(a=("English", 10), b=["Spanish", 0], c="English", d="cancelled", e="English, 0"),
        list(PLACES.values()),
    ],
)
def test_workflow_read_rightly(answer):
    """9.1: in any case, with or without the priority 0, as text or as a pair."""
    assert check("9.1", answer).passed


def test_answer_is_what_taskrouter_does():
    """9.1: the emulator puts each Task where the check says."""
    own = OwnWorld.build()
    english, spanish = {"queue": own.sids.english_queue_sid}, {"queue": own.sids.spanish_queue_sid}
    load(
        own,
        rule("VIP", "vip == true", {**english, "priority": 10}),
        rule("Spanish", 'selected_language == "es"', spanish),
        rule("Repairs", 'topic IN ["repair", "warranty"]', english),
    )
    queues = {own.sids.english_queue_sid: "English", own.sids.spanish_queue_sid: "Spanish"}
    seen = {}
    for letter, attributes in SAMPLES.items():
        task = create(own, **attributes).fetch()
        seen[letter] = f"{queues[task.task_queue_sid]} {task.priority}" if task.task_queue_sid else "nowhere"

    assert seen == PLACES


def rule(name, expression, *targets):
    """A filter, as the lesson's cell makes it."""
    return {"filter_friendly_name": name, "expression": expression, "targets": list(targets)}


def load(own, *filters, default=None):
    """Give the Workflow these filters."""
    routing = {"filters": list(filters), **({"default_filter": {"queue": default}} if default else {})}
    own.workspace.workflows(own.sids.workflow_sid).update(configuration=json.dumps({"task_routing": routing}))


def create(own, **attributes):
    """Create a Task."""
    return own.workspace.tasks.create(attributes=json.dumps(attributes), workflow_sid=own.sids.workflow_sid)


# -- 9.2 ------------------------------------------------------------------------------------------

ORDERS = [
    (..., "`order` is still `...`"),
    ("acb", "Target a can't be the first: Bob would be asked at once"),
    ("bca", "Target b can't be the first: this target matches nobody and has no end"),
    ("dab", "Target d can't be the first: Bob would be asked at once"),
    ("ecb", "Target e can't be the first: this target matches nobody, so nobody would be asked for a minute"),
    ("fab", "Target f can't be the first: the emulator refuses it"),
    ("gab", "Target g can't be the first: `skip_if` doesn't wait"),
    ("cba", "Target b can't be the second: this target has no timeout"),
    ("cdb", "Target d can't be the second: timeouts add up"),
    ("ceb", "Target e can't be the second: nobody would be asked for a minute"),
    ("cfb", "Target f can't be the second: the emulator refuses it"),
    ("cgb", "Target g can't be the second: the Spanish queue has had its minute"),
    ("cad", "Target d can't be the third: this target has a timeout"),
    ("cae", "Target e can't be the third: a Task that leaves its last target by timeout is canceled"),
    ("caf", "Target f can't be the third"),
    ("cag", "Target g can't be the third: here the Task should be parked"),
    ("ca", "There are fewer than three targets: a Task that leaves its last target by timeout is canceled"),
    ("c", "There are fewer than three targets: the Task would be canceled after a minute"),
    ("cabe", "Target e is never reached"),
    ("cac", "The letter c is there more than once"),
    ("cax", "There is no letter x in this exercise"),
    ("312", "`order` has digits in it"),
    (None, "`order` is nothing"),
    ("", "`order` is empty"),
]


@pytest.mark.parametrize(("order", "words"), ORDERS)
def test_targets_in_another_order(order, words):
    """9.2: the first target that is out of place, and what would happen."""
    verdict = check("9.2", order)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize("order", ["cab", "C, A, B", ["c", "a", "b"]])
def test_targets_in_order(order):
    """9.2: in any case and form."""
    assert check("9.2", order).passed


def targets(own):
    """The exercise's targets by letter."""
    english, spanish = own.sids.english_queue_sid, own.sids.spanish_queue_sid
    return {
        "a": {"queue": english, "timeout": 60, "priority": 5},
        "b": {"queue": english, "expression": "1==0"},
        "c": {"queue": spanish, "timeout": 60},
        "d": {"queue": english, "timeout": 120, "priority": 5},
        "e": {"queue": english, "expression": "1==0", "timeout": 60},
        "f": {"queue": english, "timeout": 60, "priority": "high"},
        "g": {"queue": spanish, "skip_if": "1==1"},
    }


def follow(order, bob="Offline", seconds=(59, 60, 119, 120, 181)):
    """Queue and priority of a Spanish Task at these ages, or how it ended; both names Offline unless Bob isn't."""
    own = OwnWorld.build()
    by_letter = targets(own)
    load(own, rule("Spanish", 'selected_language == "es"', *(by_letter[letter] for letter in order)))
    own.set_activity(own.sids.bob_sid, bob)
    task, seen = create(own, selected_language="es"), []
    names = {own.sids.english_queue_sid: "English", own.sids.spanish_queue_sid: "Spanish"}
    for age in seconds:
        own.advance(age - task.fetch().age)
        now = fetch_or_none(task)
        seen.append((names[now.task_queue_sid], now.priority) if now.assignment_status == "pending" else now.reason)
    return seen


LOST = "Task canceled on Workflow timeout"
SPANISH, ENGLISH, URGENT = ("Spanish", 0), ("English", 0), ("English", 5)


@pytest.mark.parametrize(
    ("order", "seen"),
    [
        ("cab", [SPANISH, URGENT, URGENT, URGENT, URGENT]),
        ("cba", [SPANISH, ENGLISH, ENGLISH, ENGLISH, ENGLISH]),
        ("cae", [SPANISH, URGENT, URGENT, URGENT, LOST]),
        ("ca", [SPANISH, URGENT, URGENT, LOST, LOST]),
        ("c", [SPANISH, LOST, LOST, LOST, LOST]),
        ("cag", [SPANISH, URGENT, URGENT, LOST, LOST]),
        ("gab", [URGENT, URGENT, URGENT, URGENT, URGENT]),
    ],
)
def test_sentences_on_targets_are_true(order, seen):
    """9.2: the emulator does what the check says of an order."""
    assert follow(order) == seen


def test_parking_asks_nobody():
    """9.2: Bob is Idle when the third target begins, and isn't asked."""
    own = OwnWorld.build()
    by_letter = targets(own)
    load(own, rule("Spanish", 'selected_language == "es"', *(by_letter[letter] for letter in "cab")))
    task = create(own, selected_language="es")
    own.advance(121)
    own.set_activity(own.sids.bob_sid, "Idle")

    assert task.fetch().assignment_status == "pending"


def test_priority_is_a_number():
    """9.2: target f is refused."""
    own = OwnWorld.build()
    with pytest.raises(Exception, match="priority"):
        load(own, rule("Spanish", "1==1", targets(own)["f"]))


# -- 9.3 ------------------------------------------------------------------------------------------


def broken(desk):
    """The exercise's target."""
    return {
        "queue": desk.story.english_queue_sid,
        "known_worker_sid": "task.agent_sid",
        "skip_if": "workers.available == 0",
    }


def changed(**keys):
    """A function that makes the target with some keys changed; None removes one."""

    def make(desk):
        return {key: value for key, value in {**broken(desk), **keys}.items() if value is not None}

    return make


REPAIRS = [
    (lambda desk: ..., "`repaired` is still `...`"),
    (changed(), "`skip_if` is false: Bob is available. It counts everyone in the queue"),
    (changed(skip_if="workers.available < 1"), "It counts everyone in the queue, not Alice alone"),
    (changed(skip_if="worker.available == 0"), "A Workflow with `repaired`: TaskRouter returned an error"),
    (changed(skip_if="task.agent_sid == null"), "TaskRouter returned an error"),
    (changed(skip_if="workers.available == 2"), "`skip_if` is false when the regular writes: 'workers.available == 2'"),
    (changed(skip_if=None), "Nothing ends the first target"),
    (changed(skip_if=None, known_worker_sid=None), "Alice and Bob are Idle, and Alice's regular goes to Bob"),
    (changed(known_worker_sid=None), "Alice's regular goes to Bob. Keep `known_worker_sid`"),
    (changed(timeout=0), "TaskRouter returned an error: status 400"),
    (changed(timeout=3600), "after a minute the regular still waits: the timeout is 3600 s"),
    (changed(skip_if=None, priority=10), "A priority puts Tasks in order, but it doesn't end the waiting"),
    (changed(skip_if=None, order_by="worker.level DESC"), "`order_by` puts Workers in order, and here only Alice"),
    (changed(skip_if=None, expression="worker.level > 1"), "An expression excludes more Workers"),
    (changed(skip_if="workers.available > 0"), "Both are Offline when the regular writes. Then Bob comes"),
    (changed(queue=None), "TaskRouter returned an error"),
    (changed(time_out=30), "TaskRouter ignores `time_out`: the key of a target is `timeout`."),
    (changed(skip_if=None, Skip_If="1==1"), "TaskRouter ignores `Skip_If`: the key of a target is `skip_if`."),
    (changed(skip_if=None, end="soon"), "TaskRouter ignores `end`: a target has no such key."),
    (
        changed(known_worker_sid=None, known_worker="task.agent_sid", timeout=30),
        "TaskRouter ignores `known_worker`: the key of a target is",
    ),
    (lambda desk: rule("Regulars", "agent_sid != null", broken(desk)), "`repaired` is a whole filter"),
    (lambda desk: "timeout", "`repaired` is text. It's the first target"),
    (lambda desk: None, "`repaired` is nothing (`None`)"),
]


@pytest.mark.parametrize(("make", "words"), REPAIRS)
def test_regular_who_still_waits(desk, make, words):
    """9.3: what keeps the regular waiting, or who else gets them."""
    verdict = check("9.3", make(desk.begin(9)))

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "make",
    [
        changed(timeout=30),
        changed(skip_if="1==1"),
        changed(skip_if=None, timeout=60),
        changed(timeout="30"),
        changed(timeout=30, note="a key that does no harm"),
        lambda desk: [changed(timeout=10)(desk)],
    ],
)
def test_regular_who_is_helped(desk, make):
    """9.3: by time, or whenever Alice can't come; in a list, too."""
    assert check("9.3", make(desk.begin(9))).passed


def test_target_in_a_list(desk):
    """9.3: it counts, and the verdict says that the list isn't needed."""
    verdict = check("9.3", [changed(timeout=30)(desk.begin(9))])

    assert str(verdict).endswith("(`repaired` is one target, so it doesn't need the list around it.)")


# -- 9.4 ------------------------------------------------------------------------------------------


def fair(first=None, rest=None, vip="vip == true", everyone="1==1", swap=False):
    """A function that makes the filters of 9.4 from targets without their queue; None are the solution's."""

    def make(desk):
        queue = {"queue": desk.story.english_queue_sid}
        vips = rule("VIP", vip, *({**queue, **target} for target in first or ({"priority": 10},)))
        others = rest or ({"timeout": 600}, {"priority": 20})
        all_others = rule("Everyone", everyone, *({**queue, **target} for target in others))
        return [all_others, vips] if swap else [vips, all_others]

    return make


UNFAIR = [
    (lambda desk: ..., "`fair` is still `...`"),
    (fair(rest=[{}]), "behind 10 VIPs, and Bob still isn't asked. After ten minutes, a second target has to raise"),
    (fair(rest=[{"timeout": 600}, {"priority": 5}]), "The last target's priority is still below a VIP's"),
    (fair(rest=[{"timeout": 600}, {}]), "The second target has no priority, so the Task keeps its own"),
    (fair(rest=[{}, {"priority": 20}]), "The second target is never reached, because the first one has no timeout"),
    (fair(rest=[{"timeout": 60}, {"priority": 20}]), "Everyone's second target begins too early"),
    (fair(rest=[{"timeout": 300}, {"priority": 20}]), "Customer 2 goes before VIPs after 5 minutes already"),
    (fair(rest=[{"timeout": 3600}, {"priority": 20}]), "The last target comes later than after ten minutes"),
    (fair(rest=[{"timeout": 600}, {"priority": 20, "timeout": 600}]), "Nobody is free for an hour, and customer 2 is"),
    (fair(rest=[{"timeout": 600}]), "Customer 2 is canceled while VIPs are served. The last target has a timeout"),
    (
        fair(first=[{"priority": 10, "timeout": 600}], everyone="vip != true"),
        "Nobody is free for an hour, and a VIP is canceled",
    ),
    (fair(first=[{}]), "Customer 3 is a VIP, and customer 2 goes first. Your first target gives VIPs no priority"),
    (fair(first=[{"order_by": "worker.level DESC"}]), "`order_by` puts Workers in order, not Tasks"),
    (fair(rest=[{"priority": 20}]), "Everyone else has priority 20 from the start, above your VIPs"),
    (fair(first=[{"priority": 0}]), "At the same priority the older Task goes first"),
    (fair(vip='vip == "true"'), 'the attribute is `true`, and you compare it with the text "true"'),
    (fair(swap=True), "VIPs match the filter for everyone first. Move it down"),
    (fair(everyone="vip == false"), "No filter matches a customer without the attribute `vip`"),
    (fair(everyone="vip == null"), "No filter matches a customer who isn't a VIP"),
    (fair(vip="Vip == true", everyone="vip != true"), "No filter matches a VIP"),
    (fair(rest=[{"timeout": 600}, {"priority": "high"}]), "A Workflow with `fair`: TaskRouter returned an error"),
    (fair(first=[{"prority": 10}]), "TaskRouter ignores `prority`: the key of a target is `priority`."),
    (fair(rest=[{"time_out": 600}, {"priority": 20}]), "TaskRouter ignores `time_out`: the key of a target is"),
    (lambda desk: [{"expresion": "1==1"}], "TaskRouter ignores `expresion`: the key of a filter is `expression`."),
    (lambda desk: [rule("All", "1==1", {"queue": desk.story.spanish_queue_sid})], "A VIP waits in the Spanish queue"),
    (lambda desk: [{"expression": {1, 2}}], "`fair` has something in it that JSON can't hold"),
    (lambda desk: "1==1", "`fair` is text, not a list of filters"),
    (lambda desk: {"filters": fair()(desk)}, "`fair` is a dictionary, not a list of filters"),
    (lambda desk: fair()(desk)[0], "No filter matches a customer who isn't a VIP"),
    (lambda desk: None, "`fair` is nothing (`None`), not a list of filters"),
    (lambda desk: [], "No filter matches a VIP"),
]


@pytest.mark.parametrize(("make", "words"), UNFAIR)
def test_rules_that_are_unfair(desk, make, words):
    """9.4: who waits, for how long, and why."""
    verdict = check("9.4", make(desk.begin(9)))

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "make",
    [
        fair(),
        fair(rest=[{"timeout": 600}, {"priority": 10}]),
        fair(rest=[{"timeout": 600}, {"priority": "11"}]),
        fair(rest=[{"timeout": 300}, {"timeout": 300, "priority": 1}, {"priority": 20}]),
        fair(first=[{"priority": 10, "timeout": 600}, {"priority": 30}], rest=[{"timeout": 600}, {"priority": 25}]),
    ],
)
def test_rules_that_are_fair(desk, make):
    """9.4: at equal priority the older Task goes first, and VIPs may age, too."""
    verdict = check("9.4", make(desk.begin(9)))

    assert verdict.passed, str(verdict)


def test_verdict_on_fair_rules(desk):
    """9.4: the order in which Bob serves the twelve."""
    assert str(check("9.4", fair()(desk.begin(9)))) == (
        "✓ Bob serves customers 1, 3, 4, 5, 6, 7, 8, 9, 2, 10, 11. VIPs go first, and after 10 minutes customer 2 goes "
        "before them."
    )


def test_checks_change_nothing_of_the_learners(desk):
    """Each tries the answer in a Workspace of its own."""
    desk.begin(9)
    before = desk.workspace.workflows(desk.story.workflow_sid).fetch().configuration

    check("9.3", changed(timeout=30)(desk))
    check("9.4", fair()(desk))

    assert desk.workspace.workflows(desk.story.workflow_sid).fetch().configuration == before
    assert desk.workspace.tasks.list() == []
