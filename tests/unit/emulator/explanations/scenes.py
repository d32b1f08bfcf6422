"""Ways to get stuck, each set up through the SDK; every one returns the Task a learner would ask about.

Those in ``VIEWS`` return what ``explain`` says, of something else than a waiting Task.

``golden/NAME.txt`` holds what ``explain`` says to each. After a change of wording, write them anew and read the diff::

    .venv/bin/python -m tests.unit.emulator.explanations.scenes
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from helpers.emulator.clock import Clock
from helpers.emulator.explanations import Explanation, explain
from tests.worlds.desk import Desk, configuration, filter_

GOLDEN = Path(__file__).parent / "golden"

Scene = Callable[[Desk], Any]
SCENES: dict[str, Scene] = {}
VIEWS: dict[str, Callable[[Desk], Explanation]] = {}
SINGLE_TASKING: set[str] = set()


def scene(build: Scene) -> Scene:
    """Register a scene under its name."""
    SCENES[build.__name__] = build
    return build


def scene_of_another_kind(build: Callable[[Desk], Explanation]) -> Callable[[Desk], Explanation]:
    """Register a scene that returns the explanation itself."""
    VIEWS[build.__name__] = build
    return build


def story(desk: Desk, alice: str = "Offline", bob: str = "Available", default: bool = False) -> tuple[Any, Any, str]:
    """The lessons' world: Alice speaks English and Spanish, Bob English."""
    first = desk.worker("Alice", {"languages": ["en", "es"]}, alice)
    second = desk.worker("Bob", {"languages": ["en"]}, bob)
    spanish, english = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("English", 'languages HAS "en"')
    filters = [
        filter_('selected_language == "es"', spanish, name="Spanish"),
        filter_('selected_language == "en"', english, name="English"),
    ]
    everybody = desk.queue("Everybody") if default else None
    return first, second, desk.workflow(*filters, default=everybody)


# -- who could take it is not there -------------------------------------------------------------


@scene
def worker_offline(desk: Desk) -> Any:
    _, _, workflow = story(desk)
    return desk.task({"selected_language": "es"}, workflow_sid=workflow)


@scene
def nobody_in_the_queue(desk: Desk) -> Any:
    desk.worker("Bob", {"languages": ["en"]})
    spanish = desk.queue("Spanish", 'languages HAS "es"')
    return desk.task(
        {"selected_language": "es"},
        workflow_sid=desk.workflow(filter_('selected_language == "es"', spanish, name="Spanish")),
    )


@scene
def no_workers_at_all(desk: Desk) -> Any:
    spanish = desk.queue("Spanish", 'languages HAS "es" AND level >= 3')
    return desk.task(workflow_sid=desk.workflow(default=spanish))


@scene
def empty_target_workers(desk: Desk) -> Any:
    desk.worker("Alice")
    queue = desk.queue("Nobody", "1==1")
    desk.workspace.task_queues(queue).update(target_workers="")
    return desk.task(workflow_sid=desk.workflow(default=queue))


@scene
def misspelt_key_in_the_queue(desk: Desk) -> Any:
    desk.worker("Alice", {"languages": ["en", "es"]})
    desk.worker("Bob", {"languages": ["en"]})
    return desk.task(workflow_sid=desk.workflow(default=desk.queue("Spanish", 'langauges HAS "es"')))


@scene
def hyphenated_worker_key(desk: Desk) -> Any:
    desk.worker("Alice", {"skill-level": 5})
    return desk.task(workflow_sid=desk.workflow(default=desk.queue("Experts", "skill_level > 3")))


@scene
def list_as_text(desk: Desk) -> Any:
    """The list was encoded twice, so that the attribute is a text."""
    desk.worker("Alice", {"languages": json.dumps(["en", "es"])})
    return desk.task(workflow_sid=desk.workflow(default=desk.queue("Spanish", 'languages HAS "es"')))


# -- room ---------------------------------------------------------------------------------------


@scene
def capacity_used_by_pending(desk: Desk) -> Any:
    desk.worker("Alice")
    workflow = desk.workflow(default=desk.queue("Everybody"))
    desk.task({"first": True}, workflow_sid=workflow)
    return desk.task({"second": True}, workflow_sid=workflow)


