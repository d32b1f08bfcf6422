"""Lists in pages, as the official SDK walks them and as ``curl`` sees them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

HOST = "https://taskrouter.twilio.com"


@pytest.fixture
def seven(workspace: WorkspaceContext) -> list[str]:
    """SIDs of seven activities, in order of creation."""
    for number in range(4):
        workspace.activities.create(friendly_name=f"Break {number}")
    return [str(each.sid) for each in workspace.activities.list()]


def path_of(url: str) -> str:
    """An address as a request line carries it."""
    assert url.startswith(HOST)
    return url.removeprefix(HOST)


def test_sdk_walks_all_pages(workspace: WorkspaceContext, seven: list[str]) -> None:
    """Seven records in pages of three come once each, in order."""
    assert [each.sid for each in workspace.activities.list(page_size=3)] == seven
    assert [each.sid for each in workspace.activities.list(limit=5, page_size=2)] == seven[:5]


def test_sdk_walks_back(workspace: WorkspaceContext, seven: list[str]) -> None:
    """``previous_page`` leads back to where one came from, up to the first page."""
    first = workspace.activities.page(page_size=3)
    third = first.next_page().next_page()

    second = third.previous_page()
    assert [each.sid for each in second] == seven[3:6]
    again = second.previous_page()
    assert [each.sid for each in again] == seven[:3]
    assert again.previous_page() is None


def test_meta_has_exactly_these_keys(workspace: WorkspaceContext, seven: list[str], ask) -> None:
    """The envelope is Twilio's; filters come first in its URLs, then size, page and token."""
    path = f"/v1/Workspaces/{workspace.fetch().sid}/Activities"
    meta = ask("GET", f"{path}?PageSize=2&Available=false&Unknown=1").json["meta"]

    assert list(meta) == ["page", "page_size", "first_page_url", "previous_page_url", "url", "next_page_url", "key"]
    assert meta["first_page_url"] == meta["url"] == f"{HOST}{path}?Available=false&PageSize=2&Page=0"
    assert (meta["page"], meta["page_size"], meta["previous_page_url"]) == (0, 2, None)
    following = dict(parse_qsl(urlsplit(meta["next_page_url"]).query))
    assert list(following) == ["Available", "PageSize", "Page", "PageToken"]
    assert following["Page"] == "1"


def test_default_page_holds_fifty(workspace: WorkspaceContext, ask) -> None:
    """Without ``PageSize`` a page has room for 50."""
    for number in range(48):
        workspace.activities.create(friendly_name=f"Break {number}")
    answer = ask("GET", f"/v1/Workspaces/{workspace.fetch().sid}/Activities").json

    assert len(answer["activities"]) == 50
    assert "PageSize=50&Page=0" in answer["meta"]["url"]
    assert len(ask("GET", path_of(answer["meta"]["next_page_url"])).json["activities"]) == 1


def test_token_survives_inserts_and_deletes(workspace: WorkspaceContext, seven: list[str]) -> None:
    """Neither a new record nor the loss of the record at the edge repeats or skips any."""
    first = workspace.activities.page(page_size=5)
    edge = list(first)[-1]
    workspace.activities(edge.sid).delete()
    new = workspace.activities.create(friendly_name="New")

    assert [each.sid for each in first.next_page()] == [*seven[5:], new.sid]


def test_ordered_pages_do_not_overlap(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """Equal keys fall back to order of creation, so pages of an ordered list fit together."""
    sids = [workspace.tasks.create(priority=number % 2).sid for number in range(5)]

    ordered = [each.sid for each in workspace.tasks.list(ordering="Priority:desc", page_size=2)]

    assert ordered == [sids[1], sids[3], sids[0], sids[2], sids[4]]


def test_ordered_pages_lead_back(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """From the last page of a list that is filtered and ordered, the way back shows the same pages."""
    for number in range(6):
        workspace.tasks.create(priority=number % 3)
    found = {"assignment_status": ["pending", "reserved"], "ordering": "Priority:desc,DateCreated:desc"}
    whole = [each.sid for each in workspace.tasks.list(**found)]
    last = workspace.tasks.page(**found, page_size=2).next_page().next_page()

    before = last.previous_page()

    assert [each.sid for each in before] == whole[2:4]
    assert [each.sid for each in before.previous_page()] == whole[:2]


def test_pages_of_a_filtered_list_follow_changes(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """Between two pages one Task leaves the list and another comes into it, each at its place."""
    sids = [str(workspace.tasks.create(priority=number % 2).sid) for number in range(6)]
    first = workspace.tasks.page(priority=1, page_size=1)
    workspace.tasks(sids[3]).update(priority=0)
    workspace.tasks(sids[4]).update(priority=1)

    second = first.next_page()
    assert [each.sid for each in second] == [sids[4]]
    assert [each.sid for each in second.next_page()] == [sids[5]]
    assert [each.sid for each in second.previous_page()] == [sids[1]]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("Page=1", 40153),
        ("PageSize=0", 20001),
        ("PageSize=1001", 20001),
        ("PageSize=ten", 20001),
        ("Page=-1", 20001),
        ("PageToken=nonsense", 20001),
        ("PageToken=P", 20001),
        ("PageToken=PWzEsMiwzXQ", 20001),
        ("Ordering=Priority:asc&PageToken=PW3RydWUsM10", 20001),
        ("PageToken=PW3RydWUsImEiXQ", 20001),
        ("PageToken=PW3RydWUsIDkyMjMzNzIwMzY4NTQ3NzU4MDhd", 20001),  # [true, 2**63]
    ],
)
def test_broken_paging_is_refused(workspace: WorkspaceContext, ask, query: str, code: int) -> None:
    """A page by number alone, a size out of range and a foreign token answer 400."""
    answer = ask("GET", f"/v1/Workspaces/{workspace.fetch().sid}/Tasks?{query}")

    assert (answer.status, answer.json["code"]) == (400, code)


def test_empty_filter_filters_nothing(workspace: WorkspaceContext, seven: list[str], ask) -> None:
    """``FriendlyName=`` and ``Available=`` are as if left out."""
    answer = ask("GET", f"/v1/Workspaces/{workspace.fetch().sid}/Activities?FriendlyName=&Available=")

    assert len(answer.json["activities"]) == 7


def test_events_page_in_batches(workspace: WorkspaceContext) -> None:
    """Events are read as far as a page needs them, and all of them in the end."""
    pages = [each.sid for each in workspace.events.list(page_size=2)]

    assert pages == [each.sid for each in workspace.events.list(page_size=1000)]
    assert len(pages) == len(set(pages)) > 8
