"""A learner's calls: what is said, what is sent, and that a board in trouble is told once and slows down nothing."""

from __future__ import annotations

import json
import socket
import threading
from types import SimpleNamespace

import pytest

from helpers import lower_hand, raise_hand, share_progress, stop_sharing, where_am_i
from helpers.errors.connection_problems import StaysInPage
from helpers.errors.room_problems import BadBoardAddress, BadSeat, NoBoard, NotSharing
from helpers.lessons import cell_runs
from helpers.lessons.checks import check
from helpers.lessons.lesson_files import read_lessons
from helpers.room import board_post, sharing
from helpers.room.board_server import BoardServer, BoardSetting
from tests.unit.room.conftest import read_counts

LESSON = read_lessons()[3]
LISTED = {"seat", "lesson", "step", "verdicts", "hand", "leaves"}


@pytest.fixture(autouse=True)
def no_runs(monkeypatch):
    """No cell has run in this kernel."""
    monkeypatch.setattr(cell_runs, "_finished", [])
    monkeypatch.setattr(cell_runs, "_running", cell_runs.Run(""))
    monkeypatch.setattr(sharing, "_verdicts", {})


def run(source: str, error: Exception | None = None) -> None:
    """Run a cell, as IPython tells of it."""
    info = SimpleNamespace(raw_cell=source, cell_id="")
    cell_runs.begin(info)
    cell_runs.end(SimpleNamespace(info=info, error_before_exec=None, error_in_exec=error))


def run_step(number: int) -> str:
    """Run the first cell of a step of lesson 3 that has one; return the step's heading."""
    step = [step for step in LESSON.steps if step.cells][number]
    run(step.cells[0].source)
    return step.heading


def heard() -> None:
    """Wait until the board has what the last cell caused."""
    assert sharing._sharing.post.settle() == ""


def test_board_follows_a_seat(board, capsys):
    """Steps as their cells run, verdicts as they are given, the hand while it is up, nothing after the end."""
    run_step(1)
    share_progress("seat 12", board.url)
    at_first = read_counts(board)
    heading = run_step(6)
    check("3.1", "nonsense")
    sharing.note_verdict("3.1", is_right=False)
    run("check('3.1', answer)")
    raise_hand()
    later = read_counts(board)
    lower_hand()
    lowered = read_counts(board)
    stop_sharing()

    assert [step.heading for step in at_first.lessons[0].steps if step.here] == ["Set Alice Offline and Bob Idle"]
    assert [step.heading for step in later.lessons[0].steps if step.here] == [heading]
    assert [(step.heading, step.not_yet) for step in later.lessons[0].steps if step.not_yet] == [
        ("Exercise 3.1: Spot the bug", 1)
    ]
    assert (later.hands, lowered.hands, read_counts(board).seats) == (["seat 12"], [], 0)
    assert "Your hand is up" in (printed := capsys.readouterr().out)
    assert "has deleted 'seat 12'" in printed


def test_cells_of_a_kernel_are_followed(shell, board):
    """One line in a cell, then the cells after it, through IPython itself; an error in one changes nothing."""
    shell.run_cell("# %%\nfrom helpers import share_progress")
    shell.run_cell(f"share_progress('seat 12', {board.url!r})")
    at_first = read_counts(board)
    shell.run_cell([step for step in LESSON.steps if step.cells][4].cells[0].source)
    heard()
    later = read_counts(board)

    assert (at_first.seats, at_first.outside) == (1, 1)
    assert [step.here for step in later.lessons[0].steps][4] == 1


def test_what_is_sent_is_said_before(stand_in, capsys, monkeypatch):
    """The address without its code, and the fields; nothing has been sent by then."""
    url, requests = stand_in()
    seen = []
    monkeypatch.setattr("builtins.print", lambda *words, **_: seen.append((len(requests), *words)))
    share_progress("seat 12", url)

    assert seen[0][0] == 0
    assert url.partition("?")[0] in seen[0][1]
    assert "ROOM22" not in seen[0][1]
    assert all(
        word in seen[0][1] for word in ("seat 12", "lesson", "heading", "right, or not yet", "hand", "stop_sharing")
    )