@scene
def capacity_used_by_accepted(desk: Desk) -> Any:
    alice = desk.worker("Alice")
    workflow = desk.workflow(default=desk.queue("Everybody"))
    desk.task(workflow_sid=workflow)
    desk.reserved_for(alice).update(reservation_status="accepted")
    return desk.task(workflow_sid=workflow)


@scene
def capacity_zero(desk: Desk) -> Any:
    alice = desk.worker("Alice")
    desk.workspace.workers(alice.sid).worker_channels("default").update(capacity=0)
    return desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody")))


@scene
def channel_off(desk: Desk) -> Any:
    alice = desk.worker("Alice")
    desk.workspace.workers(alice.sid).worker_channels("default").update(available=False)
    return desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody")))


@scene
def wrong_task_channel(desk: Desk) -> Any:
    """Alice has room on voice; the Task came by chat."""
    alice = desk.worker("Alice")
    desk.workspace.workers(alice.sid).worker_channels("chat").update(capacity=0)
    desk.workspace.workers(alice.sid).worker_channels("voice").update(capacity=3)
    return desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody")), task_channel="chat")


def chat_during_a_call(desk: Desk, *, accepted: bool, bob: bool = False) -> Any:
    """Create a chat for Alice, who is on the phone; a second filter would match the chat, too."""
    alice = desk.worker("Alice")
    if bob:
        sid = desk.worker("Bob", activity="Available").sid
        desk.workspace.workers(sid).worker_channels("chat").update(available=False)
    everybody = desk.queue("Everybody")
    chats = {"queue": everybody, "expression": "worker.channel.voice.available_capacity_percentage == 100"}
    workflow = desk.workflow(filter_('medium == "chat"', chats, name="Chat"), filter_("1==1", everybody, name="All"))
    desk.task({"medium": "phone"}, workflow_sid=workflow, task_channel="voice")
    if accepted:
        desk.reserved_for(alice).update(reservation_status="accepted")
    return desk.task({"medium": "chat"}, workflow_sid=workflow, task_channel="chat")


@scene
def on_the_phone(desk: Desk) -> Any:
    """The call can be completed, and that's a smaller change than another order of the filters."""
    return chat_during_a_call(desk, accepted=True)


@scene
def phone_rings(desk: Desk) -> Any:
    """The call is only offered, and that's what keeps the chat away."""
    return chat_during_a_call(desk, accepted=False)


@scene
def phone_rings_and_somebody_else_is_there(desk: Desk) -> Any:
    """Bob gets no chats, but could answer the phone."""
    return chat_during_a_call(desk, accepted=False, bob=True)


@scene
def single_tasking_busy(desk: Desk) -> Any:
    alice = desk.worker("Alice")
    workflow = desk.workflow(default=desk.queue("Everybody"))
    desk.task(workflow_sid=workflow, task_channel="voice")
    desk.reserved_for(alice).update(reservation_status="accepted")
    return desk.task(workflow_sid=workflow, task_channel="chat")


SINGLE_TASKING.add("single_tasking_busy")


@scene
def others_go_first(desk: Desk) -> Any:
    desk.worker("Alice", activity="Offline")
    workflow = desk.workflow(default=desk.queue("Everybody"))
    desk.task({"first": True}, workflow_sid=workflow)
    desk.task({"important": True}, workflow_sid=workflow, priority=10)
    return desk.task({"mine": True}, workflow_sid=workflow)


@scene
def another_goes_first(desk: Desk) -> Any:
    """Alice is Offline, and two Spanish Tasks wait: for the second, that she is not there comes first."""
    _, _, workflow = story(desk)
    desk.task({"selected_language": "es"}, workflow_sid=workflow)
    return desk.task({"selected_language": "es"}, workflow_sid=workflow)


@scene
def no_room_and_another_goes_first(desk: Desk) -> Any:
    """Alice has a Task already, and of two that wait the other one is the older."""
    alice, _, workflow = story(desk, alice="Available")
    desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.reserved_for(alice).update(reservation_status="accepted")
    desk.task({"selected_language": "es"}, workflow_sid=workflow)
    return desk.task({"selected_language": "es"}, workflow_sid=workflow)


