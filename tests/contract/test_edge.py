"""Tunnels on the stage: the agent that pyngrok really starts, and ngrok's edge before it."""

from __future__ import annotations

import json
import re
import threading
import time

import pytest

from tests.contract.stage import Stage
from tests.contract.stage.clients import run_curl, run_python

TUNNEL = """
import http.server, json, os, pathlib, threading
from pyngrok import ngrok
from pyngrok.conf import PyngrokConfig

class Upstream(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = json.dumps([self.path, self.headers["X-Forwarded-Proto"], self.headers["X-Forwarded-Host"]]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    def log_message(self, *_): pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
threading.Thread(target=server.serve_forever, daemon=True).start()
file = pathlib.Path(os.environ["FOLDER"]) / "ngrok.yml"
config = PyngrokConfig(config_path=str(file), config_version="3", startup_timeout=3)
config.auth_token = None
def connect(**wanted):
    file.write_text(json.dumps({"version": "3", "agent": {"authtoken": os.environ["NGROK_AUTHTOKEN"]}}))
    return ngrok.connect(f"http://127.0.0.1:{server.server_port}", pyngrok_config=config, **wanted)
"""
GET = "import requests\ndef get(url, **headers): return requests.get(url, headers=headers)\n"


def run(stage, code: str, **variables: str) -> str:
    """Run code that has ``connect`` and ``get``, and return what it prints."""
    return run_python(stage, TUNNEL + GET + code, FOLDER=str(stage.folder), **variables)


def test_public_url_leads_to_the_agents_upstream(stage):
    """The account's own domain is answered over TLS, and the upstream is told the public host and scheme."""
    told = run(stage, "url = connect().public_url\nprint(url)\nprint(get(url + '/events?a=1').text)").splitlines()

    host = told[0].removeprefix("https://")
    assert re.fullmatch(r"[0-9a-f]{12}\.ngrok-free\.dev", host)
    assert json.loads(told[1]) == ["/events?a=1", "https", host]
    assert stage.log[-1].host == host


def test_domain_that_is_asked_for(stage):
    """An agent gets the domain that it asks for."""
    told = run(stage, "url = connect(url='https://desk.ngrok.app').public_url\nprint(url, get(url).status_code)")

    assert told == "https://desk.ngrok.app 200\n"


def test_dead_agent_leaves_its_url_offline(stage):
    """As soon as the agent is killed, visitors get 404 with ngrok's code in a header."""
    code = "url = connect().public_url\nngrok.get_ngrok_process(config).proc.kill()\nprint(url)"
    url = run(stage, code).strip()

    answer = run_curl(stage, "--include", f"{url}/events")

    assert "HTTP/1.1 404 Not Found" in answer
    assert "Ngrok-Error-Code: ERR_NGROK_3200" in answer
    assert stage.edge.online == []


def test_url_can_be_lost_while_the_agent_lives(stage):
    """The stage can take a URL offline behind the back of its agent."""
    url = stage.edge.lead("desk.example.com", 9, prefix="/proxy/8000")
    assert url == "https://desk.example.com/proxy/8000"
    assert run_curl(stage, f"{url}/events") == "Bad Gateway"

    stage.edge.drop("desk.example.com")

    assert "ERR_NGROK_3200" in run_curl(stage, f"{url}/events")


def test_agent_says_that_ngrok_closed_its_session(stage):
    """When the edge drops a URL, the log of its agent says so, with the level of an error."""
    code = """
import time
url = connect().public_url
print(url, flush=True)
agent = ngrok.get_ngrok_process(config)
while not [line for line in agent.logs if line.msg == "session closed, starting reconnect loop"]:
    time.sleep(0.01)
print("said")
"""
    threading.Thread(target=drop_when_online, args=(stage,)).start()

    assert run(stage, code).endswith("said\n")


def drop_when_online(stage) -> None:
    """Take the first host that comes online offline again."""
    deadline = time.monotonic() + 20
    while not stage.edge.online and time.monotonic() < deadline:
        time.sleep(0.01)
    stage.edge.drop(stage.edge.online[0])


def test_a_second_agent_meets_the_first(stage):
    """One account has one domain: while an agent has it, the next one is refused with ERR_NGROK_334."""
    stage.edge.lead(run(stage, "print(connect().public_url)").strip().removeprefix("https://"), 9)

    assert "ERR_NGROK_334" in run(stage, "connect()")


def test_browsers_are_warned_first(stage):
    """Who looks like a browser gets ngrok's page with ERR_NGROK_6024, unless it sends the header that skips it."""
    code = """
url = connect().public_url
warned = get(url, **{"User-Agent": "Mozilla/5.0"})
skipped = get(url, **{"User-Agent": "Mozilla/5.0", "ngrok-skip-browser-warning": "1"})
print(warned.headers["Ngrok-Error-Code"], skipped.status_code)
"""

    assert run(stage, code) == "ERR_NGROK_6024 200\n"


def test_nothing_behind_the_agent(stage):
    """An agent whose upstream doesn't answer gives 502 with ERR_NGROK_8012."""
    code = "url = connect().public_url\nserver.server_close()\nserver.shutdown()\nanswer = get(url)\n"

    told = run(stage, code + "print(answer.status_code, answer.headers['Ngrok-Error-Code'])")

    assert told == "502 ERR_NGROK_8012\n"


REFUSALS = ["105", "107", "108", "121", "4018", "9040", "12345", "324", "334"]


@pytest.fixture(scope="module")
def refusals() -> dict[str, str]:
    """What pyngrok says about each refusal, by its code: one program meets all of them."""
    code = """
import traceback
told = {}
for code in os.environ["REFUSALS"].split():
    os.environ["NGROK_AUTHTOKEN"] = f"{code}-token"
    try:
        connect()
    except Exception:
        told[code] = traceback.format_exc()
    ngrok.kill(config)
print(json.dumps(told))
"""
    with Stage() as stage:
        told = run(stage, code, REFUSALS=" ".join(REFUSALS))
    return json.loads(told.splitlines()[-1])  # after what pyngrok logs


@pytest.mark.parametrize("code", REFUSALS)
def test_each_refusal_reaches_pyngrok(refusals, code):
    """Whatever ngrok refuses, session or tunnel, pyngrok's error has the code."""
    assert f"ERR_NGROK_{code}" in refusals[code]


def test_agents_page_is_in_its_log(stage):
    """The address of the agent's own page is known, answers, and lists what came through."""
    code = """
url = connect().public_url
get(url + "/events")
page = ngrok.get_ngrok_process(config).api_url
print("Inspect" in get(page).text, get(page + "/api/requests/http").json()["requests"][0]["request"])
"""

    assert run(stage, code) == "True {'method': 'GET', 'uri': '/events'}\n"
