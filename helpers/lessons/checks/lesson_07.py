"""Lesson 7: who answered at a public URL, and when a tunnel needs mending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from requests import Response
from requests.structures import CaseInsensitiveDict

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import call, normalize, read_function, read_letters, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]


class _Case(NamedTuple):
    status: int
    code: str | None
    body: str
    who: str

    def describe(self) -> str:
        code = f"with ngrok-error-code {self.code}" if self.code else "without ngrok-error-code"
        return f"for status {self.status} {code}"

    def response(self) -> Response:
        response = Response()
        response.status_code = self.status
        response.headers = CaseInsensitiveDict({"Ngrok-Error-Code": self.code} if self.code else {})
        response._content = self.body.encode()
        return response


_CASES = (
    _Case(404, "ERR_NGROK_3200", "The endpoint is offline.\r\n\r\nERR_NGROK_3200\r\n", "tunnel"),
    _Case(404, None, "", "listener"),
    _Case(502, "ERR_NGROK_8012", "Nothing answers behind the tunnel.\r\n\r\nERR_NGROK_8012\r\n", "tunnel"),
    _Case(200, None, "{}", "listener"),
    _Case(502, None, '{"message": "the decision function failed"}', "listener"),
    _Case(200, "ERR_NGROK_6024", "<html>You are about to visit …</html>", "tunnel"),
)
"""Responses at a public URL. ERR_NGROK_6024 is the page that ngrok shows to browsers first, on a free account."""


def tells_who_answered(who_answered: object) -> str:
    """7.1: a function that tells the tunnel's own responses from the listener's."""
    function = read_function("who_answered", who_answered, "response")
    for case in _CASES:
        _judge(function, case)
    return "the header tells: the status alone can't, as both sides use the same ones."


def _judge(function: Callable[[Any], Any], case: _Case) -> None:
    said = call("who_answered", function, case.response(), f"{case.describe()} ")
    word = normalize(said) if isinstance(said, str) else said
    if word == case.who or (word == "ngrok" and case.who == "tunnel"):
        return
    if word not in ("tunnel", "ngrok", "listener"):
        raise NotYet(
            f"{case.describe()} your function returns {spell(said)}.", 'return "tunnel" or "listener", nothing else.'
        )
    because = (
        "only the tunnel's side sends this header, whatever the code and the status."
        if case.code
        else "without the header it came from behind the tunnel, whatever the status."
    )
    raise NotYet(f"{case.describe()} your function returns {spell(said)}.", because)


_MOMENTS = {
    "a": ("nothing", "the tunnel is open and the Workflow has its URL, so a second run changes nothing."),
    "b": ("expose", "a tunnel ends with the kernel that opened it, and the new kernel has none."),
    "c": ("expose", "without the agent nothing is connected to the public URL."),
    "d": ("nothing", "that ends the wait. The agent runs on, and the Workflow's URL is as it was."),
    "e": ("expose", "the tunnel is open again, and the Workflow still has the old URL: nobody told TaskRouter."),
    "f": ("nothing", "whoever is refused changes nothing."),
}
_SPELLINGS = {
    "nothing": "nothing",
    "none": "nothing",
    "no": "nothing",
    "": "nothing",
    "expose": "expose",
    "expose(workflow)": "expose",
    "listener.expose(workflow)": "expose",
}


def mends_when_needed(then: Any) -> str:
    """7.2: the moments after which the tunnel or the Workflow needs ``expose``."""
    given = read_letters("then", then, list(_MOMENTS), item="moment", value='"expose" or "nothing"', example="nothing")
    for letter, (right, because) in _MOMENTS.items():
        if _read_step(letter, given[letter]) != right:
            wrong = "`expose` isn't needed" if right == "nothing" else "nothing more would arrive"
            raise NotYet(f"after moment {letter} {wrong}.", because)
    return "the tunnel is opened again where it ended, and the Workflow told where its URL changed."


def _read_step(letter: str, answer: object) -> str:
    if answer is None:
        return "nothing"
    if not isinstance(answer, str):
        raise NotYet(f'`then["{letter}"]` is {kind(answer)}; this exercise needs text.', 'write "expose" or "nothing".')
    step = _SPELLINGS.get(normalize(answer))
    if step is None:
        raise NotYet(f'`then["{letter}"]` is {spell(answer)}.', 'write "expose" or "nothing".')
    return step


CHECKS = {"7.1": tells_who_answered, "7.2": mends_when_needed}

HINTS = {
    "7.1": Hints(
        nudge="What does the tunnel service send that your listener never sends?",
        pointer="Look at the second value that `knock` returns, with the tunnel open and after you lost it.",
        line='return "tunnel" if ___ in response.headers else "listener"',
    ),
    "7.2": Hints(
        nudge="Is the tunnel open, and does the Workflow have its URL?",
        pointer="A tunnel ends with its agent and with its kernel. TaskRouter learns a new address only from "
        "`listener.expose(workflow)`: without `workflow`, nobody tells it.",
        line='then = {"a": "nothing", "b": "expose", "c": "expose", "d": "nothing", "e": ___, "f": "nothing"}',
    ),
}