@scene
def one_has_no_room_and_one_is_offline(desk: Desk) -> Any:
    """Bob is there and busy, which is nearer than Alice, for whom the smallest change is."""
    _, bob, workflow = story(desk)
    desk.task({"selected_language": "en"}, workflow_sid=workflow)
    desk.reserved_for(bob).update(reservation_status="accepted")
    return desk.task({"selected_language": "en"}, workflow_sid=workflow)


@scene
def one_is_offline_and_one_does_not_fit(desk: Desk) -> Any:
    """Alice is nearer, as she fits the step; but in her queue there is a smaller change."""
    desk.worker("Alice", {"level": 3}, "Offline")
    desk.worker("Bob", {"levle": 3})
    target = {"queue": desk.queue("Everybody"), "expression": "worker.level >= 3"}
    return desk.task(workflow_sid=desk.workflow(filter_("1==1", target, name="By level")))


@scene
def no_room_and_offline(desk: Desk) -> Any:
    """Alice can take no Task of this channel, and is Offline besides."""
    alice, _, workflow = story(desk)
    desk.workspace.workers(alice.sid).worker_channels("default").update(capacity=0)
    desk.task({"selected_language": "es"}, workflow_sid=workflow)
    return desk.task({"selected_language": "es"}, workflow_sid=workflow)


@scene
def nobody_in_the_queue_and_another_goes_first(desk: Desk) -> Any:
    """Who is in the queue comes before whose turn it is."""
    desk.worker("Bob", {"languages": ["en"]})
    workflow = desk.workflow(default=desk.queue("Spanish", 'languages HAS "es"'))
    desk.task(workflow_sid=workflow, priority=5)
    return desk.task(workflow_sid=workflow)


# -- what happened before -----------------------------------------------------------------------


@scene
def reservation_timed_out(desk: Desk) -> Any:
    desk.worker("Alice")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody"), task_reservation_timeout=30))
    desk.advance(45)
    return task


@scene
def rejected_before(desk: Desk) -> Any:
    alice = desk.worker("Alice")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody")))
    desk.reserved_for(alice).update(reservation_status="rejected", worker_activity_sid=desk.activity("Unavailable"))
    return task


# -- the step -----------------------------------------------------------------------------------


@scene
def target_expression_false(desk: Desk) -> Any:
    desk.worker("Alice", {"level": 2})
    desk.worker("Bob", {"level": 1})
    target = {"queue": desk.queue("Everybody"), "expression": "worker.level >= task.difficulty"}
    return desk.task({"difficulty": 3}, workflow_sid=desk.workflow(filter_("1==1", target, name="By level")))


@scene
def known_worker_missing(desk: Desk) -> Any:
    desk.worker("Alice")
    target = {"queue": desk.queue("Everybody"), "known_worker_friendly_name": "task.agent"}
    return desk.task({"agent": "alice"}, workflow_sid=desk.workflow(filter_("agent != null", target, name="Known")))


@scene
def known_worker_not_in_the_queue(desk: Desk) -> Any:
    alice = desk.worker("Alice", {"languages": ["en"]})
    target = {"queue": desk.queue("Spanish", 'languages HAS "es"'), "known_worker_sid": "task.agent_sid"}
    return desk.task(
        {"agent_sid": alice.sid}, workflow_sid=desk.workflow(filter_("agent_sid != null", target, name="Known"))
    )


@scene
def target_timeout_runs(desk: Desk) -> Any:
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    desk.worker("Bob", {"languages": ["en"]})
    spanish, everybody = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("Everybody")
    targets = {"queue": spanish, "timeout": 60}, {"queue": everybody}
    return desk.task(
        {"selected_language": "es"},
        workflow_sid=desk.workflow(filter_('selected_language == "es"', *targets, name="Spanish first")),
    )


def skipping_to_the_next_target(desk: Desk) -> str:
    """Nobody of the Spanish queue is there, so a Task goes on to the next target at once."""
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    desk.worker("Bob", {"languages": ["en"]}, "Unavailable")
    spanish, everybody = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("English", 'languages HAS "en"')
    targets = {"queue": spanish, "skip_if": "workers.available == 0"}, {"queue": everybody}
    return desk.workflow(filter_('selected_language == "es"', *targets, name="Spanish"))


