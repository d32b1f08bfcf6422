"""Lesson 7: right answers pass in another form, and each mistake gets a sentence of its own."""

from __future__ import annotations

import pytest
from twilio.request_validator import RequestValidator

from helpers.connection import connect
from helpers.lessons.checks import check

ALL_RIGHT = {"a": "nothing", "b": "expose", "c": "expose", "d": "nothing", "e": "expose", "f": "nothing"}


def case(**changed):
    """The right answer to 7.2 with some letters changed."""
    return {**ALL_RIGHT, **changed}


def by_header(response):
    """The worked solution of 7.1."""
    return "tunnel" if "ngrok-error-code" in response.headers else "listener"


def by_text(response):
    """One that reads the body: the tunnel's page for browsers names no code."""
    return "tunnel" if "ERR_NGROK" in response.text else "listener"


def by_missing_key(response):
    return "tunnel" if response.headers["ngrok-error-code"] else "listener"


def no_argument():
    return "tunnel"


@pytest.mark.parametrize(
    "answer",
    [
        ALL_RIGHT,
        list(ALL_RIGHT.values()),
        {letter.upper(): f" {step.title()} " for letter, step in ALL_RIGHT.items()},
        case(a=None, d="", f="none"),
        case(b="listener.expose(workflow)", c="expose(workflow)"),
    ],
)
def test_right_moments_in_another_form(answer):
    """Case, spaces, the whole call, None for nothing."""
    assert check("7.2", answer).passed


MOMENTS = [
    (..., "`then` is still `...`"),
    (case(b=...), '`then["b"]` is still `...`'),
    (case(a="expose"), "After moment a you don't need `expose`. The tunnel is open and the Workflow has"),
    (case(b="nothing"), "After moment b no callback arrives if you do nothing. A tunnel ends with the kernel"),
    (case(c="nothing"), "After moment c no callback arrives if you do nothing. Without the agent"),
    (case(d="expose"), "After moment d you don't need `expose`. That ends the wait."),
    (case(e="nothing"), "After moment e no callback arrives if you do nothing. The tunnel is open, but the Workflow"),
    (case(f="expose"), "After moment f you don't need `expose`. A request that the listener refuses"),
    (case(g="nothing"), "There is no moment 'g' in this exercise. The letters are a to f."),
    ({"a": "nothing", "b": "expose"}, "The letters c, d, e and f are missing"),
    ("expose", '`then` is text. Write a dictionary with the letters a to f, such as {"a": "nothing"}.'),
    (case(e="hide"), "`then[\"e\"]` is 'hide'. `listener.hide()` closes the tunnel."),
    (case(e="listener.expose()"), "`then[\"e\"]` is 'listener.expose()'. Without `workflow`, nobody tells"),
    (case(e="restart"), '`then["e"]` is \'restart\'. Write "expose" or "nothing".'),
    (case(e=True), '`then["e"]` is `True`; this exercise needs text'),
    (None, "`then` is nothing (`None`)"),
]


@pytest.mark.parametrize(("answer", "words"), MOMENTS)
def test_wrong_moment_is_told_why(answer, words):
    """7.2: the verdict names the first moment that is wrong, and the reason."""
    verdict = check("7.2", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "answer",
    [
        by_header,
        lambda response: "listener" if response.headers.get("Ngrok-Error-Code") is None else "ngrok",
        lambda response: " Tunnel" if response.headers.get("ngrok-error-code", "").startswith("ERR_") else "LISTENER",
    ],
)
def test_right_function_in_another_form(answer):
    """Whatever way it looks for the header."""
    assert check("7.1", answer).passed


