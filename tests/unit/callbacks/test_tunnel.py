"""The public URL, with a stand-in for ngrok's agent that pyngrok really starts."""

from __future__ import annotations

import getpass
import json
import os
import socket
import subprocess
import sys
import tarfile
import threading
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock
from urllib.error import URLError

import psutil
import pytest
from pyngrok import conf, installer, ngrok
from pyngrok.exception import PyngrokNgrokError
from pyngrok.log import NgrokLog
from pyngrok.process import _current_processes

from helpers import settings
from helpers.callbacks import Listener
from helpers.doctor import machine_checks as doctor
from helpers.errors import tunnel_errors
from helpers.errors.connection_problems import BadSetting
from helpers.ground.machine.tunnel import agent_trouble, liveness, ngrok_agent, ngrok_tunnel

# Only an agent that stays silent, or that pyngrok goes on asking, uses the limit up.
LIMITS = {"mute-token": 0, "old-token": 2}

# pyngrok leaves the agent's pipe open when a start fails.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def exposed(listener, agent, monkeypatch):
    """A listener with an open tunnel, the token from the environment."""
    monkeypatch.setenv("NGROK_AUTHTOKEN", "good-token")
    listener.expose(ngrok_path=agent)
    return listener


def end_agent(listener) -> None:
    """End the agent behind the listener's back."""
    agent = listener._outside.tunnel._agent.find().proc
    agent.kill()
    agent.wait()


def test_public_callback_makes_the_round_trip(exposed, taskrouter):
    """A callback signed over the public URL passes the tunnel, is valid, and its answer comes back."""
    local = exposed._local_url("")
    exposed.decide(lambda callback: {"instruction": "accept"})

    answer = taskrouter.call_back(exposed.assignment_url)

    assert exposed.url not in (None, local)
    assert exposed.inbox.last.headers["X-Forwarded-Host"] == exposed.url.removeprefix("http://")
    assert (answer.json, exposed.inbox.last.signature) == ({"instruction": "accept"}, "valid")


def test_changed_public_callback_is_refused(exposed, taskrouter):
    """Through the tunnel a wrong signature is refused as well."""
    answer = type(taskrouter)(exposed, auth_token="another").call_back(exposed.assignment_url)

    assert (answer.status, answer.body, exposed.inbox.last.signature) == (404, b"", "wrong")


def test_local_callback_still_counts(exposed, taskrouter):
    """An exposed listener is still reached on this machine, signed over the local URL."""
    answer = taskrouter.call_back(exposed._local_url("") + "/assignment_callback")

    assert (answer.status, exposed.inbox.last.signature) == (200, "valid")


def test_public_callback_can_be_replayed_with_edits(exposed, taskrouter):
    """An edited replay is signed over the public URL the first one used."""
    taskrouter.call_back(exposed.assignment_url)

    assert exposed.replay(exposed.inbox.last, edit={"TaskAge": "5"}).signature == "valid"


def test_hiding_waits_for_the_agents_reader(exposed):
    """No thread of pyngrok is left that could read from a pipe closed under it."""
    exposed.hide()

    assert not [thread.name for thread in threading.enumerate() if "_monitor_process" in thread.name]


@pytest.mark.parametrize("path", ["/assignment_callback", "/events"])
def test_without_a_token_nobody_gets_in_from_outside(exposed, taskrouter, path):
    """What nobody can check does not reach the decision function; the refusal says what is missing."""
    exposed._reception.auth_token = None
    decided = []
    exposed.decide(decided.append)

    answer = taskrouter.post(path, "ReservationSid=WR1" if path != "/events" else "EventType=task.created")

    assert (answer.status, answer.body, decided) == (404, b"", [])
    assert "`connection.listen()`" in exposed.inbox.last.refused


def test_exposing_says_once_what_is_open(listener, agent, monkeypatch, capsys):
    """A door to the internet never opens without a word."""
    monkeypatch.setenv("NGROK_AUTHTOKEN", "a-good-token")
    listener.expose(ngrok_path=agent)
    listener.expose(ngrok_path=agent)

    assert capsys.readouterr().out == (
        "`listener.public_url` leads to this listener until `listener.hide()`.\n"
        "From there, the listener answers only signed callbacks: POST to /assignment_callback and /events. "
        "Every other request gets an empty 404.\n"
        f"The tunnel's own list of requests: {listener._outside.tunnel.inspector_url}\n"
    )