def skipping_to_the_default_filter(desk: Desk) -> str:
    """Nobody can be reserved, and the only target of the filter is left at once then."""
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    desk.worker("Bob", {"languages": ["en"]}, "Offline")
    spanish, english = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("English", 'languages HAS "en"')
    target = {"queue": spanish, "skip_if": "1==1"}
    return desk.workflow(filter_('selected_language == "es"', target, name="Spanish"), default=english)


@scene
def skipped_by_skip_if(desk: Desk) -> Any:
    return desk.task({"selected_language": "es"}, workflow_sid=skipping_to_the_next_target(desk))


@scene
def skipped_to_the_default_filter(desk: Desk) -> Any:
    return desk.task({"selected_language": "es"}, workflow_sid=skipping_to_the_default_filter(desk))


@scene
def routing_target_worker(desk: Desk) -> Any:
    alice = desk.worker("Alice", activity="Offline")
    desk.worker("Bob")
    workflow = desk.workflow(default=desk.queue("Everybody"))
    return desk.task(workflow_sid=workflow, routing_target=alice.sid, ignore_capacity="false")


@scene
def routing_target_queue(desk: Desk) -> Any:
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    desk.worker("Bob")
    spanish = desk.queue("Spanish", 'languages HAS "es"')
    return desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody")), routing_target=spanish)


# -- the wrong filter, or none ------------------------------------------------------------------


def spanish_desk(desk: Desk, expression: str, attributes: Any) -> Any:
    """Alice is ready for Spanish; a Task that misses the filter falls to a queue where nobody is."""
    desk.worker("Alice", {"languages": ["es"]})
    spanish, rest = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("Night shift", 'shift == "night"')
    return desk.task(attributes, workflow_sid=desk.workflow(filter_(expression, spanish, name="Spanish"), default=rest))


@scene
def misspelt_task_key(desk: Desk) -> Any:
    return spanish_desk(desk, 'selected_language == "es"', {"selected_langauge": "es"})


@scene
def task_key_in_other_capitals(desk: Desk) -> Any:
    return spanish_desk(desk, 'selected_language == "es"', {"Selected_Language": "es"})


@scene
def value_in_other_capitals(desk: Desk) -> Any:
    return spanish_desk(desk, 'selected_language == "es"', {"selected_language": "ES"})


@scene
def text_instead_of_boolean(desk: Desk) -> Any:
    return spanish_desk(desk, 'language IN ["es"] AND vip == true', {"language": "es", "vip": "true"})


@scene
def list_compared_with_equals(desk: Desk) -> Any:
    return spanish_desk(desk, 'languages == "es"', {"languages": ["es"]})


@scene
def hyphenated_task_key(desk: Desk) -> Any:
    return spanish_desk(desk, 'selected_language == "es"', {"selected-language": "es"})


@scene
def first_match_hides_the_right_filter(desk: Desk) -> Any:
    desk.worker("Alice", {"languages": ["es"]})
    spanish, night = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("Night shift", 'shift == "night"')
    filters = (
        filter_("selected_language != null", night, name="Any language"),
        filter_('selected_language == "es"', spanish, name="Spanish"),
    )
    return desk.task({"selected_language": "es"}, workflow_sid=desk.workflow(*filters))


@scene
def filter_leads_to_the_wrong_queue(desk: Desk) -> Any:
    """The filter for Spanish leads to the English queue, where nobody is available."""
    desk.worker("Alice", {"languages": ["es"]})
    desk.worker("Bob", {"languages": ["en"]}, "Offline")
    desk.queue("Spanish", 'languages HAS "es"')
    english = desk.queue("English", 'languages HAS "en"')
    return desk.task(
        {"selected_language": "es"},
        workflow_sid=desk.workflow(filter_('selected_language == "es"', english, name="Spanish")),
    )


@scene
def parked_after_two_targets(desk: Desk) -> Any:
    """The Task's Spanish Worker was asked first, then everybody, and now nobody is."""
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    spanish, others = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("Others")
    targets = (
        {"queue": spanish, "timeout": 60},
        {"queue": others, "timeout": 60},
        {"queue": others, "expression": "1==0"},
    )
    workflow = desk.workflow(filter_('selected_language == "es"', *targets, name="Spanish"))
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.advance(150)
    return task


