"""Keeping, watching and waiting."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.callbacks import Inbox, Received
from helpers.callbacks import progress as waits
from helpers.callbacks.inbox import shelves as module
from helpers.errors.listener_errors import NothingArrived


def entry(path="/assignment_callback", *, raw=b"", status=200, refused=None, **parameters):
    """A request; the inbox gives it its number."""
    return Received(0, "POST", path, "", {}, raw, parameters, status, b"{}", 0.1, "valid", refused)


@pytest.fixture
def inbox():
    """An empty inbox."""
    return Inbox()


class Bar:
    """A progress display that remembers what it was told."""

    def __init__(self, text):
        self.text, self.shares, self.closed = text, [], False

    def update(self, used):
        self.shares.append(used)

    def close(self):
        self.closed = True


def test_entries_are_numbered_in_order(inbox):
    """The first request is number 1; ``last`` is the newest; indexes and slices go by place."""
    assert inbox.last is None
    for path in ("/", "/events", "/create_task"):
        inbox.add(entry(path))

    assert [one.number for one in inbox] == [1, 2, 3]
    assert (inbox.last, inbox[0].path, len(inbox[1:])) == (inbox[-1], "/", 2)


def test_entry_cannot_be_changed(inbox):
    """What is kept stays as it was."""
    kept = inbox.add(entry())

    with pytest.raises(AttributeError):
        kept.status = 500


def test_only_the_last_thousand_are_kept(inbox):
    """The oldest make room; numbers go on."""
    for _ in range(1001):
        inbox.add(entry())

    assert (len(inbox), inbox[0].number, inbox.last.number) == (1000, 2, 1001)


def test_memory_is_bounded(inbox, monkeypatch):
    """Large bodies push the oldest out sooner, and the newest is always kept."""
    monkeypatch.setattr(module, "KEPT_BYTES", 250)
    for _ in range(5):
        inbox.add(entry(raw=b"a" * 100))

    assert [one.number for one in inbox] == [4, 5]


def test_clear_forgets_and_counts_anew(inbox):
    """After ``clear`` nothing is kept, and the next request is number 1, as in a lesson begun again."""
    inbox.add(entry())
    inbox.clear()

    assert len(inbox) == 0
    assert inbox.add(entry()).number == 1


def test_select_takes_path_and_parameters(inbox):
    """Requests are found by path, by parameter and by any condition."""
    inbox.add(entry("/events", EventType="task.created"))
    wanted = inbox.add(entry("/events", EventType="reservation.created"))
    inbox.add(entry(EventType="reservation.created"))

    assert inbox.select(path="/events", EventType="reservation.created") == [wanted]
    assert inbox.select(where=lambda one: one.number == 2) == [wanted]


def test_refused_requests_count_on_request(inbox):
    """A refused request doesn't end a wait unless asked for."""
    inbox.add(entry(status=403, refused="no"))

    assert inbox.select() == []
    assert len(inbox.select(refused=True)) == 1


def test_wait_takes_what_is_already_here(inbox):
    """A callback that came before the wait ends it at once, with the newest that fits."""
    inbox.add(entry(TaskSid="WT1"))
    inbox.add(entry(TaskSid="WT2"))

    assert inbox.wait(timeout=0).parameters == {"TaskSid": "WT2"}
    assert inbox.wait(TaskSid="WT1", timeout=0).number == 1


def test_wait_ends_when_enough_arrived(inbox):
    """A wait for two ends with the second, sent by another thread."""
    inbox.add(entry())
    sender = threading.Thread(target=lambda: [inbox.add(entry("/events")), inbox.add(entry(TaskSid="WT2"))])
    sender.start()

    received = inbox.wait(2, path="/assignment_callback", timeout=10)

    sender.join()
    assert received.parameters == {"TaskSid": "WT2"}


def test_wait_in_vain_says_what_came_instead(inbox):
    """The limit's message holds what was awaited, what came, and where to look."""
    for _ in range(2):
        inbox.add(entry("/events"))
    inbox.add(entry(status=403, refused="The signature is wrong."))

    with pytest.raises(NothingArrived) as vain:
        inbox.wait(path="/assignment_callback", TaskSid="WT1", timeout=0)

    assert vain.value.came == ("POST /events, 2 times", "POST /assignment_callback rejected with 403")
    assert str(vain.value).startswith(
        "Waited 0 s for a request to /assignment_callback, TaskSid WT1, but it didn't arrive."
    )
    assert "assignment_callback_url" in str(vain.value)


