"""The learner's application as checks ask it: a sentence for each mistake; on a page, where an app starts at once."""

from __future__ import annotations

import pytest

from helpers import catch_up, connect
from helpers.lessons.checks import check
from helpers.webapp import own_app
from helpers.webapp.own_app import run_app
from tests.worlds.solved_app import solved_app

VALIDATES = "if not RequestValidator(AUTH_TOKEN).validate(callback_url(), request.form, signature):"
CREATES = "    task = workspace.tasks.create(attributes=attributes, workflow_sid=WORKFLOW_SID)\n"
LANGUAGE = '    language = request.values.get("selected_language", "es")\n'
REFUSES = 'return {"message": "We speak es and en."}, 400'
ROUTE = '@app.route("/create_task", methods=["GET", "POST"])'
ACCEPTS = '    return {"instruction": "accept"}'


@pytest.fixture
def write(page, monkeypatch, tmp_path):
    """Function that writes the worked app with changes; the world of lesson 6 is there, and its settings are set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(own_app, "_current", None)
    (tmp_path / "my_app").mkdir()
    world = catch_up(6)
    connect().export(WORKSPACE_SID=world.workspace_sid, WORKFLOW_SID=world.workflow_sid)
    yield lambda *changes: (tmp_path / "my_app" / "app.py").write_text(solved_app(*changes), encoding="utf-8")
    own_app.stop_app()


def test_worked_app_passes(write):
    """On a page, too."""
    write()
    app = run_app()

    assert [check(number, app).passed for number in ("6.1", "6.2")] == [True, True]


CALLBACK_MISTAKES = [
    ([("@app.before_request\ndef check", "def check")], "Nothing calls `check_signature`. Write `@app.before_request`"),
    ([("/assignment_callback", "/callback")], "Your app has no route `/assignment_callback`: it responds with 404."),
    ([('@app.post("/ass', '@app.get("/ass')], "`/assignment_callback` doesn't take POST: it responds with 405."),
    ([("abort(403)", "pass")], "Your app accepts a forged callback, without a signature: it responds with 200."),
    (
        [("abort(403)", "abort(401)")],
        "a forged callback, without a signature, with status 401 and not with 403.",
    ),
    (
        [('request.headers.get("X-Twilio-Signature", "")', 'request.headers["X-Twilio-Signature"]')],
        "A request can come without this header: read it with `request.headers.get`.",
    ),
    (
        [(VALIDATES, "if not signature:")],
        "Your app accepts a forged callback, with a changed parameter: it responds with 200. The signature covers the",
    ),
    ([(VALIDATES, "if True:")], "Your app refuses a callback that TaskRouter signed: it responds with 403."),
    ([("if not Req", "if Req")], "Your app refuses a callback that TaskRouter signed, and accepts one without a sig"),
    ([("request.form, signature", "{}, signature")], "It checks the signature without the parameters. Pass `requ"),
    ([("callback_url(), request", "request.host_url, request")], "It checks the signature of a URL without the path."),
    ([("callback_url(), request", '"", request')], "`validate` needs the URL, `request.form` and the header"),
    ([('if request.path == "/assignment_callback":', "if True:")], "Your app refuses a request to another route, too."),
    ([(ACCEPTS, '    return "accept"')], "responds with text/html, and TaskRouter reads only application/json."),
    (
        [(ACCEPTS, '    return {"instruction": "acept"}')],
        "There's no instruction 'acept' (error 55555)",
    ),
    (
        [(ACCEPTS, '    return {"message": "success"}')],
        'The reply has no "instruction", so TaskRouter does nothing now',
    ),
    (
        [(ACCEPTS, "    return ['accept']")],
        "`/assignment_callback` replies with a list, and TaskRouter reads a",
    ),
    ([(ACCEPTS, '    return {"instruction": "accept"}, 201')], "responds with 201, and TaskRouter needs 200."),
    ([(ACCEPTS, "    return request.form['Tasks']")], "it responds with 400"),
    ([(ACCEPTS, "    return 1 / 0")], "stopped with an error, and your app responded with 500. Its log says: line"),
    ([(ACCEPTS, "    return 1 / 0")], "ZeroDivisionError: division by zero"),
    ([(ACCEPTS, "    pass")], "TypeError: The view function for 'assignment_callback' did not return a valid"),
]

CREATE_MISTAKES = [
    ([("@app.before_request\ndef refuse", "def refuse")], "Nothing calls `refuse_other_languages`."),
    ([("/create_task", "/new_task")], "Your app has no route `/create_task`: it responds with 404."),
    ([(REFUSES, "return None")], 'Your app creates a Task for "fr". No filter matches it, so TaskRouter cancels it at'),
    ([(LANGUAGE, LANGUAGE.replace("values", "form"))], 'Your app creates a Task for "fr" if the request is a GET.'),
    ([(LANGUAGE, LANGUAGE.replace("values", "args"))], 'Your app creates a Task for "fr" if the request is a POST.'),
    ([(REFUSES, "return {}")], 'Your app creates no Task for "fr", but it responds to a POST with 200, as if it had.'),
    ([(REFUSES, "abort(403)")], 'Your app refuses "fr" with status 403 and not with 400.'),
    ([(REFUSES, "abort(404)")], 'Your app refuses "fr" with status 404 and not with 400.'),
    ([('not in ("es", "en")', "!= 'en'")], 'Your app refuses a customer who chose "es": it responds with 400.'),
    ([('not in ("es", "en")', "!= 'es'")], 'Your app refuses a customer who chose "en": it responds with 400.'),
    (
        [(LANGUAGE, LANGUAGE.replace(', "es"', ""))],
        "Your app refuses a customer who chose no language: it responds with",
    ),
    ([('request.path == "/create_task" and ', "")], "Your app refuses a request to another route, too."),
    ([(ROUTE, '@app.post("/create_task")')], "`/create_task` doesn't take GET; it takes "),
    ([(ROUTE, '@app.get("/create_task")')], "`/create_task` doesn't take POST; it takes "),
    ([(CREATES, ""), ("task.sid", "'WT' + '0' * 32")], 'The "task_sid" in the reply of `/create_task` is no Task'),
    ([('{"task_sid": task.sid}', '{"sid": task.sid}')], 'The reply of `/create_task` has no "task_sid": it is'),
    ([('{"task_sid": task.sid}', "task.sid")], "`/create_task` responds with text/html"),
    (
        [("workflow_sid=WORKFLOW_SID", "workflow_sid='WW' + '0' * 32")],
        "TwilioRestException: HTTP 4",
    ),
    (
        [('request.values.get("selected_language", "es")})', '"en"})')],
        'A customer chose "es", and the attributes of',
    ),
    ([(ROUTE, "raise SystemExit")], "Your app stopped while it was starting."),
]


@pytest.mark.parametrize(("changes", "words"), CALLBACK_MISTAKES)
def test_wrong_callback_is_told_what_is_wrong(write, changes, words):
    """6.1: the first thing that is missing, with what to do."""
    write(*changes)
    verdict = check("6.1", run_app())

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(("changes", "words"), CREATE_MISTAKES)
def test_wrong_create_task_is_told_what_is_wrong(write, changes, words):
    """6.2: the first thing that is missing, in the file as it is now."""
    write(*changes)
    verdict = check("6.2", "http://127.0.0.1:9")

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    ("exercise", "changes", "pointer"),
    [
        ("6.1", [("abort(403)", "pass")], "What `validate` returns has to decide"),
        ("6.2", [(REFUSES, "return None")], "Flask calls `create_task` unless"),
    ],
)
def test_common_mistake_has_a_pointer_of_its_own(write, exercise, changes, pointer):
    """What ``hint`` says second fits what the check has seen."""
    write(*changes)

    assert check(exercise, run_app()).pointer.startswith(pointer)