def test_exposing_twice_keeps_the_url(exposed, agent):
    """Running the cell again gives the same public URL."""
    assert exposed.expose(ngrok_path=agent) == exposed.public_url


def test_dead_agent_is_replaced(exposed, agent):
    """When the agent has ended, the next call opens a new tunnel."""
    before = exposed._outside.tunnel._agent.find().proc.pid
    end_agent(exposed)

    assert exposed.expose(ngrok_path=agent) == exposed.url
    assert exposed._outside.tunnel._agent.find().proc.pid != before
    assert exposed._outside.tunnel.trouble() is None


@pytest.mark.parametrize("said", [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"])
def test_agent_that_answers_nonsense_is_not_known_to_be_in_trouble(said):
    """It may be ending, or another program has its port: a wait goes on, and doesn't stop with a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        agent = SimpleNamespace(logs=[], api_url=f"http://127.0.0.1:{server.getsockname()[1]}")

        def answer():
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        assert liveness.find_trouble(agent, "name", "https://desk.ngrok.app") is None
        thread.join()


def test_lost_tunnel_is_told(exposed):
    """When the agent has ended, the listener gives out neither the dead URL nor, unasked, the local one."""
    dead = exposed.public_url
    end_agent(exposed)

    with pytest.raises(tunnel_errors.TunnelLost, match=rf"{dead}.*`listener\.expose\(workflow\)`"):
        _ = exposed.assignment_url
    assert (exposed.public_url, repr(exposed)) == (None, "Listener(tunnel lost)")
    assert dead in exposed.tunnel_trouble()

    exposed.hide()
    assert (exposed.tunnel_trouble(), repr(exposed)) == (None, "Listener(running)")
    assert exposed.url == exposed._local_url("")


def test_tunnel_lost_on_purpose(exposed, agent, capsys):
    """What a crash does can be seen at will: the agent is dead, and `expose` mends it."""
    dead, process = exposed.public_url, exposed._outside.tunnel._agent.find().proc
    exposed.lose_tunnel()
    exposed.lose_tunnel()

    *_, first, second = capsys.readouterr().out.splitlines()
    assert (first, second) == (
        "The tunnel's program has stopped, as in a crash. Nobody was told.",
        "There's no tunnel to lose.",
    )
    assert process.poll() is not None
    assert dead in exposed.tunnel_trouble()
    exposed.expose(ngrok_path=agent)
    assert exposed.tunnel_trouble() is None


def test_agent_of_others_is_not_lost(exposed, agent, capsys):
    """A listener that shares somebody's agent does not kill it."""
    with Listener(auth_token="another") as second:
        second.expose(auth_token="good-token", ngrok_path=agent)
        second.lose_tunnel()
        assert second.tunnel_trouble() is None

    assert capsys.readouterr().out.splitlines()[-1].startswith("This listener didn't start the tunnel's program.")
    assert exposed._outside.tunnel._agent.find() is not None


def test_hide_goes_back_to_local(exposed, taskrouter):
    """After ``hide`` the agent is gone and the listener answers locally."""
    process = exposed._outside.tunnel._agent.find().proc

    exposed.hide()

    assert process.poll() is not None
    assert exposed.public_url is None
    assert taskrouter.get("/assignment_callback").status == 200


def test_stop_closes_the_tunnel(exposed):
    """A stopped listener leaves no agent behind."""
    process = exposed._outside.tunnel._agent.find().proc

    exposed.stop()

    assert process.poll() is not None


def test_agent_of_others_is_left_running(exposed, agent):
    """A second listener shares the running agent and takes only its own tunnel away."""
    with Listener(auth_token="another") as second:
        public = second.expose(auth_token="good-token", ngrok_path=agent)
        assert public != exposed.public_url
        second.hide()

    assert exposed._outside.tunnel._agent.find() is not None
    exposed._outside.tunnel._look_again = 0
    assert exposed._outside.tunnel.trouble() is None


def test_expose_starts_the_listener(agent):
    """A listener that was not started is started."""
    listener = Listener(auth_token="token")

    listener.expose(auth_token="good-token", ngrok_path=agent)

    assert repr(listener) == "Listener(exposed)"
    listener.stop()


def test_token_is_on_no_disk_once_it_was_read(exposed):
    """The agent's settings are in a folder that is this user's alone and goes with the tunnel, and hold it no more."""
    folder = Path(exposed._outside.tunnel._agent._folder.name)
    assert folder.stat().st_mode & 0o077 == 0
    assert [json.loads(path.read_text()) for path in folder.iterdir()] == [{"version": "3"}]

    exposed.hide()

    assert not folder.exists()


def test_token_is_in_the_agents_environment_alone(exposed):
    """From there it takes the token again if it is restarted; a command line is everybody's to read."""
    process = psutil.Process(exposed._outside.tunnel._agent.find().proc.pid)

    assert process.environ()["NGROK_AUTHTOKEN"] == "good-token"
    assert not [word for word in process.cmdline() if "good-token" in word]


@pytest.mark.parametrize(
    ("token", "trouble"),
    [
        ("105-token", tunnel_errors.TokenRefused),
        ("107-token", tunnel_errors.TokenRefused),
        ("108-token", tunnel_errors.TooManySessions),
        ("120-token", tunnel_errors.AgentTooOld),
        ("121-token", tunnel_errors.AgentTooOld),
        ("320-token", tunnel_errors.DomainRefused),
        ("324-token", tunnel_errors.TooManyTunnels),
        ("334-token", tunnel_errors.UrlInUse),
        ("4018-token", tunnel_errors.TokenRefused),
        ("9040-token", tunnel_errors.AddressRefused),
        ("115-token", tunnel_errors.AgentStopped),
        ("lost-token", tunnel_errors.NgrokUnreachable),
        ("silent-token", tunnel_errors.AgentStopped),
        ("mute-token", tunnel_errors.AgentStopped),
        ("old-token", tunnel_errors.AgentTooOld),
    ],
)
def test_agent_trouble_is_one_sentence(listener, taskrouter, agent, capfd, monkeypatch, token, trouble):
    """Whatever the agent says, the learner reads the next step, never the token, and the listener goes on."""
    monkeypatch.setattr(ngrok_agent, "STARTUP_SECONDS", LIMITS.get(token, 5))
    with pytest.raises(trouble) as told:
        listener.expose(auth_token=token, ngrok_path=agent)

    assert told.value.__context__ is None
    assert token not in str(told.value) + "".join(capfd.readouterr())
    assert taskrouter.get("/assignment_callback").status == 200
    assert repr(listener) == "Listener(running)"


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("115-token", 'Something that nobody here has heard of". See ngrok.com/docs/errors about ERR_NGROK_115'),
        ("121-token", 'version for your account is "3.19.0". Please update'),
        ("324-token", "may not run more than 3 tunnels"),
        ("334-token", 'is already online". Another agent'),
        ("lost-token", "dial tcp: connect: connection refused"),
        ("silent-token", "didn't say why"),
    ],
)
def test_ngroks_own_words_are_told(listener, agent, token, words):
    """They say what nobody here can know, and the network is blamed only if the agent saw it fail."""
    with pytest.raises(tunnel_errors.TunnelError) as told:
        listener.expose(auth_token=token, ngrok_path=agent)

    assert words in str(told.value)
    assert ("network" in str(told.value)) is (token == "lost-token")


