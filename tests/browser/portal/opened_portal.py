"""The portal of an emulator of the test's own, open in a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Literal

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, expect
from twilio.rest import Client
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

from helpers.emulator.server import RunningEmulator
from helpers.lessons.story import Story

__all__ = ["HEIGHT", "SPANISH", "OpenedPortal"]

HEIGHT = 800
MIDDLE = 900
WIDTHS = (400, MIDDLE, 1280)
SPANISH = '{"selected_language": "es"}'

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_COLOUR_RULES = ("color-contrast", "link-in-text-block")
_AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.map(node => [id, node.html.slice(0, 200), node.failureSummary])))"""
_DRAWN = "new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(drawn))))"
_FOCUSED = """() => {
    const {activeElement: each} = document;
    const words = each.getAttribute("aria-label") ?? each.innerText;
    return each === document.body ? "" : `${each.localName} ${words}`.trim();
}"""


@dataclass
class OpenedPortal:
    """A page with the tutorial's world behind it: Alice and Bob are Offline, nothing waits.

    ``client`` is the SDK's, ``workspace`` its context. What the page complains about is in ``complaints``.
    """

    page: Page
    running: RunningEmulator
    client: Client
    story: Story
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to errors of scripts, and to what the content security policy refuses."""
        self.page.on("pageerror", self._note_error)
        self.page.on("console", self._note)

    @property
    def workspace(self) -> WorkspaceContext:
        """The Workspace, as the SDK has it."""
        return self.client.taskrouter.v1.workspaces(self.story.workspace_sid)

    def open(self, path: str = "board", *, width: int = 1280, theme: Literal["light", "dark"] = "light") -> None:
        """Load a page of the Workspace, such as ``tasks``, or of the emulator, as ``/clock``, until it is drawn."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme=theme)
        place = path if path.startswith("/") else f"/workspaces/{self.story.workspace_sid}/{path}"
        self.page.goto(self.running.url + place)
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()

    def widths(self, *more: int) -> Iterator[int]:
        """Show the page that is open in each width, without loading it again, and say which."""
        for width in (*WIDTHS, *more):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.page.evaluate(_DRAWN)  # markup for another width follows frames later
            yield width

    def leave(self) -> None:
        """Take from the page all that the next test must not find there."""
        self.page.remove_listener("pageerror", self._note_error)
        self.page.remove_listener("console", self._note)
        self.page.unroute_all()
        for each in self.page.context.pages:
            if each != self.page:
                each.close()
        self.page.goto(f"{self.running.url}/_emulator/health")  # of the same origin, and without scripts
        self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        self.page.context.clear_cookies()
        self.page.context.clear_permissions()
        self.page.mouse.move(0, 0)

    def task(self, attributes: str = SPANISH, **more: Any) -> Any:
        """Create a Task with the SDK."""
        return self.workspace.tasks.create(attributes=attributes, workflow_sid=self.story.workflow_sid, **more)

    def crowd(self, tasks: int, workers: int = 2) -> str:
        """Make another Workspace, in which as many Tasks wait for as many Workers, all Offline; return its SID."""
        document = {
            "friendly_name": "Crowd",
            "task_queues": [{"friendly_name": "Everybody"}],
            "workers": [{"friendly_name": f"Worker {number}"} for number in range(workers)],
            "workflows": [
                {
                    "friendly_name": "Requests",
                    "configuration": {"task_routing": {"default_filter": {"queue": "Everybody"}}},
                }
            ],
            "tasks": [{"workflow": "Requests", "attributes": {"number": number}} for number in range(tasks)],
        }
        return self.running.seed({"workspaces": [document]})[0]

    @property
    def path(self) -> str:
        """Path and query of the page's address, from the Workspace on."""
        return self.page.url.removeprefix(self.running.url).removeprefix(f"/workspaces/{self.story.workspace_sid}/")

    @property
    def focused(self) -> str:
        """What has the focus: kind of element and its words; empty if nothing has it."""
        return str(self.page.evaluate(_FOCUSED))

    def violations(self, *rules: str) -> list[str]:
        """Return what axe-core finds in the page as it is drawn now, by all of its rules or those named."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
        self.page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished)).then(() => null)")
        return [": ".join(each) for each in self.page.evaluate(_AXE, list(rules) or _RULES)]

    def hindrances(self, sign: Locator) -> list[str]:
        """Show the page that is open in each width, ``sign`` on it, and return what hinders somebody there.

        axe-core, which takes longest, leaves the middle width out: its parts are those of the two others.
        """
        found: list[str] = []
        for width in self.widths():
            expect(sign.locator("visible=true").first).to_be_visible()
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{width}: wider than the window")
            if width != MIDDLE:
                found += [f"{width}: {each}" for each in self.violations_in_both_themes()]
        return found

    def violations_in_both_themes(self) -> list[str]:
        """Return what axe-core finds in light, and then in dark by the rules about colours: no other sees a theme."""
        self.page.emulate_media(color_scheme="light")
        in_light = self.violations()
        self.page.emulate_media(color_scheme="dark")
        return in_light + self.violations(*_COLOUR_RULES)

    def _note_error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)