@scene
def key_that_is_ignored(desk: Desk) -> Any:
    """The first target's timeout is misspelled, so the Task never reaches the second one."""
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    spanish, others = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("Others")
    targets = {"queue": spanish, "time_out": 30, "note": "first Alice"}, {"queue": others}
    return desk.task(
        {"selected_language": "es"},
        workflow_sid=desk.workflow(filter_('selected_language == "es"', *targets, name="Spanish")),
    )


@scene
def workflow_changed_meanwhile(desk: Desk) -> Any:
    """The Workflow was corrected after the Task had entered it, without ReEvaluateTasks."""
    desk.worker("Alice", {"languages": ["es"]})
    spanish, night = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("Night shift", 'shift == "night"')
    workflow = desk.workflow(filter_('language == "es"', spanish, name="Spanish"), default=night)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    updated(desk, workflow, filter_('selected_language == "es"', spanish, name="Spanish"), default=night)
    return task


def updated(desk: Desk, workflow: str, *filters: Any, default: str | None = None) -> None:
    """Give a Workflow other filters, without ReEvaluateTasks."""
    desk.workspace.workflows(workflow).update(configuration=configuration(*filters, default=default))


@scene
def workflow_updated_in_something_else(desk: Desk) -> Any:
    """What was updated does not concern where Tasks go."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.workspace.workflows(workflow).update(task_reservation_timeout=60, friendly_name="Requests by language")
    return task


@scene
def filter_added_for_others(desk: Desk) -> Any:
    """A filter that does not concern the Task came to stand before the one that took it."""
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    spanish = desk.queue("Spanish", 'languages HAS "es"')
    workflow = desk.workflow(filter_('selected_language == "es"', spanish, name="Spanish"))
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    portuguese = filter_('selected_language == "pt"', desk.queue("Portuguese", 'languages HAS "pt"'), name="Portuguese")
    updated(desk, workflow, portuguese, filter_('selected_language == "es"', spanish, name="Spanish"))
    return task


@scene
def filter_added_before_its_own(desk: Desk) -> Any:
    """A filter that the Task would go by now came to stand before the one that took it."""
    desk.worker("Alice", {"languages": ["es"]})
    spanish, night = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("Night shift", 'shift == "night"')
    workflow = desk.workflow(filter_("selected_language != null", night, name="Night"))
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    new = filter_('selected_language == "es"', spanish, name="Spanish")
    updated(desk, workflow, new, filter_("selected_language != null", night, name="Night"))
    return task


@scene
def target_expression_relaxed(desk: Desk) -> Any:
    """Alice would do for the step as it is now; the Task follows it as it was."""
    desk.worker("Alice", {"level": 2})
    everybody = desk.queue("Everybody")
    workflow = desk.workflow(filter_("1==1", {"queue": everybody, "expression": "worker.level >= 3"}, name="By level"))
    task = desk.task(workflow_sid=workflow)
    updated(desk, workflow, filter_("1==1", {"queue": everybody, "expression": "worker.level >= 2"}, name="By level"))
    return task


@scene
def filter_removed(desk: Desk) -> Any:
    """To go through the Workflow once more would be the end of the Task."""
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    english = desk.workspace.task_queues.list(friendly_name="English")[0].sid
    updated(desk, workflow, filter_('selected_language == "en"', english, name="English"))
    return task


@scene
def another_filter_at_this_hour(desk: Desk) -> Any:
    """It came at nine, when a filter led to the night shift; that filter is true until ten."""
    desk.worker("Alice")
    night = desk.queue("Night shift", 'shift == "night"')
    early = filter_("taskrouter.currentTime < 1000", night, name="Early")
    task = desk.task(workflow_sid=desk.workflow(early, default=desk.queue("Everybody")))
    desk.advance(2 * 3600)
    return task


@scene
def time_of_day(desk: Desk) -> Any:
    """It is nine o'clock; the day shift begins at ten."""
    desk.worker("Alice")
    target = {"queue": desk.queue("Everybody"), "expression": "taskrouter.currentTime >= 1000"}
    return desk.task(workflow_sid=desk.workflow(filter_("1==1", target, name="Day shift")))


@scene
def parked_on_purpose(desk: Desk) -> Any:
    """A customer who wants a call in ten minutes: until then the target matches nobody."""
    desk.worker("Alice")
    queue = desk.queue("Everybody")
    targets = {"queue": queue, "expression": "1==0", "timeout": 600}, {"queue": queue, "priority": 5}
    return desk.task(workflow_sid=desk.workflow(filter_("1==1", *targets, name="Call back")))