def test_quoted_token_is_taken_out():
    """Also of a text that is not known, wherever it stands in it."""
    said = r"authentication failed: No.\nYour authtoken: x2\nhttps://me:x3@ngrok.com, token-1.\r\n\r\nERR_NGROK_5\r\n"
    told = agent_trouble.explain(PyngrokNgrokError("It failed", [], said), "token-1")

    assert (told.said, told.code) == ("No. https://***@ngrok.com, ***", "ERR_NGROK_5")


@pytest.mark.parametrize("token", [None, "", "  "])
def test_missing_token_is_told_before_anything_starts(listener, token):
    """Without a token no agent is looked for."""
    with pytest.raises(tunnel_errors.TokenMissing, match="NGROK_AUTHTOKEN"):
        listener.expose(auth_token=token, ngrok_path="/nowhere")


@pytest.mark.parametrize(
    ("environment", "dotenv", "opens"),
    [
        (None, None, False),
        ("good-token", None, True),
        (None, "good-token", True),
        ("good-token", "bad-token", True),
        ("", "good-token", False),
        ("  ", None, False),
        ('" good-token "', None, True),
        ("'good-token'", None, True),
        (None, '" good-token "', True),
        (None, "", False),
        (None, "' '", False),
        ('""', None, False),
    ],
)
def test_token_counts_wherever_it_is(listener, agent, monkeypatch, tmp_path, environment, dotenv, opens):
    """The doctor says that a token is set if and only if `expose` takes it, and the error names the places."""
    if environment is not None:
        monkeypatch.setenv("NGROK_AUTHTOKEN", environment)
    if dotenv is not None:
        (tmp_path / ".env").write_text(f"NGROK_AUTHTOKEN={dotenv}\n")
    monkeypatch.setattr(settings, "DOTENV", tmp_path / ".env")
    monkeypatch.setattr(doctor, "ROOT", tmp_path)

    try:
        told = listener.expose(ngrok_path=agent)
    except tunnel_errors.TokenMissing as error:
        told = str(error)

    *_, token = doctor.live_mode()
    assert (told.startswith("http://"), token.seen.endswith(": set")) == (opens, opens)
    assert opens or (".env beside start.py or this notebook" in told and "in the environment overrides .env" in told)


