"""Lesson 7: who responded at a public URL, when a tunnel needs a repair, and which callbacks are genuine."""

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
        code = f"the header ngrok-error-code: {self.code}" if self.code else "no header ngrok-error-code"
        return f"For status {self.status} and {code}"

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
    return "Your function reads the header. The status doesn't tell, because both sides use the same ones."


def _judge(function: Callable[[Any], Any], case: _Case) -> None:
    said = call("who_answered", function, case.response(), case=f"{case.describe()}, ", needs_result=True)
    word = normalize(said) if isinstance(said, str) else kind(said)
    if word == case.who or (word == "ngrok" and case.who == "tunnel"):
        return
    wrong = f"{case.describe()}, your function returned {spell(said)}."
    if word not in ("tunnel", "ngrok", "listener"):
        raise NotYet(wrong, 'Return "tunnel" or "listener".')
    because = (
        "Only the tunnel service sends this header, and the code and the status can be others."
        if case.code
        else "Without the header the response comes from behind the tunnel, whatever its status."
    )
    raise NotYet(wrong, because, pointer="Ask only if the header is there: `in response.headers` is true or false.")


_MOMENTS = {
    "a": ("nothing", "The tunnel is open and the Workflow has its URL, so a second run changes nothing."),
    "b": ("expose", "A tunnel ends with the kernel that opened it, and the new kernel has none."),
    "c": ("expose", "Without the agent nothing is connected to the public URL."),
    "d": ("nothing", "That ends the wait. The agent still runs, and the Workflow still has the URL."),
    "e": ("expose", "The tunnel is open, but the Workflow has the old URL: nobody told TaskRouter."),
    "f": ("nothing", "A request that the listener refuses changes nothing."),
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
_CHOICE = 'Write "expose" or "nothing".'
_OTHER_STEPS = {
    "expose()": "Without `workflow`, nobody tells TaskRouter the new URL. " + _CHOICE,
    "listener.expose()": "Without `workflow`, nobody tells TaskRouter the new URL. " + _CHOICE,
    "hide": "`listener.hide()` closes the tunnel. " + _CHOICE,
    "listener.hide()": "`listener.hide()` closes the tunnel. " + _CHOICE,
}


def mends_when_needed(then: Any) -> str:
    """7.2: the moments after which the tunnel or the Workflow needs ``expose``."""
    given = read_letters("then", then, list(_MOMENTS), item="moment", value='"expose" or "nothing"', example="nothing")
    for letter, (right, because) in _MOMENTS.items():
        if _read_step(letter, given[letter]) != right:
            wrong = "you don't need `expose`" if right == "nothing" else "no callback arrives if you do nothing"
            pointer = f"Ask two things about moment {letter}: is the tunnel open, and does the Workflow have its URL?"
            raise NotYet(f"After moment {letter} {wrong}.", because, pointer=pointer)
    return "You open the tunnel again where it ended, and tell the Workflow where its URL changed."


def _read_step(letter: str, answer: object) -> str:
    """Return "nothing" or "expose".

    Raises:
        NotYet: it is something else.
    """
    if answer is None:
        return "nothing"
    if not isinstance(answer, str):
        raise NotYet(f'`then["{letter}"]` is {kind(answer)}; this exercise needs text.', _CHOICE)
    step = _SPELLINGS.get(normalize(answer))
    if step is None:
        raise NotYet(f'`then["{letter}"]` is {spell(answer)}.', _OTHER_STEPS.get(normalize(answer), _CHOICE))
    return step


_PUBLIC, _INSIDE, _OLD = "https://shop.example", "http://127.0.0.1:8765", "https://old.example"
_PATH = "/assignment_callback"
_FORM = {"WorkerSid": f"WK{'0' * 32}", "TaskAttributes": "{}"}


class _Sent(NamedTuple):
    what: str
    genuine: bool
    because: str
    path: str = _PATH
    signed_for: str = f"{_PUBLIC}{_PATH}"
    """URL that the sender signed; empty if the request has no signature."""
    form: dict[str, str] = _FORM
    signed_form: dict[str, str] = _FORM
    forwarded_host: str = "shop.example"
    token: str = ""
    """Token of the sender, if it isn't the account's."""

    def request(self) -> Any:
        """Return the request as Flask would give it to an application behind the tunnel."""
        from flask import Request  # here, as nothing else in a lesson's helpers needs Flask

        headers = {"X-Forwarded-Host": self.forwarded_host, "X-Forwarded-Proto": "https"}
        if self.signed_for:
            validator = RequestValidator(self.token or connect().auth_token.reveal())
            headers["X-Twilio-Signature"] = validator.compute_signature(self.signed_for, self.signed_form)
        return Request.from_values(self.path, base_url=_INSIDE, method="POST", data=self.form, headers=headers)


_SENT = (
    _Sent("a genuine callback", True, "TaskRouter signed `PUBLIC_URL` with the path, and the parameters."),
    _Sent(
        "a genuine callback to /events",
        True,
        "The path isn't always the same: take `request.path`.",
        path="/events",
        signed_for=f"{_PUBLIC}/events",
    ),
    _Sent("a callback without a signature", False, "Without the header it can't be genuine.", signed_for=""),
    _Sent(
        "a callback with a changed parameter",
        False,
        "The signature covers the parameters: pass `request.form`.",
        form=_FORM | {"WorkerSid": f"WK{'1' * 32}"},
    ),
    _Sent("a callback signed with another token", False, "Let `validate` decide.", token="another token"),
    _Sent("a callback signed for another path", False, "The path is signed, too.", signed_for=f"{_PUBLIC}/test"),
    _Sent("a callback signed for the inner address", False, "Only `PUBLIC_URL` counts.", signed_for=_INSIDE + _PATH),
    _Sent(
        "a callback signed for https://old.example, with a header that says so",
        False,
        "Anybody can send `X-Forwarded-Host`: take the address from `PUBLIC_URL`.",
        signed_for=_OLD + _PATH,
        forwarded_host="old.example",
    ),
)

_MISREAD = (
    _Sent("", False, "It's the wrong way round: it believes a callback without a signature.", signed_for=""),
    _Sent("", False, "It compares the signature with the inner address, `request.url`.", signed_for=_INSIDE + _PATH),
    _Sent("", False, "It leaves out the path: add `request.path` to `PUBLIC_URL`.", signed_for=_PUBLIC),
    _Sent("", False, "It leaves out the parameters: pass `request.form`.", signed_form={}),
)
"""Requests that a function believes in place of the genuine one, and what that shows; ``what`` isn't told."""


_THREE_PARTS = "`validate` gets three things: `PUBLIC_URL` with `request.path`, `request.form`, and the signature."
_ONE_RESULT = "Return what `validate` returns for the public URL, and nothing else."


def trusts_the_public_url(is_genuine: object) -> str:
    """7.3: a function that checks a callback's signature against the public URL, and trusts no header but that one."""
    function = read_function("is_genuine", is_genuine, "request")
    for sent in _SENT:
        said = call("is_genuine", function, sent.request(), case=f"For {sent.what}, ", needs_result=True)
        wrong = f"For {sent.what}, your function returned {spell(said)}."
        if not isinstance(said, bool):
            raise NotYet(wrong, "Return True or False, as `validate` does.")
        if said != sent.genuine:
            because = _explain_disbelief(function) if sent is _SENT[0] else sent.because
            raise NotYet(wrong, because, pointer=_THREE_PARTS if sent.genuine else _ONE_RESULT)
    return "Your function believes only what TaskRouter signed for your public URL."


def _explain_disbelief(function: Callable[[Any], Any]) -> str:
    """Return why a function takes a genuine callback for a forged one, by another request that it believes."""
    for other in _MISREAD:
        if call("is_genuine", function, other.request()) is True:
            return other.because
    return _SENT[0].because


CHECKS = {"7.1": tells_who_answered, "7.2": mends_when_needed, "7.3": trusts_the_public_url}

HINTS = {
    "7.1": Hints(
        nudge="What does the tunnel service send that your listener never sends?",
        pointer="Look at the second value that `knock` returns: while the tunnel is open, and after you lost it.",
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
