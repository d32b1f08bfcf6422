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


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (..., "`then` is still `...`"),
        (case(b=...), '`then["b"]` is still `...`'),
        (
            case(a="expose"),
            "After moment a `expose` isn't needed. The tunnel is open and the Workflow",
        ),
        (case(b="nothing"), "After moment b nothing more would arrive. A tunnel ends with the kernel"),
        (case(c="nothing"), "After moment c nothing more would arrive. Without the agent"),
        (case(d="expose"), "After moment d `expose` isn't needed. That ends the wait"),
        (
            case(e="nothing"),
            "After moment e nothing more would arrive. The tunnel is open again, and",
        ),
        (case(f="expose"), "After moment f `expose` isn't needed. Whoever is refused"),
        (case(g="nothing"), "There is no moment 'g' in this exercise. The letters are a to f."),
        ({"a": "nothing", "b": "expose"}, "The letters c, d, e and f are missing"),
        ("expose", '`then` is text. Write a dictionary with the letters a to f, such as {"a": "nothing"}.'),
        (case(e="hide"), 'then["e"]` is \'hide\'. Write "expose" or "nothing".'),
        (case(e=True), '`then["e"]` is `True`; this exercise needs text'),
        (None, "`then` is nothing (`None`)"),
    ],
)
def test_wrong_moment_is_told_why(answer, words):
    """The verdict names the first moment that is wrong, and the reason."""
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


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (by_header(type("R", (), {"headers": {}})), "`who_answered` is text, not a function"),
        (no_argument, "can't be called with one argument"),
        (lambda response: "tunnel", "For status 404 without ngrok-error-code your function returns 'tunnel'"),
        (
            lambda response: "listener",
            "For status 404 with ngrok-error-code ERR_NGROK_3200 your function returns",
        ),
        (
            lambda response: "tunnel" if response.status_code == 404 else "listener",
            "For status 404 without ngrok-error-code your function returns 'tunnel'. Without the header",
        ),
        (
            lambda response: "tunnel" if response.headers.get("ngrok-error-code") == "ERR_NGROK_3200" else "listener",
            "For status 502 with ngrok-error-code ERR_NGROK_8012 your function returns 'listener'. Only",
        ),
        (by_text, "For status 200 with ngrok-error-code ERR_NGROK_6024 your function returns 'listener'"),
        (by_missing_key, "For status 404 without ngrok-error-code `who_answered` stops with KeyError"),
        (
            lambda response: response.headers.get("ngrok-error-code"),
            "returns 'ERR_NGROK_3200'. Return",
        ),
        (lambda response: "ngrok-error-code" in response.headers, "your function returns True. Return"),
        (lambda response: print(end=""), "your function returns None. Return"),
        (lambda response: "TaskRouter", "your function returns 'TaskRouter'. Return"),
    ],
)
def test_wrong_function_is_told_for_which_response(answer, words):
    """The verdict names the response, what the function made of it, and where to look."""
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


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (True, "`is_genuine` is `True`, not a function"),
        (lambda: True, "can't be called with one argument"),
        (lambda request: False, "For a genuine callback your function returns False. TaskRouter signs"),
        (lambda request: validate(request, request.url), "For a genuine callback your function returns False"),
        (lambda request: validate(request, PUBLIC_URL), "For a genuine callback your function returns False"),
        (lambda request: validate(request, form={}), "For a genuine callback your function returns False"),
        (
            lambda request: print(end=""),
            "For a genuine callback your function returns None. Return True or False",
        ),
        (lambda request: "yes", "For a genuine callback your function returns 'yes'. Return True or False"),
        (
            lambda request: validate(request, f"{PUBLIC_URL}/assignment_callback"),
            "For a genuine callback to /events your function returns False. The path is `request.path",
        ),
        (lambda request: True, "For a callback without any signature your function returns True"),
        (by_missing_header, "For a callback without any signature `is_genuine` stops with"),
        (
            lambda request: "X-Twilio-Signature" in request.headers,
            "For a callback with a parameter that was changed your function returns True",
        ),
        (by_either_url, "For a callback signed for the inner address your function returns True"),
        (by_forwarded_host, "For a callback signed for https://old.example, with a header that says so"),
    ],
)
def test_wrong_signature_check_is_told_for_which_request(kernel, answer, words):
    """The verdict names the request, what the function made of it, and why."""
    verdict = check("7.3", answer)

    assert not verdict.passed
    assert words in str(verdict)