def test_token_added_later_counts_at_the_next_try(listener, agent, monkeypatch, tmp_path):
    """Who follows the error's advice doesn't need a new kernel."""
    monkeypatch.setattr(settings, "DOTENV", tmp_path / ".env")
    with pytest.raises(tunnel_errors.TokenMissing):
        listener.expose(ngrok_path=agent)
    (tmp_path / ".env").write_text(f"NGROK_AUTHTOKEN=good-token\nPYNGROK_NGROK_PATH={agent}\n")

    assert listener.expose() == listener.public_url


def test_rehearsals_stay_on_this_machine(listener, agent):
    """A request of one's own goes to the inner door, with a tunnel and without."""
    before = listener.rehearsal_url
    listener.expose(auth_token="good-token", ngrok_path=agent)

    assert listener.rehearsal_url == before != listener.assignment_url


def test_missing_token_is_asked_for_and_kept_in_memory(listener, agent, monkeypatch, capfd):
    """It opens this listener's tunnel again without another question, and is written nowhere."""
    asked = []
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or "good-typed")
    listener.expose(ngrok_path=agent)
    listener.hide()
    listener.expose(ngrok_path=agent)

    assert asked == [
        "NGROK_AUTHTOKEN is not set. Paste your ngrok authtoken, from dashboard.ngrok.com; it isn't shown or stored: "
    ]
    assert "good-typed" not in "".join(capfd.readouterr()) + repr(os.environ)


def test_token_that_ngrok_refuses_is_asked_for_again(listener, agent, monkeypatch):
    """Who mistyped it types it once more."""
    typed = ["105-typed", "good-typed"]
    monkeypatch.setattr(getpass, "getpass", lambda _: typed.pop(0))
    with pytest.raises(tunnel_errors.TokenRefused):
        listener.expose(ngrok_path=agent)

    assert listener.expose(ngrok_path=agent) == listener.public_url


@pytest.mark.parametrize("given", ["own.example.com", "https://own.example.com/", " own.example.com"])
def test_domain_of_ones_own_is_the_public_url(listener, agent, monkeypatch, given):
    """Both as an argument and as a setting, where the argument counts."""
    monkeypatch.setenv("NGROK_DOMAIN", "other.example.com")
    assert listener.expose(auth_token="good-token", ngrok_path=agent) == "https://other.example.com"
    listener.hide()

    assert listener.expose(auth_token="good-token", domain=given, ngrok_path=agent) == "https://own.example.com"


