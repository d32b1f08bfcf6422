"""The room board's page: it shows the room by itself, readable from afar, and hinders nobody."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from helpers.room import board_app
from helpers.room.board_address import read_address
from helpers.room.board_post import BoardPost
from helpers.room.board_server import BoardServer, BoardSetting
from helpers.room.seat_report import SeatReport
from tests.browser.harness import SCREENSHOTS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`)))"""


@pytest.fixture
def board() -> Iterator[BoardServer]:
    """A board with the room code ROOM22."""
    server = BoardServer(BoardSetting(port=0, room="ROOM22"))
    yield server
    server.end()


@pytest.fixture
def shown(browser: Browser, board: BoardServer) -> Iterator[Page]:
    """A page of a projector's size with the board in it, and what it complained about."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda each: complaints.append(each.text) if each.type == "error" else None)
    page.goto(board.url)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    yield page
    page.close()
    assert [each for each in complaints if "ERR_" not in each] == []  # of a board that has ended


def test_page_follows_the_room_by_itself(shown: Page, board: BoardServer):
    """Counts, verdicts and hands, without a reload; a label with HTML is text; the end is said."""
    seats = [send(board, f"seat {number}", "Look at the queue", hand=number == 2) for number in range(3)]
    expect(shown.get_by_role("heading", level=1)).to_contain_text("3 seats")
    expect(shown.get_by_role("listitem").filter(has_text="Look at the queue")).to_contain_text("3 here")
    seats.append(send(board, "<b>seat</b> 9", "Set up", hand=True))
    seats.append(send(board, "seat 0", "Exercise 3.1: Spot the bug", verdicts={"3.1": "right"}))
    expect(shown.get_by_text("1 right, 0 not yet")).to_be_visible()
    expect(shown.get_by_role("region", name="Raised hands").get_by_role("listitem")).to_have_text(
        ["seat 2", "<b>seat</b> 9"]
    )
    board.end()
    expect(shown.get_by_role("status")).to_have_text("Not connected: these counts are old.")
    for seat in seats:
        seat.end()


def test_page_that_is_refused_says_why(browser: Browser, board: BoardServer, monkeypatch: pytest.MonkeyPatch):
    """It doesn't claim to be connecting for ever."""
    monkeypatch.setattr(board_app, "_MOST_VIEWERS", 0)
    page = browser.new_page()
    page.goto(board.url)
    expect(page.get_by_role("status")).to_contain_text("The board refuses this page")
    page.close()


def test_instructor_puts_a_line_on_the_board(shown: Page):
    """It stays after a reload, and can be taken away."""
    shown.get_by_label("Line for those who are behind").select_option("catch_up(4)")
    shown.reload()
    expect(shown.get_by_text("Behind? Open lesson 4 and run")).to_be_visible()
    shown.get_by_label("Line for those who are behind").select_option("none")
    expect(shown.get_by_text("Behind?")).to_have_count(0)


def test_nothing_hinders_anybody(shown: Page, board: BoardServer):
    """axe finds nothing in both themes, no width is too narrow, and letters can be read from afar."""
    seats = [
        send(board, "seat 1", "Exercise 3.1: Spot the bug", verdicts={"3.1": "not yet"}, hand=True),
        send(board, "x" * 24, "Set up", lesson=4),
        send(board, "seat 3", "", lesson=None),
    ]
    shown.get_by_label("Line for those who are behind").select_option("catch_up(4)")
    expect(shown.get_by_text("1 seat in no lesson")).to_be_visible()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        shown.get_by_label("Colors").select_option(theme)
        shown.screenshot(path=SCREENSHOTS / f"room_board_{theme}.png")
        assert shown.evaluate(AXE, RULES) == []
    sizes = shown.evaluate("[...document.querySelectorAll('.heading, .count, h2, .hands li')]"
                           ".map(each => parseFloat(getComputedStyle(each).fontSize))")  # fmt: skip
    assert (
        min(sizes) >= 1920 * 0.0169
    )  # on a picture two meters wide, capitals of 24 mm: 16 minutes of arc at five meters
    shown.set_viewport_size({"width": 400, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for seat in seats:
        seat.end()


def send(board: BoardServer, seat: str, step: str, lesson: int | None = 3, **more: Any) -> BoardPost:
    """Send a seat's report as a notebook does, and wait until the board has it."""
    post = BoardPost(read_address(board.url))
    post.post(msgspec.json.encode(SeatReport(seat, lesson, step, **more)))
    assert post.settle() == ""
    return post
