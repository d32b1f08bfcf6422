"""The learner's application is started, restarted and stopped, and each trouble has a sentence of its own."""

from __future__ import annotations

import socket

import pytest
import requests

from helpers import errors
from helpers.errors import app_problems
from helpers.ground.machine import app_process
from helpers.webapp import own_app
from helpers.webapp.own_app import last_lines, read_log, run_app
from tests.unit.webapp.conftest import SMALL


def test_app_answers_and_stops(connection, write):
    """It is reached at its URL; after `stop` a sentence says how to go on."""
    write(SMALL)
    app = run_app()

    assert (repr(app), requests.get(app.url).text, app.log()) == ("OwnApp(running)", "at home", "GET / → 200")
    app.stop()
    app.stop()
    assert repr(app) == "OwnApp(stopped)"
    with pytest.raises(app_problems.AppStopped, match=r"Your app was stopped. Start it again with `app = run_app\(\)`"):
        app.url  # noqa: B018 - the property raises


def test_second_start_has_the_same_port(connection, write):
    """A Workflow that leads to the app still does, and the file is read again."""
    write(SMALL)
    first = run_app()
    write(SMALL.replace("at home", "back"))
    second = run_app()

    assert (first.is_running, second.port, requests.get(second.url).text) == (False, first.port, "back")


def test_settings_come_from_the_environment(connection, write, monkeypatch):
    """The app gets the kernel's variables, and the emulator's address."""
    monkeypatch.setenv("WORKSPACE_SID", "WS1")
    wanted = '{**{n: os.environ[n] for n in ("WORKSPACE_SID", "TASKROUTER_URL")}}'
    write(SMALL.replace('"at home"', wanted).replace("from flask", "import os\nfrom flask"))

    assert requests.get(run_app().url).json() == {"WORKSPACE_SID": "WS1", "TASKROUTER_URL": connection.base_url}


def test_app_that_ended_by_itself_shows_its_error(connection, write):
    """The last place in the learner's own file, and the error."""
    write(
        SMALL + '\n\n@app.get("/end")\ndef end():\n    import os\n    print("GET /end", flush=True)\n    os._exit(3)\n'
    )
    app = run_app()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{app.url}/end")
    app._program._process.join(5)

    with pytest.raises(app_problems.AppStopped, match=r"(?s)Your app has ended by itself.*/end.*Start it"):
        app.require_running()


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("def f(:\n", app_problems.AppSyntax, "my_app/app.py, line 1, isn't valid Python: invalid syntax"),
        ("\n1 / 0\n", app_problems.AppStopped, "line 2 of my_app/app.py ZeroDivisionError: division by zero"),
        ("import os\nos.environ['WORKFLOW_SID']\n", app_problems.AppStopped, "`WORKFLOW_SID` is a setting that isn't"),
        ("import flaskk\n", app_problems.AppStopped, "ModuleNotFoundError: No module named 'flaskk'"),
        ("shop = 1\n", app_problems.AppStopped, "Failed to find Flask application"),
        ("shop = 1\n", app_problems.AppStopped, "Section 2 creates it, with `app = Flask(__name__)`."),
        ("raise SystemExit('closed')\n", app_problems.AppStopped, "closed"),
    ],
)
def test_app_that_cannot_start_says_why(connection, write, text, error, words):
    """Syntax is read before anything is started; what else goes wrong is in the log."""
    write(text)

    with pytest.raises(error) as raised:
        run_app()
    assert words in " ".join(str(raised.value).split())
    assert isinstance(raised.value, errors.HelperError)


def test_missing_file_is_told(connection, monkeypatch, tmp_path):
    """Nothing is started."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(app_problems.AppMissing):
        run_app()


def test_taken_port_is_told(connection, write):
    """Another program has it: an app in a terminal, most often."""
    write(SMALL)

    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            app_problems.AppPortTaken, match=rf"Your app can't use port {port}. Another program uses it"
        ):
            run_app(port)


def test_port_that_was_taken_meanwhile_is_left(connection, write, capsys):
    """The app starts all the same, and a line says what has to be told the new address."""
    write(SMALL)
    app = run_app()
    app.stop()
    with socket.create_server(("127.0.0.1", app.port)):
        again = run_app()

    assert again.port != app.port
    said = capsys.readouterr().out
    assert said.startswith("Another program uses your app's port now, so your app has a new one.")
    assert str(app.port) not in said  # a notebook stores it


@pytest.mark.parametrize("port", [-1, 65536, "8765", 80.0, True, None])
def test_no_port_is_told(connection, write, port):
    """Nothing is started, and an app that runs goes on."""
    write(SMALL)
    app = run_app()

    with pytest.raises(app_problems.AppPortTaken, match=r"it isn't a port \(1 to 65535\)"):
        run_app(port)
    assert app.is_running


def test_app_that_never_begins_is_stopped(connection, write, monkeypatch):
    """A line that waits outside of the routes keeps it from answering."""
    monkeypatch.setattr(app_process, "_READY_SECONDS", 1.5)
    write("import time\ntime.sleep(30)\n")

    with pytest.raises(app_problems.AppTooSlow, match=r"wasn't ready after 1.5 s, so it was stopped"):
        run_app()
    assert own_app.current_app() is None


def test_live_gives_no_address_to_twilio(connection, write, monkeypatch):
    """Twilio can't call this machine, so there is no URL for a Workflow, and no emulator for the app."""
    write(SMALL)
    app = run_app()
    object.__setattr__(connection, "mode", "live")

    assert connection.emulator_url == ""
    with pytest.raises(app_problems.AppUnreachable, match=r"In live mode TaskRouter can't call your app.*lesson 7"):
        app.assignment_url  # noqa: B018 - the property raises


def test_log_is_requests_and_errors():
    """Without colors, dates, and the words that Flask begins with; one path's lines on request."""
    raw = (
        " * Serving Flask app 'app.py'\n * Debug mode: off\n"
        "\x1b[31m\x1b[1mWARNING: This is a development server. Do not use it in a production deployment.\x1b[0m\n"
        " * Running on http://127.0.0.1:5000\n\x1b[33mPress CTRL+C to quit\x1b[0m\n"
        '127.0.0.1 - - [30/Nov/2026 00:41:27] "\x1b[33mGET /nothing HTTP/1.1\x1b[0m" 404 -\n'
        "[2026-11-30 00:41:28,004] ERROR in app: Exception on / [GET]\n"
    )

    assert read_log(raw) == "GET /nothing → 404\nERROR in app: Exception on / [GET]"


def test_last_lines_are_the_error():
    """The traceback's own end, or the last two lines where there is none."""
    log = 'File "/x/my_app/app.py", line 12, in f\n  g()\nFile "/x/flask/app.py", line 9\nValueError: no\nGET / → 500'

    assert last_lines(log) == "  line 12 of my_app/app.py\n  ValueError: no"
    assert last_lines("one\ntwo\nthree") == "  two\n  three"
    assert last_lines("") == ""