@pytest.mark.parametrize("end", ["hide", "lose_tunnel"])
def test_domain_changed_later_counts_at_the_next_opening(listener, agent, monkeypatch, tmp_path, end):
    """A tunnel that is open stays; the next one has the settings of then, and the arguments of before."""
    monkeypatch.setattr(settings, "DOTENV", tmp_path / ".env")
    monkeypatch.setattr(getpass, "getpass", lambda _: "good-typed")
    (tmp_path / ".env").write_text("NGROK_DOMAIN=one.example.com\n")
    assert listener.expose(ngrok_path=agent) == "https://one.example.com"

    (tmp_path / ".env").write_text("NGROK_DOMAIN=two.example.com\n")
    assert listener.expose() == "https://one.example.com"
    getattr(listener, end)()

    assert listener.expose() == "https://two.example.com"


def test_domain_that_is_none_is_told_as_given(listener, monkeypatch):
    """An argument isn't taken for the setting."""
    with pytest.raises(BadSetting, match=r"^`domain` is 'https://foo bar'\..* run the cell again\.$"):
        listener.expose(auth_token="good-token", domain="https://foo bar")


def test_tunnel_that_the_agent_closed_is_noticed(exposed, monkeypatch):
    """Closed on ngrok's dashboard, for instance; opened again it can have another URL."""
    monkeypatch.setattr(ngrok_tunnel, "LOOK_SECONDS", 0)
    url, api = exposed.public_url, exposed._outside.tunnel.inspector_url
    name = exposed._outside.tunnel._name
    ngrok.api_request(f"{api}/api/endpoints/{name}", "DELETE")
    exposed._outside.tunnel._look_again = 0

    closed = exposed._outside.tunnel.trouble()
    ngrok.api_request(f"{api}/api/endpoints", "POST", {"name": name, "url": "https://x", "addr": ""})

    assert closed == f"The tunnel at {url} is closed. The ngrok agent is running, but no longer has this tunnel."
    assert exposed._outside.tunnel.trouble() == f"The tunnel's public URL is https://x now, no longer {url}."


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        (["client session established", "failed to reconnect session"], True),
        (["session closed, starting reconnect loop", "client session established"], False),
        ([], False),
    ],
)
def test_lost_session_is_noticed(exposed, said, lost):
    """The agent runs and has lost ngrok, as after a night in a bag, until it says that it is back."""
    agent = exposed._outside.tunnel._agent.find()
    agent.logs.extend(NgrokLog(f'lvl=info msg="{message}" obj=csess') for message in said)
    exposed._outside.tunnel._look_again = 0

    assert ("lost its connection" in (exposed._outside.tunnel.trouble() or "")) is lost


@pytest.fixture
def downloads(monkeypatch, tmp_path):
    """The place where pyngrok puts the agent; what it downloads is what the test appends to the list beside it."""
    path, archives = tmp_path / "home" / "ngrok", []

    def fetch(*_args, **_kwargs):
        if not archives:
            raise URLError("Temporary failure in name resolution")
        return archives.pop()

    monkeypatch.setattr(conf, "DEFAULT_NGROK_PATH", str(path))
    monkeypatch.setattr(installer, "_download_file", fetch)
    return path, archives


def packed(program: str, folder: Path) -> str:
    """An archive as ngrok's, with this program in it."""
    with tarfile.open(folder / "ngrok.tgz", "w:gz") as archive:
        archive.add(program, "ngrok")
    return str(folder / "ngrok.tgz")


@pytest.mark.usefixtures("agent")
def test_offline_without_agent(listener, downloads, monkeypatch):
    """No agent and no network: the sentence says how to get one, and no empty file is taken for an agent later."""
    monkeypatch.setenv("PYNGROK_NGROK_PATH", " ")
    with pytest.raises(tunnel_errors.AgentMissing, match=r"downloaded: .*name resolution.*PYNGROK_NGROK_PATH"):
        listener.expose(auth_token="good-token")

    assert list(downloads[0].parent.iterdir()) == []


