"""What is asked of a workspace with many Tasks: each answer beside the cheapest of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product, repeat
from statistics import median
from urllib.parse import parse_qs, urlsplit

from tests.benchmarks.figures import Figure, Size, median_ratio
from tests.benchmarks.load import get_request, send_all
from tests.benchmarks.measured_desk import MeasuredDesk
from tests.benchmarks.processes import Server

__all__ = ["ask_everything", "measure"]

_ONE_TASK = "fetch a Task"
_ONE_PAGE = "a page of Tasks"
_FLOOR = "a fetch from the canned floor"

_FILTERS = (
    "",
    "AssignmentStatus=pending",
    "Priority=0",
    "TaskQueueName=Spanish",
    "WorkflowName=Care",
    "AssignmentStatus=pending&TaskQueueName=Spanish",
)
_ORDERINGS = ("", "Priority:asc", "VirtualStartTime:desc", "Priority:desc,DateCreated:desc")


@dataclass(frozen=True)
class _Question:
    path: str
    beside: str
    limit: float | None = None


def measure(server: Server, canned: Server, desk: MeasuredDesk, size: Size) -> list[Figure]:
    """How often as long each takes as what is like it; a fetch beside one from the floor."""
    how_many, _ = size.large
    title = f"with {how_many:,} Tasks: "
    first = _seconds(server, f"{desk.tasks_path}?PageSize=50&Ordering=VirtualStartTime:desc", 1)
    questions = _questions(desk, *_middle(desk, how_many))
    seconds: dict[str, list[float]] = {name: [] for name in (_FLOOR, *questions)}
    for _ in range(size.rounds):
        seconds[_FLOOR].append(_seconds(canned, questions[_ONE_TASK].path, 5))
        for name, question in questions.items():
            seconds[name].append(_seconds(server, question.path, 5))
    return [
        *(_figure(title, name, question, seconds) for name, question in questions.items()),
        Figure(
            f"{title}the first page in any order",
            first / median(seconds[_ONE_PAGE]),
            f"× {_ONE_PAGE}",
            detail=f"{first * 1000:.0f} ms, once; it is kept from then on",
        ),
    ]


def ask_everything(server: Server, desk: MeasuredDesk) -> None:
    """Every filter by value in various orders, and all real-time statistics."""
    lists = [f"{desk.tasks_path}?{given}&Ordering={order}" for given, order in product(_FILTERS, _ORDERINGS)]
    send_all(server, (get_request(server, path) for path in [*_statistics(desk), *lists]), 1)


def _questions(desk: MeasuredDesk, middle: str, before_middle: str) -> dict[str, _Question]:
    events, page = f"/v1/Workspaces/{desk.workspace_sid}/Events", f"{desk.tasks_path}?PageSize=50"
    of_workspace, of_workflow, of_queue = _statistics(desk)
    return {
        _ONE_TASK: _Question(f"{desk.tasks_path}/{desk.task_sid}", _FLOOR),
        _ONE_PAGE: _Question(page, _ONE_TASK),
        "a page in the middle": _Question(f"{page}&PageToken={middle}", _ONE_PAGE, 1.5),
        "the page before it": _Question(f"{page}&PageToken={before_middle}", _ONE_PAGE, 1.5),
        "a page of those in their queue": _Question(f"{page}&TaskQueueName=Spanish", _ONE_PAGE, 1.5),
        "a page, the newest first": _Question(f"{page}&Ordering=DateCreated:desc", _ONE_PAGE, 1.5),
        "those of a priority that none has": _Question(f"{desk.tasks_path}?Priority=7", _ONE_TASK, 2),
        "real-time statistics": _Question(of_workspace, _ONE_TASK, 3),
        "real-time statistics of their workflow": _Question(of_workflow, _ONE_TASK, 3),
        "real-time statistics of their queue": _Question(of_queue, _ONE_TASK, 3),
        "the events of a Task": _Question(f"{events}?TaskSid={desk.task_sid}", _ONE_TASK),
        "a page of events": _Question(f"{events}?PageSize=50&Minutes=60", _ONE_PAGE),
    }


def _statistics(desk: MeasuredDesk) -> list[str]:
    """Where those of the workspace, the workflow and the queue are found."""
    workspace = f"/v1/Workspaces/{desk.workspace_sid}"
    scopes = ("", f"/Workflows/{desk.workflow_sid}", f"/TaskQueues/{desk.task_queue_sid}")
    return [f"{workspace}{scope}/RealTimeStatistics" for scope in scopes]


def _middle(desk: MeasuredDesk, how_many: int) -> tuple[str, str]:
    """The tokens that lead to a page in the middle, and back to the page before it."""
    size = min(1000, how_many // 4)
    page = desk.workspace.tasks.page(page_size=size)
    for _ in range(how_many // size // 2):
        page = page.next_page()
    return _token(page.next_page_url), _token(page.previous_page_url)


def _token(url: str) -> str:
    return parse_qs(urlsplit(url).query)["PageToken"][0]


def _figure(title: str, name: str, question: _Question, seconds: Mapping[str, list[float]]) -> Figure:
    milliseconds = median(seconds[name]) * 1000
    ratio = median_ratio(seconds[name], seconds[question.beside])
    return Figure(title + name, ratio, f"× {question.beside}", question.limit, detail=f"{milliseconds:.2f} ms")


def _seconds(server: Server, path: str, times: int) -> float:
    return send_all(server, repeat(get_request(server, path), times), 1).percentile(0.5)
