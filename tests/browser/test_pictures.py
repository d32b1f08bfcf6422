"""Every picture is drawn, whatever the names in it, in light and in dark: by our views, or by JupyterLab's Mermaid."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.harness import open_notebook, run_all, screenshot, serious_violations, use_theme

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
TEXT = """
from IPython.display import Markdown
Markdown('''```mermaid
flowchart LR
    accTitle: a and b
    accDescr: From a to b.
    a --> b
```''')
"""
PICTURES = (
    "show_sequence(connection.wire, listener.inbox, task=task)",
    "show_timeline(workspace.events.list(task_sid=task.sid))",
    "show_routing(workspace.workflows(world.workflow_sid).fetch(), workspace.task_queues.list(), task)",
    TEXT,
)
NASTY_PICTURES = (
    "show_sequence(connection.wire, listener.inbox, reads=True)",
    "show_timeline(workspace.events.list(task_sid=nasty.sid))",
    "show_routing(workflow, workspace.task_queues.list(), nasty)",
)
DIAGRAMS = 1  # Mermaid draws those in the text of notebooks
OURS = ".tr-sequence, .tr-states, .tr-routing-view"
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


@pytest.fixture(scope="module")
def opened(lab, page):
    """The notebook of pictures: four of every day, three with names that look like something else."""
    open_notebook(page, lab.write_notebook("notebooks/pictures.ipynb", STORY, *PICTURES, NASTY, *NASTY_PICTURES))
    return page


@pytest.fixture(scope="module", params=["light", "dark"])
def drawn_in(opened, request):
    """The theme in which the notebook has just been run."""
    use_theme(opened, request.param)
    assert [cell.error for cell in run_all(opened) if cell.failed] == []
    opened.wait_for_function(DRAWN, arg=DIAGRAMS)
    expect(opened.locator(OURS)).to_have_count(6)
    return request.param


def test_every_picture_is_drawn(opened, drawn_in):
    """Each diagram becomes an image with its words; no name breaks one or brings markup, in either theme."""
    found = opened.evaluate(FOUND)
    for number, picture in enumerate(opened.locator(".jp-RenderedMermaid").all()):
        picture.scroll_into_view_if_needed()
        screenshot(opened, f"picture-{number}-{drawn_in}")

    assert [each["error"] for each in found] == [None] * DIAGRAMS
    assert [each["harmful"] for each in found] == [0] * DIAGRAMS
    assert all(each["name"] and each["words"] for each in found)


def test_pictures_follow_the_theme(opened, drawn_in):
    """What was drawn in one theme is inverted under the other, and back, in outputs and in the text."""
    shown_in = "dark" if drawn_in == "light" else "light"
    filters = "[...document.querySelectorAll('.jp-RenderedMermaid img')].map(each => getComputedStyle(each).filter)"

    assert opened.evaluate(filters) == ["none"] * DIAGRAMS
    use_theme(opened, shown_in)
    assert opened.evaluate(filters) == ["invert(1) hue-rotate(180deg)"] * DIAGRAMS
    screenshot(opened, f"pictures-drawn-{drawn_in}-shown-{shown_in}")
    use_theme(opened, drawn_in)
    assert opened.evaluate(filters) == ["none"] * DIAGRAMS


def test_words_stand_in_the_picture(opened, drawn_in):
    """Sequence and states are text on the page, legible at any width, and names stay names."""
    for width in (1400, 760):
        opened.set_viewport_size({"width": width, "height": 1000})
        for number, picture in enumerate(opened.locator(OURS).all()):
            picture.scroll_into_view_if_needed()
            screenshot(opened, f"drawn-{number}-{drawn_in}-{width}")
            size, wide = picture.evaluate(
                "each => [parseFloat(getComputedStyle(each).fontSize), each.scrollWidth - each.clientWidth]"
            )
            assert size >= 13
            assert wide <= 0
    opened.set_viewport_size({"width": 1400, "height": 1000})
    sequence, states = (opened.locator(f"{kind} li").all_inner_texts() for kind in (".tr-sequence", ".tr-states"))
    assert any("TaskRouter → Listener" in each and "assignment callback" in each for each in sequence)
    assert any('"Al" <img src=x onerror=alert(1)>' in each for each in states)
    assert opened.locator(f":is({OURS}) :is(img, script)").count() == 0
    assert serious_violations(opened) == []