def test_download_is_told_before(listener, agent, downloads, tmp_path, capsys):
    """A program comes from the internet only for `expose`, and with a word; later calls use it."""
    path, archives = downloads
    archives.append(packed(agent, tmp_path))
    listener.expose(auth_token="good-token")
    listener.hide()
    listener.expose(auth_token="good-token")

    first, *rest = capsys.readouterr().out.splitlines()
    assert first == f"Downloading the ngrok agent, a program made by ngrok, to {path.parent}."
    assert not [line for line in rest if "Downloading ngrok's" in line]


def test_own_path_without_agent_downloads_nothing(listener, downloads, tmp_path):
    """A file that the learner names is the learner's: nothing is put there."""
    with pytest.raises(tunnel_errors.AgentMissing, match=r"There's no ngrok agent at .*/mistyped/ngrok"):
        listener.expose(auth_token="good-token", ngrok_path=str(tmp_path / "mistyped" / "ngrok"))

    assert not (tmp_path / "mistyped").exists()


def test_agent_is_renewed_on_request(listener, agent, downloads, tmp_path):
    """The downloaded agent alone is replaced, even while it runs; if that fails the old one stays."""
    path, archives = downloads
    path.parent.mkdir()
    path.write_text("an old agent")
    with pytest.raises(tunnel_errors.AgentNotRenewed, match="name resolution"):
        listener.renew_agent()
    assert path.read_text() == "an old agent"
    archives.append(packed(agent, tmp_path))

    listener.renew_agent()

    assert path.read_text() == Path(agent).read_text()
    assert listener.expose(auth_token="good-token") == listener.public_url


@pytest.mark.usefixtures("downloads")
def test_agent_that_finds_no_room(listener, monkeypatch):
    """A full disk isn't told as an agent that runs."""
    monkeypatch.setattr(installer, "install_ngrok", Mock(side_effect=OSError(28, "No space left on device")))

    with pytest.raises(
        tunnel_errors.AgentNotRenewed, match=r"downloaded again: No space left on device\. The existing agent"
    ):
        listener.renew_agent()


def test_agent_that_cannot_be_replaced(listener, agent, downloads, tmp_path, monkeypatch):
    """As on Windows while another notebook's runs."""
    downloads[0].parent.mkdir()
    downloads[0].write_text("an old agent")
    downloads[1].append(packed(agent, tmp_path))
    monkeypatch.setattr(Path, "replace", Mock(side_effect=PermissionError(13, "Permission denied")))

    with pytest.raises(tunnel_errors.AgentInUse, match=r"can't be replaced: Permission denied\."):
        listener.renew_agent()


def test_file_that_cannot_run(listener, agent):
    """A file that is not executable is explained."""
    Path(agent).chmod(0o600)

    with pytest.raises(tunnel_errors.AgentNotExecutable, match=r"chmod \+x"):
        listener.expose(auth_token="good-token", ngrok_path=agent)


@pytest.mark.parametrize("key", ["log_format", "log_level"])
def test_settings_pyngrok_cannot_use(listener, agent, monkeypatch, key):
    """Settings that would blind pyngrok are named."""
    write = Path.write_text
    wrong = f'{{"version": "3", "agent": {{"{key}": "json"}}}}'
    monkeypatch.setattr(Path, "write_text", lambda self, text: write(self, wrong))

    with pytest.raises(tunnel_errors.AgentSettings, match=key):
        listener.expose(auth_token="good-token", ngrok_path=agent)


def test_interrupted_start_leaves_no_agent(listener, agent, monkeypatch):
    """The interrupt button during the start ends the agent too."""

    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(ngrok, "connect", interrupted)

    with pytest.raises(KeyboardInterrupt):
        listener.expose(auth_token="good-token", ngrok_path=agent)

    assert _current_processes == {}
    assert repr(listener) == "Listener(running)"


def test_pyngrok_is_imported_only_for_a_tunnel():
    """Whoever stays local never loads pyngrok."""
    code = "import sys, helpers.callbacks as c; c.listen(); print('pyngrok' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)

    assert (done.stdout, done.stderr) == ("False\n", "")
