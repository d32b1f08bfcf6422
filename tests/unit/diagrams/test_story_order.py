"""Wire and inbox as one story, by the marks that both took from one counter."""

from __future__ import annotations

from types import SimpleNamespace

from helpers.diagrams.story_order import arrange, select_about
from helpers.wire import Pause

MAIN, LISTENER, OTHER = 1, 2, 3


def sent(name, began, thread=MAIN):
    """An exchange of the SDK."""
    return SimpleNamespace(name=name, method="POST", path="", body="", began=began, thread=thread)


def arrived(name, began, ended, thread=LISTENER):
    """A request of the inbox."""
    return SimpleNamespace(name=name, parameters={}, reply=b"", began=began, ended=ended, thread=thread)


def told(*given):
    """The names in order; what was sent while a request was answered stands behind a colon."""
    return [
        ": ".join(each.name for each in (happening.sent or happening.arrived, *happening.inside))
        for happening in arrange(*given)
    ]


def test_callback_stands_after_its_cause():
    """A callback that overtook the answer of the request that caused it has the later mark, and stands after it."""
    assert told([sent("first", 1), sent("second", 4)], [arrived("callback", 2, 3)]) == ["first", "callback", "second"]


def test_requests_of_the_same_thread_stand_inside():
    """What the thread that answers a request sends meanwhile belongs to it; what another sends does not."""
    wire = [sent("own", 2, LISTENER), sent("other", 3, OTHER), sent("later", 5, LISTENER)]

    assert told(wire, [arrived("callback", 1, 4)]) == ["callback: own", "other", "later"]


def test_effects_of_earlier_things_stand_before():
    """A callback that arrives before a request has sent anything is no effect of that request."""
    inbox = [
        arrived("create_task", 2, 7),
        arrived("earlier callback", 3, 4, OTHER),
        arrived("own callback", 6, 8, OTHER),
    ]

    assert told([sent("bob", 1), sent("task", 5, LISTENER)], inbox) == [
        *("bob", "earlier callback", "create_task: task", "own callback")
    ]


def test_pauses_stand_between():
    """A pause has its place among exchanges and requests."""
    order = arrange([sent("before", 1)], [arrived("timer", 3, 4)], [Pause(2, 60)])

    assert [each.pause.seconds if each.pause else None for each in order] == [None, 60, None]


def test_reads_of_a_wait_hide_no_cause():
    """At Twilio routing takes a while: who waits reads the Task; a read of something else ends the search."""
    update, other = sent("update", 1), SimpleNamespace(**vars(sent("other", 2)) | {"method": "GET", "path": "Workers"})
    poll = SimpleNamespace(**vars(sent("poll", 3)) | {"method": "GET", "path": "Tasks/WT1"})
    callback = SimpleNamespace(**vars(arrived("callback", 4, 5)) | {"parameters": {"TaskSid": "WT1"}})

    def about(*wire):
        found = select_about(arrange(wire, [callback]), "WT1")
        return [(each.sent or each.arrived).name for each in found]

    assert about(update, poll) == ["update", "poll", "callback"]
    assert about(update, other, poll) == ["poll", "callback"]


def test_unmarked_things_keep_their_order():
    """Exchanges without marks, as from an older recording, stay in the order given."""
    assert told([sent("one", 0, 0), sent("two", 0, 0)], []) == ["one", "two"]