@scene
def parked_without_end(desk: Desk) -> Any:
    """The timeout was forgotten, so the customer waits for ever."""
    desk.worker("Alice")
    queue = desk.queue("Everybody")
    targets = {"queue": queue, "expression": "1==0"}, {"queue": queue, "priority": 5}
    return desk.task(workflow_sid=desk.workflow(filter_("1==1", *targets, name="Call back")))


@scene
def sticky_without_end(desk: Desk) -> Any:
    """Only Alice is asked, who is Offline, and the second target is never reached."""
    desk.worker("Alice", activity="Offline")
    desk.worker("Bob")
    queue = desk.queue("Everybody")
    targets = {"queue": queue, "known_worker_friendly_name": "task.agent"}, {"queue": queue}
    workflow = desk.workflow(filter_("1==1", *targets, name="Regulars"))
    return desk.task({"agent": "Alice"}, workflow_sid=workflow)


@scene
def first_target_without_end(desk: Desk) -> Any:
    """A level that nobody has, without a timeout."""
    desk.worker("Alice", {"level": 1})
    queue = desk.queue("Everybody")
    targets = {"queue": queue, "expression": "worker.level >= 5"}, {"queue": queue}
    return desk.task(workflow_sid=desk.workflow(filter_("1==1", *targets, name="Experts")))


# -- canceled -----------------------------------------------------------------------------------


@scene
def no_filter_and_no_default(desk: Desk) -> Any:
    _, _, workflow = story(desk)
    return desk.task({"selected_language": "de"}, workflow_sid=workflow)


@scene
def misspelt_and_no_default(desk: Desk) -> Any:
    _, _, workflow = story(desk, alice="Available")
    return desk.task({"selected_langauge": "es"}, workflow_sid=workflow)


@scene
def last_target_timed_out(desk: Desk) -> Any:
    desk.worker("Alice", activity="Offline")
    everybody = desk.queue("Everybody")
    task = desk.task(
        workflow_sid=desk.workflow(filter_("1==1", {"queue": everybody, "timeout": 30}, name="All"), default=everybody)
    )
    desk.advance(40)
    return task


@scene
def last_target_skipped(desk: Desk) -> Any:
    """The first target's timeout passed, but it is for the second, which was skipped, that the Task was canceled."""
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    spanish = desk.queue("Spanish", 'languages HAS "es"')
    targets = {"queue": spanish, "timeout": 20}, {"queue": spanish, "skip_if": "workers.available == 0"}
    task = desk.task(workflow_sid=desk.workflow(filter_("1==1", *targets, name="Spanish")))
    desk.advance(40)
    return task


@scene
def skipped_first_and_out_of_time_last(desk: Desk) -> Any:
    """The first target was skipped, but it is the timeout of the second that ended the Task."""
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    spanish = desk.queue("Spanish", 'languages HAS "es"')
    targets = {"queue": spanish, "skip_if": "workers.available == 0"}, {"queue": spanish, "timeout": 20}
    task = desk.task(workflow_sid=desk.workflow(filter_("1==1", *targets, name="Spanish")))
    desk.advance(40)
    return task


@scene
def out_of_time_and_then_taken_by_none(desk: Desk) -> Any:
    """A timeout passed; what ended the Task is that no filter was true for its new attributes."""
    desk.worker("Alice", {"languages": ["es"]}, "Offline")
    spanish = desk.queue("Spanish", 'languages HAS "es"')
    targets = {"queue": spanish, "timeout": 20}, {"queue": spanish}
    workflow = desk.workflow(filter_('selected_language == "es"', *targets, name="Spanish"))
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.advance(40)
    return desk.workspace.tasks(task.sid).update(attributes='{"selected_language": "ES"}')


@scene
def time_to_live_exceeded(desk: Desk) -> Any:
    desk.worker("Alice", activity="Offline")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody")), timeout=60)
    desk.advance(90)
    return task


# -- not pending, and not a Task ------------------------------------------------------------------