RESPONSES = [
    (by_header(type("R", (), {"headers": {}})), "`who_answered` is text, not a function"),
    (no_argument, "can't be called with one argument"),
    (lambda response: "tunnel", "For status 404 and no header ngrok-error-code, your function returned 'tunnel'."),
    (lambda response: "listener", "For status 404 and the header ngrok-error-code: ERR_NGROK_3200, your function retu"),
    (
        lambda response: "tunnel" if response.status_code == 404 else "listener",
        "For status 404 and no header ngrok-error-code, your function returned 'tunnel'. Without the header",
    ),
    (
        lambda response: "tunnel" if response.headers.get("ngrok-error-code") == "ERR_NGROK_3200" else "listener",
        "For status 502 and the header ngrok-error-code: ERR_NGROK_8012, your function returned 'listener'. Only",
    ),
    (
        lambda response: "listener" if by_header(response) == "listener" and response.ok else "tunnel",
        "For status 404 and no header ngrok-error-code, your function returned 'tunnel'.",
    ),
    (
        lambda response: "listener" if response.ok or not response.content else "tunnel",
        "For status 502 and no header ngrok-error-code, your function returned 'tunnel'.",
    ),
    (by_text, "For status 200 and the header ngrok-error-code: ERR_NGROK_6024, your function returned 'listener'."),
    (by_missing_key, "For status 404 and no header ngrok-error-code, `who_answered` stops with KeyError"),
    (lambda response: response.headers.get("ngrok-error-code"), "returned 'ERR_NGROK_3200'. Return"),
    (lambda response: "ngrok-error-code" in response.headers, "your function returned True. Return"),
    (lambda response: print(end=""), "`who_answered` returned nothing. Add a `return`"),
    (lambda response: "TaskRouter", "your function returned 'TaskRouter'. Return"),
    (lambda response: response.header, "`who_answered` stops with AttributeError"),
]


@pytest.mark.parametrize(("answer", "words"), RESPONSES)
def test_wrong_function_is_told_for_which_response(answer, words):
    """7.1: the verdict names the response, what the function made of it, and where to look."""
    verdict = check("7.1", answer)

    assert not verdict.passed
    assert words in str(verdict)


PUBLIC_URL = "https://shop.example"


def validate(request, url=None, form=None):
    """The worked solution of 7.3, with another URL or other parameters."""
    validator = RequestValidator(connect().auth_token.reveal())
    url = PUBLIC_URL + request.path if url is None else url
    return validator.validate(
        url, request.form if form is None else form, request.headers.get("X-Twilio-Signature", "")
    )


def by_forwarded_host(request):
    return validate(request, f"https://{request.headers['X-Forwarded-Host']}{request.path}")


def by_either_url(request):
    return validate(request) or validate(request, request.url)


def by_missing_header(request):
    return bool(request.headers["X-Twilio-Signature"]) and validate(request)


def test_right_signature_check(kernel):
    """The worked solution."""
    assert check("7.3", validate).passed


SIGNATURES = [
    (True, "`is_genuine` is `True`, not a function"),
    (lambda: True, "can't be called with one argument"),
    (
        lambda request: False,
        "For a genuine callback, your function returned False. TaskRouter signed `PUBLIC_URL` with",
    ),
    (
        lambda request: validate(request, request.url),
        "It compares the signature with the inner address",
    ),
    (lambda request: validate(request, PUBLIC_URL), "It leaves out the path: add `request.path` to `PUBLIC_URL`."),
    (lambda request: validate(request, form={}), "It leaves out the parameters: pass `request.form`."),
    (lambda request: not validate(request), "It's the wrong way round: it believes a callback without a signature."),
    (lambda request: print(end=""), "For a genuine callback, `is_genuine` returned nothing. Add a `return`"),
    (lambda request: "yes", "For a genuine callback, your function returned 'yes'. Return True or False"),
    (
        lambda request: validate(request, f"{PUBLIC_URL}/assignment_callback"),
        "For a genuine callback to /events, your function returned False. The path isn't always the same",
    ),
    (lambda request: True, "For a callback without a signature, your function returned True"),
    (by_missing_header, "For a callback without a signature, `is_genuine` stops with"),
    (
        lambda request: "X-Twilio-Signature" in request.headers,
        "For a callback with a changed parameter, your function returned True",
    ),
    (by_either_url, "For a callback signed for the inner address, your function returned True"),
    (by_forwarded_host, "For a callback signed for https://old.example, with a header that says so"),
]


@pytest.mark.parametrize(("answer", "words"), SIGNATURES)
def test_wrong_signature_check_is_told_for_which_request(kernel, answer, words):
    """7.3: the verdict names the request, what the function made of it, and why."""
    verdict = check("7.3", answer)

    assert not verdict.passed
    assert words in str(verdict)
