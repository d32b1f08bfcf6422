"""Displays that change after they were shown."""

from __future__ import annotations

import threading

from helpers.output.live import send_again
from helpers.show import lifecycle, show_request, show_requests


def test_update_moves_the_strip_from_any_thread(task, reservation):
    """The widget on the page follows; new words are there for the next display."""
    strip = lifecycle(task())
    strip._repr_mimebundle_()

    thread = threading.Thread(target=strip.update, args=(task("reserved"), [reservation()]))
    thread.start()
    thread.join()

    assert strip._widget.state["status"] == "reserved"
    assert "[Worker reserved]" in str(strip)


def test_new_requests_appear_as_they_arrive(inbox, received):
    """The inbox tells, the widget shows, the newest first."""
    console = show_requests(inbox)
    console._repr_mimebundle_()

    inbox.add(received(2, path="/events"))

    assert [entry["key"] for entry in console._widget.state["entries"]] == [2, 1]


def test_one_console_for_each_inbox(inbox):
    """Running a cell twice neither subscribes twice nor makes a second console."""
    first = show_requests(inbox)

    assert show_requests(inbox) is first
    assert len(inbox.observers) == 1


def test_console_reads_the_inbox_again_when_shown_again(inbox, received):
    """What was cleared or added silently is seen at the next call."""
    show_requests(inbox)
    inbox.clear()

    assert str(show_requests(inbox)) == "no requests yet: the listener is waiting for the first one"


def test_click_on_replay_calls_python(inbox, received):
    """The button sends the request it stands beside, and says so."""
    sent = []
    inbox.append(received(2))
    console = show_requests(inbox, replay=sent.append)
    console._repr_mimebundle_()

    console._widget._handle_custom_msg({"action": "replay", "key": 1, "id": "click-1"}, [])

    assert sent == [inbox[0]]
    assert console._widget.answer["id"] == "click-1"
    assert console._widget.answer["text"] == "Request 1 was sent again."


def test_failed_replay_is_told(received):
    """A click has no traceback, so the error's text is the answer."""

    def broken(_):
        raise RuntimeError("the listener has stopped")

    display = show_request(received(), replay=broken)
    display._repr_mimebundle_()
    display._widget._handle_custom_msg({"action": "replay", "key": 1}, [])

    assert display._widget.answer["text"] == "Request 1 wasn't sent again: the listener has stopped"


def test_replay_has_its_code_twin(inbox, received):
    """The twin names the entry by its place in the inbox, and what was changed."""
    inbox.append(received(9))

    answers = [
        send_again(dict(enumerate(inbox)), lambda *_: None, click)
        for click in ({"key": 9}, {"key": 1, "edit": {"WorkerSid": "WK1", "TaskAge": None}})
    ]

    assert [answer.code for answer in answers] == [
        "listener.replay(listener.inbox[1])",
        "listener.replay(listener.inbox[0], {'WorkerSid': 'WK1', 'TaskAge': None})",
    ]


def test_replay_with_changes_passes_them_on(inbox):
    """What the form changed reaches the listener as `edit`, and the answer names it."""
    sent = []

    answer = send_again({0: inbox[0]}, lambda *given: sent.append(given), {"key": 1, "edit": {"TaskSid": "WT2"}})

    assert sent == [(inbox[0], {"TaskSid": "WT2"})]
    assert answer.text == "Request 1 was sent again with TaskSid changed."


def test_request_that_is_gone_is_told(inbox):
    """An inbox may have been cleared since the page was drawn."""
    answer = send_again({}, print, {"key": 7})

    assert (answer.done, answer.text) == (False, "Request 7 is no longer in the inbox.")


def test_without_replay_there_is_no_button(inbox):
    """A console that cannot replay does not offer it."""
    console = show_requests(inbox)
    console._repr_mimebundle_()

    console._widget._handle_custom_msg({"action": "replay", "key": 1}, [])

    assert console._widget.state["replay"] is False
    assert console._widget.answer == {}