def test_nothing_but_the_listed_fields_is_on_the_wire(stand_in):
    """No code, output, error, name, path, cookie or program stands in any byte that leaves."""
    url, requests = stand_in()
    run("secret_code = 'Alice'")
    share_progress("seat 12", url)
    run_step(3)
    heard()
    check("3.1", "my secret answer")
    run("1/0  # secret_code", ZeroDivisionError("secret text"))
    raise_hand()
    stop_sharing()

    assert len(requests) >= 4
    for request in requests:
        head, _, body = request.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        assert first == "POST /board?room=ROOM22 HTTP/1.1"
        assert {line.partition(":")[0].lower() for line in lines} == {
            "host",
            "content-type",
            "content-length",
            "connection",
        }
        assert set(json.loads(body)) <= LISTED
        assert b"secret" not in request
        assert socket.gethostname().encode() not in request


def test_nothing_is_sent_before_and_after(stand_in):
    """Cells that ran before the line, or after `stop_sharing`, cause no request."""
    url, requests = stand_in()
    run_step(1)
    assert requests == []
    share_progress("seat 12", url)
    stop_sharing()
    count = len(requests)
    run_step(2)

    assert len(requests) == count == 2
    assert json.loads(requests[-1].partition(b"\r\n\r\n")[2]) == {"seat": "seat 12", "leaves": True}


def test_what_was_reached_before_is_sent_with_the_line(board):
    """The step and the last answer to an exercise of the lesson; the board needs no further cell."""
    run_step(6)
    sharing.note_verdict("3.1", is_right=False)
    share_progress("seat 12", board.url)
    (lesson,) = read_counts(board).lessons

    assert [step.not_yet for step in lesson.steps if step.heading == "Exercise 3.1: Spot the bug"] == [1]
    assert sum(step.here for step in lesson.steps) == 1


def test_same_state_is_sent_once(stand_in):
    """Cells of the same step, and the same verdict again, are no news."""
    url, requests = stand_in()
    share_progress("seat 12", url)
    for _ in range(5):
        run_step(3)
        heard()

    assert len(requests) == 2


def test_state_that_returns_while_another_is_on_its_way_is_sent(stand_in, monkeypatch):
    """The board ends with the last step, though it had that step's report before."""
    url, _ = stand_in()
    share_progress("seat 12", url)
    run_step(1)
    heard()
    exchange, sent = board_post.BoardPost._exchange, []
    going, go_on, again = threading.Event(), threading.Event(), threading.Event()

    def exchange_late(post, report, *more):
        sent.append(json.loads(report)["step"])
        (again if going.is_set() else going).set()
        go_on.wait(10)
        return exchange(post, report, *more)

    monkeypatch.setattr(board_post.BoardPost, "_exchange", exchange_late)
    other = run_step(2)
    going.wait(10)
    last = run_step(1)
    go_on.set()
    again.wait(10)

    assert sent == [other, last]


def test_slow_look_up_keeps_no_kernel_from_ending(monkeypatch):
    """It is on the attendant's thread: Python waits for those of asyncio's look-ups before it ends, daemons or not."""
    asked = threading.Event()
    threads = []

    def look_up(*_, **__):
        threads.append(threading.current_thread().name)
        asked.set()
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    share_progress("seat 12", "https://hub.example.org/board?room=ROOM22")

    assert asked.is_set()
    assert [name for name in threads if "asyncio" in name] == []


def test_nothing_is_sent_after_the_end_by_a_slow_look_up(monkeypatch, capsys):
    """What `stop_sharing` says is true, also if the board's name is found later."""
    go_on, sent = threading.Event(), []
    monkeypatch.setattr(board_post, "LIMIT_SECONDS", 0.1)
    monkeypatch.setattr(board_post.BoardPost, "_look_up", lambda _: go_on.wait(10) and ["127.0.0.1"])
    monkeypatch.setattr(board_post.BoardPost, "_exchange", lambda _, report, *__: sent.append(report))
    share_progress("seat 12", "https://hub.example.org/board?room=ROOM22")
    thread = sharing._sharing.post._attendant._thread
    stop_sharing()
    go_on.set()
    thread.join(10)

    assert "Nothing more is sent." in capsys.readouterr().out
    assert sent == []