def test_wait_that_asks_a_slow_tunnel_keeps_no_callback_waiting(inbox):
    """A callback has five seconds: it is taken while somebody asks whether any can come."""
    asked, over = threading.Event(), threading.Event()
    inbox.hopeless = lambda: asked.set() or (over.wait(5) and None)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(inbox.wait, path="/assignment_callback")
        assert asked.wait(5)
        taken = pool.submit(inbox.add, entry())
        assert taken.result(timeout=4).number == 1
        over.set()
        assert waiting.result() is inbox.last


def test_wait_in_vain_on_empty_inbox(inbox):
    """Without any request the message says so."""
    with pytest.raises(
        NothingArrived, match=r"3 requests that `where` accepts, but it didn't arrive. The inbox has nothing else"
    ):
        inbox.wait(3, where=bool, timeout=0)


@pytest.mark.parametrize(
    ("path", "told"), [(None, 1), ("/assignment_callback", 1), ("/events", 1), ("/create_task", 0)]
)
def test_wait_in_vain_names_the_tunnel(inbox, path, told):
    """Live nothing comes without one, except what this machine sends itself."""
    with pytest.raises(NothingArrived) as error:
        inbox.wait(path=path, timeout=0)

    assert str(error.value).count("In live mode, callbacks need a tunnel") == told


def test_short_wait_shows_nothing():
    """A wait that ends soon leaves no trace in the output."""
    bars = []
    inbox = Inbox(progress=lambda text: bars.append(Bar(text)) or bars[-1])
    inbox.add(entry())

    inbox.wait(timeout=30)

    assert bars == []


def test_long_wait_shows_progress_and_takes_it_away(monkeypatch):
    """A bar grows from the first sign on and is gone when the limit has passed."""
    monkeypatch.setattr(waits, "SHOW_AFTER_SECONDS", 0)
    bars = []
    inbox = Inbox(progress=lambda text: bars.append(Bar(text)) or bars[-1])

    with pytest.raises(NothingArrived):
        inbox.wait(path="/events", timeout=0.01)

    assert [bar.text for bar in bars] == ["Waiting up to 0.01 s for a request to /events"]
    assert bars[0].shares == sorted(bars[0].shares)
    assert bars[0].closed


def test_interrupted_wait_leaves_everything_working(monkeypatch):
    """After an interrupt in mid-wait the bar is gone, and the inbox takes and finds requests as before."""
    monkeypatch.setattr(waits, "SHOW_AFTER_SECONDS", 0)
    bar = Bar("")
    bar.update = interrupt
    inbox = Inbox(progress=lambda text: bar)

    with pytest.raises(KeyboardInterrupt):
        inbox.wait(timeout=10)

    assert bar.closed
    sender = threading.Thread(target=inbox.add, args=(entry(),))
    sender.start()
    sender.join(5)
    assert inbox.wait(timeout=0).number == 1


def interrupt(used):
    """What the interrupt button does."""
    raise KeyboardInterrupt


def test_observer_gets_each_request_once(inbox):
    """Observers are told in order, once however often they subscribe, until they end it."""
    seen = []
    observer = seen.append
    inbox.subscribe(observer)
    end = inbox.subscribe(observer)
    first = inbox.add(entry())
    end()
    inbox.add(entry())

    assert seen == [first]


def test_observer_sees_the_request_in_the_inbox(inbox):
    """An observer may read the inbox it is fed from."""
    seen = []
    inbox.subscribe(lambda received: seen.append(inbox.last is received))

    inbox.add(entry())

    assert seen == [True]


def test_failing_observer_harms_nobody(inbox, capfd):
    """Its error is noted without a print; the others are told."""
    seen = []
    inbox.subscribe(lambda received: 1 / 0)
    inbox.subscribe(seen.append)

    inbox.add(entry())

    assert len(seen) == 1
    assert list(inbox.faults) == ["request 1: ZeroDivisionError: division by zero"]
    assert capfd.readouterr() == ("", "")


def test_observer_lock_does_not_block_readers(inbox):
    """A view that holds its own lock can read the inbox while the listener waits for that lock."""
    view, entered, seen = threading.Lock(), threading.Event(), []

    def observer(received):
        entered.set()
        with view:
            seen.append(received)

    inbox.subscribe(observer)
    with view:
        sender = threading.Thread(target=inbox.add, args=(entry(),))
        sender.start()
        assert entered.wait(5)
        assert len(list(inbox)) == 1
    sender.join(5)

    assert len(seen) == 1


def test_many_threads_lose_nothing(inbox):
    """Requests from several threads are all kept, numbered without gaps, and told in that order."""
    told = []
    inbox.subscribe(lambda received: told.append(received.number))
    threads = [threading.Thread(target=lambda: [inbox.add(entry()) for _ in range(50)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told == [one.number for one in inbox] == list(range(1, 401))
