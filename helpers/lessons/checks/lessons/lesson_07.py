"""Lesson 7: who answered at a public URL, when a tunnel needs mending, and which callbacks are genuine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from requests import Response
from requests.structures import CaseInsensitiveDict
from twilio.request_validator import RequestValidator

from helpers.connection import connect
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


_PUBLIC, _INSIDE, _OLD = "https://shop.example", "http://127.0.0.1:8765", "https://old.example"
_FORM = {"WorkerSid": f"WK{'0' * 32}", "TaskAttributes": "{}"}


class _Sent(NamedTuple):
    what: str
    genuine: bool
    because: str
    path: str = "/assignment_callback"
    signed_for: str = _PUBLIC
    form: dict[str, str] = _FORM
    forwarded_host: str = "shop.example"
    token: str = ""
    """Token of the sender, if it isn't the account's."""

    def request(self) -> Any:
        """Return the request as Flask would give it to an application behind the tunnel."""
        from flask import Request  # here, as nothing else in a lesson's helpers needs Flask

        headers = {"X-Forwarded-Host": self.forwarded_host, "X-Forwarded-Proto": "https"}
        if self.signed_for:
            validator = RequestValidator(self.token or connect().auth_token.reveal())
            headers["X-Twilio-Signature"] = validator.compute_signature(self.signed_for + self.path, _FORM)
        return Request.from_values(self.path, base_url=_INSIDE, method="POST", data=self.form, headers=headers)


_SENT = (
    _Sent(
        "a genuine callback", True, "TaskRouter signs `PUBLIC_URL` with the path; `request.url` is the inner address."
    ),
    _Sent("a genuine callback to /events", True, "the path is `request.path`, not always the same.", path="/events"),
    _Sent("a callback without any signature", False, "without the header there is nothing to check.", signed_for=""),
    _Sent(
        "a callback with a parameter that was changed",
        False,
        "the signature covers the parameters: pass `request.form`.",
        form=_FORM | {"WorkerSid": f"WK{'1' * 32}"},
    ),
    _Sent("a callback signed with another token", False, "let `validate` decide.", token="another token"),
    _Sent("a callback signed for another path", False, "the path is signed, too.", signed_for=f"{_PUBLIC}/test"),
    _Sent("a callback signed for the inner address", False, "only `PUBLIC_URL` counts.", signed_for=_INSIDE),
    _Sent(
        "a callback signed for https://old.example, with a header that says so",
        False,
        "anybody can send `X-Forwarded-Host`: take the address from `PUBLIC_URL`.",
        signed_for=_OLD,
        forwarded_host="old.example",
    ),
)


def trusts_the_public_url(is_genuine: object) -> str:
    """7.3: a function that checks a callback's signature against the public URL, and trusts no header but that one."""
    function = read_function("is_genuine", is_genuine, "request")
    for sent in _SENT:
        said = call("is_genuine", function, sent.request(), f"for {sent.what} ")
        if not isinstance(said, bool):
            wrong = f"for {sent.what} your function returns {spell(said)}."
            raise NotYet(wrong, "return True or False, as `validate` does.")
        if said != sent.genuine:
            raise NotYet(f"for {sent.what} your function returns {said}.", sent.because)
    return "your function believes TaskRouter's signature for your public URL, and nothing else."


CHECKS = {"7.1": tells_who_answered, "7.2": mends_when_needed, "7.3": trusts_the_public_url}

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
    "7.3": Hints(
        nudge="Which URL did TaskRouter sign, and where does your application find it?",
        pointer="`validator.validate(url, parameters, signature)` returns True or False. Flask has `request.path`, "
        "`request.form` and `request.headers`; `.get` reads a header that can be missing.",
        line="return validator.validate(___ + request.path, request.form, signature)",
    ),
}