def test_cell_ends_while_the_board_still_waits(stand_in, monkeypatch):
    """A board that was stopped in mid-lesson takes connections and never answers; the cell doesn't wait for it."""
    monkeypatch.setattr(board_post, "LIMIT_SECONDS", 60.0)
    url, _ = stand_in(answer=None)
    address = sharing.read_address(url)
    sharing._sharing = sharing.Sharing("seat 12", address)
    cell_runs.watch(sharing._send)
    for number in range(5):
        run_step(number)

    assert sharing._sharing.post.trouble == ""  # no outcome yet: all five cells have ended before the first one's
    assert sharing._sharing.post._tried is None


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "isn't reached"),
        (b"", "isn't reached"),
        (b"220 smtp.example.org ESMTP\r\n", "isn't reached"),
        (b"\x15\x03\x01\x00\x02\x02\x50", "isn't reached"),
        (b"HTTP/1.1 two\r\n", "isn't reached"),
        (b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\n\r\n", "refuses reports (status 302)"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1_000_000, "refuses reports (status 200)"),
        (b"HTTP/1.1 799 \x1b[31m\r\n\r\n", "refuses reports (status 799)"),
        (b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", "has no such room"),
        (b"HTTP/1.1 429 Busy\r\ncontent-length: 0\r\n\r\n", "is full or too busy"),
        (b"HTTP/1.1 " + b"y" * 200_000, "isn't reached"),
    ],
    ids=["never", "closes", "other", "tls", "words", "redirect", "flood", "odd", "code", "full", "head"],
)
def test_hostile_or_stopped_board_is_told_once(stand_in, capsys, monkeypatch, answer, told):
    """At the line itself; then cells run on in silence, and `where_am_i` doesn't repeat it."""
    if answer is None:
        monkeypatch.setattr(board_post, "LIMIT_SECONDS", 0.1)
    url, _ = stand_in(answer)
    share_progress("seat 12", url)
    printed = capsys.readouterr().out
    run_step(3)
    sharing._sharing.post.settle()
    where_am_i()

    assert told in printed
    assert "room board" not in capsys.readouterr().out


def test_board_that_ends_in_mid_lesson_is_told_at_where_am_i(board, capsys):
    """Once; and after it has come back, with the next loss again."""
    share_progress("seat 12", board.url)
    board.end()
    capsys.readouterr()
    run_step(2)
    sharing._sharing.post.settle()
    in_cells = capsys.readouterr().out
    for _ in range(2):
        where_am_i()

    assert in_cells == ""
    assert capsys.readouterr().out.count("isn't reached") == 1


def test_board_that_was_started_again_gets_the_seat_again(board):
    """At the next change, or when the line runs again."""
    share_progress("seat 12", board.url)
    port = int(board.url.partition(":")[2].partition(":")[2].partition("/")[0])
    board.end()
    again = BoardServer(BoardSetting(port=port, room="ROOM22"))
    try:
        before = read_counts(again).seats
        share_progress("seat 12", again.url)
        assert (before, read_counts(again).seats) == (0, 1)
    finally:
        again.end()


def test_another_seat_replaces_the_first(board, capsys):
    """A typo is mended by running the line with another label; the wrong seat is deleted."""
    share_progress("saet 12", board.url)
    raise_hand()
    share_progress("seat 12", board.url)
    raise_hand()

    assert (read_counts(board).seats, read_counts(board).hands) == (1, ["seat 12"])


def test_deletion_that_fails_is_not_claimed(board, capsys):
    """The words say that the board may still show the seat."""
    share_progress("seat 12", board.url)
    board.end()
    stop_sharing()

    assert "may still show 'seat 12'" in capsys.readouterr().out


def test_address_can_come_from_the_hub(board, monkeypatch):
    """TASKROUTER_BOARD alone sends nothing; the line without an address uses it."""
    monkeypatch.setenv("TASKROUTER_BOARD", board.url)
    run_step(3)
    before = read_counts(board).seats
    share_progress("seat 12")

    assert (before, read_counts(board).seats) == (0, 1)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: share_progress("seat 12"), NoBoard),
        (lambda: share_progress("", "http://127.0.0.1:1/board?room=ROOM22"), BadSeat),
        (lambda: share_progress("seat 12", "http://example.org/board?room=ROOM22"), BadBoardAddress),
        (lambda: share_progress("seat 12", ""), NoBoard),
        (raise_hand, NotSharing),
        (lower_hand, NotSharing),
        (stop_sharing, NotSharing),
    ],
)
def test_call_that_cannot_be_done_says_the_next_step(call, error):
    """Nothing is shared by it, and no thread has started."""
    threads = threading.active_count()
    with pytest.raises(error):
        call()

    assert sharing._sharing is None
    assert threading.active_count() == threads


def test_browser_edition_says_that_there_is_no_board(page):
    """One sentence from each call, and nothing is sent."""
    for call in (lambda: share_progress("1", "http://127.0.0.1:1/board?room=ROOM22"), raise_hand, stop_sharing):
        with pytest.raises(StaysInPage, match="The room board needs the network"):
            call()
