"""A board answers seats of its room, and nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.room.room_memory import MAX_SEATS
from helpers.room.seat_report import SeatReport
from tests.unit.room.conftest import HTTP, read_counts

REPORT = b'{"seat":"seat 12","lesson":3,"step":"Look at the queue"}'


def test_thirty_seats_at_once_are_counted(board):
    """Each in its own step, half of them with a hand up."""
    headings = ("Set up", "Look at the queue", "Exercise 3.1: Spot the bug")

    def report(number: int) -> int:
        body = {"seat": f"seat {number}", "lesson": 3, "step": headings[number % 3], "hand": number % 2 == 0}
        return HTTP.post(board.url, json=body).status_code

    with ThreadPoolExecutor(30) as seats:
        assert set(seats.map(report, range(30))) == {204}
    counts = read_counts(board)

    assert counts.seats == 30
    assert [step.here for step in counts.lessons[0].steps if step.here] == [10, 10, 10]
    assert sorted(counts.hands) == sorted(f"seat {number}" for number in range(0, 30, 2))


def test_feed_goes_on_with_each_change(board):
    """A page that is open shows what happens, without asking again."""
    with HTTP.stream("GET", board.url.replace("/board?", "/board/counts?")) as feed:
        lines = (line for line in feed.iter_lines() if line.startswith("data: "))
        first = next(lines)
        HTTP.post(board.url, content=REPORT)
        second = next(lines)

    assert '"seats":0' in first
    assert '"seats":1' in second


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff\xfe", 400),
        (b"{}", 400),
        (b'{"seat":""}', 400),
        (b'{"seat":12}', 400),
        (b'{"seat":"%s"}' % (b"x" * 25), 400),
        (b'{"seat":"%s"}' % (b"x" * 10_000), 413),
        (b'{"seat":" 1"}', 400),
        (b'{"seat":"1\\u202e2"}', 400),
        (b'{"seat":"alice@example.org"}', 400),
        (b'{"seat":"1","lesson":-1}', 400),
        (b'{"seat":"1","lesson":1e99}', 400),
        (b'{"seat":"1","step":"%s"}' % (b"x" * 121), 400),
        (b'{"seat":"1","verdicts":{"3.1":"wrong"}}', 400),
        (b'{"seat":"1","verdicts":{"<b>":"right"}}', 400),
        (b'{"seat":"1","hand":"yes"}', 400),
        (b'{"seat":"1","code":"secret = 1"}', 400),
        (b"[" * 4000, 400),
    ],
)
def test_malformed_report_is_refused(board, body, status):
    """The answer quotes nothing of it, and the board has no seat more."""
    answer = HTTP.post(board.url, content=body)

    assert answer.status_code == status
    assert "secret" not in answer.text
    assert read_counts(board).seats == 0


@pytest.mark.parametrize(
    "code", ["", "?room=", "?room=OTHER", "?room=ROO", "?room=ROOM221", "?room=%00", "?code=ROOM22"]
)
def test_wrong_room_code_shows_and_changes_nothing(board, code):
    """The page, the counts and a report need the code, whose case doesn't matter."""
    base = board.url.partition("?")[0]

    assert HTTP.get(base + code).status_code == 404
    assert HTTP.get(f"{base}/counts{code}").status_code == 404
    assert HTTP.post(base + code, content=REPORT).status_code == 404
    assert HTTP.post(f"{base}?room=room22", content=REPORT).status_code == 204
    assert read_counts(board).seats == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"referer": "http://evil.example/page"},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example"},
    ],
)
def test_page_of_another_site_can_do_nothing(board, headers):
    """Neither report nor read, even with the room code."""
    answers = [HTTP.post(board.url, content=REPORT, headers=headers)]
    answers.append(HTTP.get(board.url.replace("/board?", "/board/counts?"), headers=headers))

    assert [answer.status_code for answer in answers] == [403, 403]
    assert read_counts(board).seats == 0


def test_five_hundred_seats_fill_the_room(board):
    """Those beyond the limit are refused in words, and the board still answers."""
    statuses = [HTTP.post(board.url, json={"seat": f"{number}"}).status_code for number in range(500)]

    assert statuses.count(204) == MAX_SEATS
    assert statuses.count(429) == 500 - MAX_SEATS
    assert read_counts(board).seats == MAX_SEATS


def test_label_with_html_is_text(board):
    """It travels as JSON; the page writes it as text (tests/browser/test_room_board.py)."""
    HTTP.post(board.url, json={"seat": "<img src=x onerror=1>", "hand": True})

    assert read_counts(board).hands == ["<img src=x onerror=1>"]


def test_page_has_its_own_scripts_only(board):
    """The policy allows nothing else, and the scripts import only what is there."""
    page = HTTP.get(board.url)
    script = page.text.partition('type="module" src="')[2].partition('"')[0]
    origin = board.url.partition("/board")[0]

    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert HTTP.get(origin + script).headers["content-type"].startswith("text/javascript")
    assert HTTP.get(origin + script.replace("room_board.js", "../settings.py")).status_code == 404
    assert HTTP.get(origin + script.replace("/board/", "/board/0")).status_code == 404


def test_report_has_the_listed_fields_only():
    """What may be sent is one list, which the page docs/room.md and `share_progress` tell."""
    assert SeatReport.__struct_fields__ == ("seat", "lesson", "step", "verdicts", "hand", "leaves")