@scene_of_another_kind
def reserved(desk: Desk) -> Any:
    _, _, workflow = story(desk, alice="Available")
    return explain(desk.task({"selected_language": "es"}, workflow_sid=workflow))


@scene_of_another_kind
def reserved_for_one_who_left(desk: Desk) -> Explanation:
    """Alice is Offline now, and her offer is still open."""
    alice, _, workflow = story(desk, alice="Available")
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.workspace.workers(alice.sid).update(activity_sid=desk.activity("Offline"))
    return explain(desk.workspace.tasks(task.sid).fetch())


@scene_of_another_kind
def reserved_for_one_alone(desk: Desk) -> Explanation:
    """The Task is for Alice, and nobody else is asked if she does not answer."""
    alice = desk.worker("Alice")
    return explain(desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody")), routing_target=alice.sid))


@scene_of_another_kind
def reserved_beyond_the_last_target(desk: Desk) -> Explanation:
    """The last target's time is over before the Reservation's."""
    desk.worker("Alice")
    target = {"queue": desk.queue("Everybody"), "timeout": 60}
    return explain(desk.task(workflow_sid=desk.workflow(filter_("1==1", target, name="All"))))


@scene_of_another_kind
def offered_a_thousand_times(desk: Desk) -> Explanation:
    """Alice stays available, and lets one Reservation after the other time out."""
    desk.worker("Alice")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody"), task_reservation_timeout=1))
    desk.workspace.update(timeout_activity_sid=desk.activity("Available"))
    desk.advance(1100)
    return explain(task)


@scene_of_another_kind
def reserved_for_several(desk: Desk) -> Explanation:
    """Two Workers are asked at once."""
    desk.worker("Alice")
    desk.worker("Bob")
    return explain(desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody", max_reserved_workers=2))))


def with_an_available_timeout_activity(desk: Desk) -> tuple[Any, Any]:
    """Who lets an offer time out stays available, and has done so twice."""
    desk.client.taskrouter.v1.workspaces(desk.workspace_sid).update(timeout_activity_sid=desk.activity("Available"))
    alice = desk.worker("Alice")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue("Everybody"), task_reservation_timeout=30))
    desk.advance(70)
    return alice, task


@scene_of_another_kind
def offered_again_and_again(desk: Desk) -> Any:
    return explain(with_an_available_timeout_activity(desk)[1])


@scene_of_another_kind
def worker_offered_the_same_again_and_again(desk: Desk) -> Any:
    return explain(with_an_available_timeout_activity(desk)[0])


@scene_of_another_kind
def offered_to_each_in_turn(desk: Desk) -> Any:
    """The timeout Activity is available, but somebody else is asked next."""
    _, task = with_an_available_timeout_activity(desk)
    desk.worker("Bob")
    return explain(task)


@scene_of_another_kind
def assigned(desk: Desk) -> Any:
    alice, _, workflow = story(desk, alice="Available")
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.reserved_for(alice).update(reservation_status="accepted")
    return explain(task)


@scene_of_another_kind
def completed_and_gone(desk: Desk) -> Any:
    alice, _, workflow = story(desk, alice="Available")
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.reserved_for(alice).update(reservation_status="accepted")
    desk.workspace.tasks(task.sid).update(assignment_status="completed", reason="customer is happy")
    desk.advance(3600)
    return explain(task)


@scene_of_another_kind
def canceled_by_a_program(desk: Desk) -> Any:
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    return explain(desk.workspace.tasks(task.sid).update(assignment_status="canceled", reason="caller gave up"))


@scene_of_another_kind
def deleted(desk: Desk) -> Any:
    _, _, workflow = story(desk)
    task = desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.workspace.tasks(task.sid).delete()
    return explain(task)


@scene_of_another_kind
def many_workers(desk: Desk) -> Any:
    for number in range(60):
        desk.worker(
            f"Worker {number}", {"languages": ["en", "es"][: number % 2 + 1]}, "Offline" if number % 3 else "Available"
        )
    full = desk.workspace.workers.list(friendly_name="Worker 3")[0]
    desk.workspace.workers(full.sid).worker_channels("default").update(capacity=0)
    spanish = desk.queue("Spanish", 'languages HAS "es" AND level >= 3')
    return explain(desk.task(workflow_sid=desk.workflow(default=spanish)))


