"""How soon the console shows a change, and what it costs while nothing happens: ``python -m tests.browser.redraw``."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import CDPSession, Page

from tests.browser.chromium import started_browser
from tests.browser.harness import evaluate, load, open_notebook, run_all, start_lab

__all__ = ["main"]

WORKERS, TASKS, CHANGES, IDLE_SECONDS = 50, 200, 30, 10

SET_UP = f"""
import json, time
from helpers import catch_up, connect, show_console
connection = connect()
client = connection.client
story = catch_up(2)
workspace = client.taskrouter.v1.workspaces(story.workspace_sid)
for number in range({WORKERS} - 2):
    workspace.workers.create(friendly_name=f"Worker {{number}}", attributes=json.dumps({{"languages": ["fr"]}}))
for number in range({TASKS}):
    attributes = json.dumps({{"selected_language": "es" if number % 2 else "en", "number": number}})
    workspace.tasks.create(attributes=attributes, workflow_sid=story.workflow_sid)

def change(activity):
    workspace.workers(story.bob_sid).update(activity_sid=story.activity_sids[activity])
    return time.time() * 1000
"""

WATCH = """name => new Promise(seen => {
    const shown = () => document.querySelector('.tr-worker-row:nth-child(2) button').textContent.includes(name);
    const drawn = () => requestAnimationFrame(() => seen(performance.timeOrigin + performance.now()));
    if (shown()) return drawn();
    const observer = new MutationObserver(() => { if (shown()) { observer.disconnect(); drawn(); } });
    observer.observe(document.querySelector('.tr-cell'), {subtree: true, childList: true, characterData: true});
})"""


def main() -> None:
    """Measure and print."""
    with start_lab(Path(tempfile.mkdtemp())) as lab, started_browser() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        load(page, lab)
        open_notebook(page, lab.write_notebook("notebooks/redraw.ipynb", SET_UP, "show_console(workspace)"))
        run_all(page)
        page.locator(".tr-worker-row").first.wait_for()
        took = [redraw_ms(page, ("Busy", "Offline")[number % 2]) for number in range(CHANGES)]
        print(f"{TASKS} Tasks, {WORKERS} Workers, {CHANGES} changes: from the SDK call's return to the page")
        print(f"{statistics.median(took):.0f} ms (median), {sorted(took)[CHANGES * 9 // 10]:.0f} ms (90 %).")
        kernel, shown = (1000 * seconds for seconds in idle_cpu(page))
        print(f"Idle for {IDLE_SECONDS} s: {kernel:.0f} ms of CPU in the kernel, {shown:.0f} ms in the page.")


def redraw_ms(page: Page, activity: str) -> float:
    """From the SDK call's return to the frame that shows what it did."""
    page.evaluate(f"name => {{ window.seen = ({WATCH})(name); }}", activity)
    returned = float(evaluate(page, f"change({activity!r})"))
    return float(page.evaluate("window.seen")) - returned


def idle_cpu(page: Page) -> tuple[float, float]:
    """Seconds of CPU that kernel and page use while nothing happens."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.wait_for_timeout(2000)
    kernel, browser = float(evaluate(page, "time.process_time()")), busy_seconds(session)
    page.wait_for_timeout(IDLE_SECONDS * 1000)
    browser = busy_seconds(session) - browser
    return float(evaluate(page, "time.process_time()")) - kernel, browser


def busy_seconds(session: CDPSession) -> float:
    """How long the page's main thread has worked so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


if __name__ == "__main__":
    main()
