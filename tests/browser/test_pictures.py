"""JupyterLab's own Mermaid draws every picture, whatever the names in it, in light and in dark."""

from __future__ import annotations

import pytest

from tests.browser.harness import open_notebook, run_all, screenshot, use_theme

STORY = """
import json
from helpers import catch_up, connect, show_routing, show_sequence, show_timeline
connection = connect()
world = catch_up(3)
workspace = connection.client.taskrouter.v1.workspaces(world.workspace_sid)
listener = connection.listen()
task = workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=world.workflow_sid)
workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
workspace.tasks(task.sid).reservations.list()[0].update(reservation_status="accepted")
"""
NASTY = """
HTML = '"Al" <img src=x onerror=alert(1)>'
NAMES = [HTML, "a; end", "end", "😀 `*_#35;", "שלום [b] {c} |d|", "%%{init: {}}%%", "1. x"]
targets = []
for name in NAMES:
    queue = workspace.task_queues.create(friendly_name=name, target_workers="1==1")
    targets.append({"queue": queue.sid, "timeout": 5, "expression": f"worker.name != {json.dumps(name)}"})
    workspace.workers.create(friendly_name=name, activity_sid=world.activity_sids["Idle"])
routing = [{"filter_friendly_name": name, "expression": "1==1", "targets": targets} for name in NAMES]
workflow = workspace.workflows(world.workflow_sid).update(
    configuration=json.dumps({"task_routing": {"filters": routing}}), task_reservation_timeout=3
)
nasty = workspace.tasks.create(attributes=json.dumps({"name": NAMES}), workflow_sid=workflow.sid)
connection.advance(40)
"""
PICTURES = (
    "show_sequence(connection.wire, listener.inbox, task=task)",
    "show_timeline(workspace.events.list(task_sid=task.sid))",
    "show_routing(workspace.workflows(world.workflow_sid).fetch(), workspace.task_queues.list(), task)",
)
NASTY_PICTURES = (
    "show_sequence(connection.wire, listener.inbox, reads=True)",
    "show_timeline(workspace.events.list(task_sid=nasty.sid))",
    "show_routing(workflow, workspace.task_queues.list(), nasty)",
)
DRAWN = """count => {
    const drawn = [...document.querySelectorAll('.jp-RenderedMermaid')];
    return drawn.length === count && drawn.every(each => each.querySelector('img, details'));
}"""
FOUND = """() => [...document.querySelectorAll('.jp-RenderedMermaid')].map(drawn => {
    const image = drawn.querySelector('img');
    const source = image ? decodeURIComponent(image.src.replace(/^[^,]*,/, '')) : '';
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
        error: drawn.querySelector('details pre:last-child')?.textContent ?? null,
        text: svg.documentElement.textContent,
        name: image?.alt ?? '',
        words: drawn.querySelector('figcaption')?.textContent ?? '',
        harmful: svg.querySelectorAll('script, img, [onerror]').length,
    };
})"""


@pytest.fixture
def drawn(lab, page):
    """Run the notebook of pictures in a theme; what JupyterLab made of each."""
    cells = [STORY, *PICTURES, NASTY, *NASTY_PICTURES]
    open_notebook(page, lab, lab.write_notebook("notebooks/pictures.ipynb", *cells))

    def run(theme):
        use_theme(page, theme)
        assert [cell.error for cell in run_all(page) if cell.failed] == []
        page.wait_for_function(DRAWN, arg=len(PICTURES) + len(NASTY_PICTURES))
        found = page.evaluate(FOUND)
        for number, picture in enumerate(page.locator(".jp-RenderedMermaid").all()):
            picture.scroll_into_view_if_needed()
            screenshot(page, f"picture-{number}-{theme}")
        return found

    return run


def test_every_picture_is_drawn(drawn):
    """Each diagram becomes an image with its words; no name breaks one or brings markup, in either theme."""
    for theme in ("light", "dark"):
        found = drawn(theme)

        assert [each["error"] for each in found] == [None] * 6
        assert [each["harmful"] for each in found] == [0] * 6
        assert all(each["name"] and each["words"] for each in found)
        assert '"Al" <img src=x' in found[5]["text"]
        assert "%%{init: {}}%%" in found[5]["text"]


@pytest.mark.parametrize(("drawn_in", "shown_in"), [("light", "dark"), ("dark", "light")])
def test_pictures_follow_the_theme(page, lab, drawn_in, shown_in):
    """What was drawn in one theme is inverted under the other, and back, in outputs and in the text."""
    text = "from IPython.display import Markdown\nMarkdown('```mermaid\\nflowchart LR\\n a --> b\\n```')"
    open_notebook(page, lab, lab.write_notebook("notebooks/themes.ipynb", STORY, *PICTURES, text))
    use_theme(page, drawn_in)
    assert [cell.error for cell in run_all(page) if cell.failed] == []
    page.wait_for_function(DRAWN, arg=len(PICTURES) + 1)
    filters = "[...document.querySelectorAll('.jp-RenderedMermaid img')].map(each => getComputedStyle(each).filter)"

    assert page.evaluate(filters) == ["none"] * 4
    use_theme(page, shown_in)
    assert page.evaluate(filters) == ["invert(1) hue-rotate(180deg)"] * 4
    screenshot(page, f"pictures-drawn-{drawn_in}-shown-{shown_in}")
    use_theme(page, drawn_in)
    assert page.evaluate(filters) == ["none"] * 4