@scene_of_another_kind
def worker_who_gets_nothing(desk: Desk) -> Any:
    _, bob, workflow = story(desk)
    desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.task({"selected_language": "en"}, workflow_sid=workflow)
    return explain(bob)


@scene_of_another_kind
def worker_who_did_not_answer(desk: Desk) -> Any:
    """An offer timed out, and TaskRouter moved Alice."""
    alice, _, workflow = story(desk, alice="Available")
    desk.task({"selected_language": "es"}, workflow_sid=workflow)
    desk.advance(130)
    return explain(alice)


@scene_of_another_kind
def worker_without_tasks(desk: Desk) -> Any:
    alice, _, _ = story(desk)
    return explain(alice)


@scene_of_another_kind
def workflow_takes_it(desk: Desk) -> Any:
    _, _, workflow = story(desk, alice="Available")
    return explain(desk.workspace.workflows(workflow).fetch(), {"selected_language": "es"})


@scene_of_another_kind
def workflow_with_steps(desk: Desk) -> Any:
    desk.worker("Alice", {"languages": ["es"], "level": 5}, "Offline")
    spanish, everybody = desk.queue("Spanish", 'languages HAS "es"'), desk.queue("Everybody", "level > 0")
    first = {"queue": spanish, "timeout": 30, "expression": "worker.level >= task.level", "priority": 5}
    second = {"queue": everybody, "timeout": 300, "order_by": "worker.level DESC"}
    filters = (
        filter_("vip == true", spanish, name="VIP"),
        filter_('selected_language IN ["es", "pt"]', first, second, name="Spanish"),
    )
    workflow = desk.workspace.workflows(desk.workflow(*filters, default=everybody)).fetch()
    return explain(workflow, '{"selected_language": "es", "level": 4}')


@scene_of_another_kind
def workflow_with_a_task_that_goes_first(desk: Desk) -> Any:
    """Alice is Offline, and a Task waits for her already."""
    _, _, workflow = story(desk)
    desk.task({"selected_language": "es"}, workflow_sid=workflow)
    return explain(desk.workspace.workflows(workflow).fetch(), {"selected_language": "es"})


@scene_of_another_kind
def workflow_loses_it(desk: Desk) -> Any:
    _, _, workflow = story(desk, alice="Available")
    return explain(desk.workspace.workflows(workflow).fetch(), {"selected_language": "ES"})


@scene_of_another_kind
def workflow_skips_its_last_target(desk: Desk) -> Explanation:
    """A filter matches the Task, and its only target is skipped as nobody is available."""
    desk.worker("Alice", activity="Offline")
    target = {"queue": desk.queue("Everybody"), "skip_if": "workers.available == 0"}
    return explain(desk.workspace.workflows(desk.workflow(filter_("1==1", target, name="All"))).fetch())


@scene_of_another_kind
def workflow_skips_to_the_next_target(desk: Desk) -> Explanation:
    workflow = desk.workspace.workflows(skipping_to_the_next_target(desk)).fetch()
    return explain(workflow, {"selected_language": "es"})


@scene_of_another_kind
def workflow_skips_to_the_default_filter(desk: Desk) -> Explanation:
    workflow = desk.workspace.workflows(skipping_to_the_default_filter(desk)).fetch()
    return explain(workflow, {"selected_language": "es"})


def desk_for(name: str) -> Desk:
    """An empty desk of the kind that the scene needs."""
    return Desk(clock=Clock.lesson(), multi_task_enabled=name not in SINGLE_TASKING)


def told(name: str, desk: Desk | None = None) -> tuple[Desk, Explanation]:
    """The desk with the scene set, and what ``explain`` says to it."""
    desk = desk or desk_for(name)
    return desk, explain(SCENES[name](desk)) if name in SCENES else VIEWS[name](desk)


@cache
def told_once(name: str) -> tuple[Desk, Explanation]:
    """The same, for all tests that only read it: the desk is not theirs to change."""
    return told(name)


def write_golden() -> None:
    """Write all golden texts anew."""
    for path in GOLDEN.glob("*.txt"):
        path.unlink()
    for name in [*SCENES, *VIEWS]:
        GOLDEN.joinpath(f"{name}.txt").write_text(f"{told(name)[1]}\n", encoding="utf-8")


if __name__ == "__main__":
    write_golden()
