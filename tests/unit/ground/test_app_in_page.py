"""The learner's application in a page: the same answers and the same words as of a process of its own."""

from __future__ import annotations

import pytest
import requests

from helpers.errors.app_problems import AppPortTaken, AppStopped
from helpers.webapp import own_app
from helpers.webapp.own_app import run_app

APP = """\
import os
from flask import Flask, request

app = Flask(__name__)
URL = os.environ["TASKROUTER_URL"]


@app.route("/say/<word>", methods=["GET", "POST"])
def say(word):
    return {"word": word, "query": request.args, "form": request.form, "agent": request.headers["X-Who"], "url": URL}


@app.get("/fail")
def fail():
    return 1 / 0
"""

PRINTS = """
import sys

@app.get("/")
def home():
    print("asked for", file=sys.stderr)
    return ""

print("begins")
app.run()
"""


@pytest.fixture
def write(page, monkeypatch, tmp_path):
    """Function that writes the learner's file; an app that answers is stopped at the end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(own_app, "_current", None)
    (tmp_path / "my_app").mkdir()
    yield lambda text: (tmp_path / "my_app" / "app.py").write_text(text, encoding="utf-8")
    own_app.stop_app()


def test_requests_reach_it_whole(write):
    """Path, query, form and headers, whatever their letters; and the log has a line for each."""
    write(APP)
    app = run_app()
    answer = requests.post(f"{app.url}/say/sí", params={"q": "a b"}, data={"name": "Ñ&="}, headers={"X-Who": "me"})
    said = answer.json()

    assert said | {"url": ""} == {
        "word": "sí",
        "query": {"q": "a b"},
        "form": {"name": "Ñ&="},
        "agent": "me",
        "url": "",
    }
    assert said["url"].startswith("http://127.0.0.1:")
    assert requests.head(f"{app.url}/say/x", headers={"X-Who": "me"}).content == b""
    assert app.log().splitlines()[-1] == "HEAD /say/x → 200"


def test_error_is_in_its_log_alone(write, capsys):
    """A crash is a 500 for the sender; nothing is printed into the cell."""
    write(APP)
    app = run_app()

    assert requests.get(f"{app.url}/fail").status_code == 500
    assert own_app.last_lines(app.log()) == "  line 15 of my_app/app.py\n  ZeroDivisionError: division by zero"
    assert capsys.readouterr() == ("", "")


def test_what_it_prints_is_in_its_log(write, capsys):
    """So are Flask's words about ``app.run()`` outside of a guard, which would never return."""
    write(APP + PRINTS)
    app = run_app()
    assert requests.get(app.url).status_code == 200

    lines = app.log().splitlines()
    assert (lines[0], lines[-2:]) == ("begins", ["asked for", "GET / → 200"])
    assert "Only call 'app.run()' in" in lines[1]
    assert capsys.readouterr() == ("", "")


def test_restart_keeps_the_port_and_stop_frees_it(write):
    """As of a process: the address stays, and nobody answers there afterwards."""
    write(APP)
    first, second = run_app(), run_app()
    url = second.url
    second.stop()

    assert (first.is_running, first.port) == (False, second.port)
    with pytest.raises(requests.ConnectionError):
        requests.get(url)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import os\nos.environ['WORKSPACE_SID']\n", "`WORKSPACE_SID` is a setting that isn't there"),
        ("\n1 / 0\n", "line 2 of my_app/app.py ZeroDivisionError"),
        ("shop = 1\n", "KeyError: 'app'"),
        ("raise SystemExit(3)\n", "SystemExit: 3"),
    ],
)
def test_app_that_cannot_start_says_why(write, text, words):
    """The same sentences; the page goes on."""
    write(text)

    with pytest.raises(AppStopped) as raised:
        run_app()
    assert words in " ".join(str(raised.value).split())


def test_taken_port_is_told(write):
    """A page has ports, too."""
    write(APP)
    taken = int(run_app().url.rpartition(":")[2])
    own_app._current = None  # as of another kernel

    with pytest.raises(AppPortTaken):
        run_app(taken)
    own_app._current = None


def test_environment_is_as_before(write, monkeypatch):
    """What the file changes in it, and what it was given, is gone again."""
    monkeypatch.delenv("SHOP", raising=False)
    write(APP + '\nos.environ["SHOP"] = "open"\n')
    run_app()

    assert own_app.os.environ.get("SHOP") is None
