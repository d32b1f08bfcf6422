"""An agent survives what Jupyter does to a kernel, and of agents that a killed kernel left only those are ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from helpers.callbacks import Listener
from helpers.ground.machine.tunnel import leftover_agents
from helpers.ground.machine.tunnel.leftover_agents import end_leftovers
from helpers.live.ledger import Ledger

# A kernel that exposes its listener, tells the agent's process and URL, and what an interrupt leaves of the tunnel.
KERNEL = """
import sys, time
from helpers.callbacks import listen
listener = listen(auth_token="any")
listener.expose(auth_token="good-token", ngrok_path=sys.argv[1])
try:
    print(listener._outside.tunnel._agent.find().proc.pid, flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print(listener.tunnel_trouble(), repr(listener), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def kernel(agent, monkeypatch, tmp_path):
    """A process of its own group, as a kernel is, with an exposed listener; and the number of its agent's process."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", KERNEL, agent], start_new_session=True, **pipes) as started:
        pid = int(next(line for line in started.stdout if line.strip().isdigit()))  # after what expose() prints
        yield started, pid
        started.kill()
    with_number = psutil.Process(pid) if psutil.pid_exists(pid) else None
    if with_number is not None:
        with_number.kill()


@pytest.fixture
def ledgers(agent) -> Path:
    """The folder with the ledgers."""
    return Path(os.environ["TASKROUTER_LIVE_LEDGER"])


def is_there(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_for_end(pid: int) -> bool:
    """Whether a process ends soon."""
    until = time.monotonic() + 5
    while is_there(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_there(pid)


def wait_for_agent(folder: Path) -> tuple[Path, int]:
    """The settings file of an agent that starts, in ``folder``, and the number of its process."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for settings in folder.glob("taskrouter-ngrok-*/ngrok.yml"):
            for process in psutil.process_iter(["cmdline"]):
                if str(settings) in (process.info["cmdline"] or []):
                    return settings, process.pid
        time.sleep(0.02)
    raise TimeoutError


def test_interrupt_leaves_the_tunnel_open(kernel):
    """Jupyter interrupts the kernel's whole process group; the agent is not in it."""
    started, pid = kernel
    assert os.getpgid(pid) == pid
    os.killpg(started.pid, signal.SIGINT)

    assert started.stdout.readline() == "None Listener(exposed)\n"
    assert is_there(pid)


def test_agent_ends_with_its_kernel(kernel, ledgers):
    """At a restart or a shutdown, and no ledger is left."""
    started, pid = kernel
    os.killpg(started.pid, signal.SIGINT)
    started.communicate("\n", timeout=10)

    assert started.returncode == 0
    assert wait_for_end(pid)
    assert list(ledgers.iterdir()) == []


def test_agent_of_a_killed_kernel_is_ended_by_the_next_tunnel(kernel, agent, capsys):
    """It would go on leading strangers to a port that may be somebody else's, and keep the account's domain."""
    started, pid = kernel
    settings = Path(psutil.Process(pid).cmdline()[-1])
    started.kill()
    started.wait()
    assert is_there(pid)
    assert settings.is_file()

    with Listener(auth_token="any") as listener:
        listener.expose(auth_token="good-token", ngrok_path=agent)

    assert not is_there(pid)
    assert not settings.parent.exists()
    assert capsys.readouterr().out.splitlines()[:2] == [
        "An ngrok agent from a killed kernel was still running. It's stopped now.",
        "`listener.public_url` leads to this listener until `listener.hide()`.",
    ]


def test_agent_of_a_living_kernel_is_let_be(kernel, ledgers):
    """Another notebook's tunnel stays open."""
    _, pid = kernel

    assert (end_leftovers(ledgers), is_there(pid)) == (0, True)


def test_agent_is_recorded_before_it_starts(agent, ledgers, tmp_path, monkeypatch):
    """A kernel killed while its agent starts leaves agent and token; both are found all the same."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    code = KERNEL.replace("good-token", "mute-token")  # it says nothing, so the start lasts
    with subprocess.Popen([sys.executable, "-c", code, agent], start_new_session=True) as started:
        settings, pid = wait_for_agent(tmp_path)
        started.kill()
    assert "mute-token" in settings.read_text()

    assert end_leftovers(ledgers) == 1

    assert (is_there(pid), settings.parent.exists(), list(ledgers.iterdir())) == (False, False, [])


@pytest.mark.parametrize("words", [["start", "--config", "other.yml"], ["edit", "{ours}"], ["start", "--config"]])
def test_stranger_is_let_be(ledgers, tmp_path, words):
    """Neither another agent nor another program that has to do with the settings file is ended."""
    ours = str(tmp_path / "taskrouter-ngrok-x" / "ngrok.yml")
    code = "import time; time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, *(word.format(ours=ours) for word in words)]) as stranger:
        with Ledger.begin(ledgers) as ledger:
            ledger.note_agent(ours)

        assert end_leftovers(ledgers) == 0
        assert stranger.poll() is None
        stranger.kill()
    assert list(ledgers.iterdir()) == []  # what can't be there any more isn't looked for again


def test_agent_whose_end_nobody_notices(ledgers, tmp_path):
    """In a container often no process looks after orphans: the agent has ended, though the system still lists it."""
    ours = str(tmp_path / "taskrouter-ngrok-x" / "ngrok.yml")
    agent = [sys.executable, "-c", "import time; time.sleep(60)", "start", "--config", ours]
    careless = f"import subprocess, sys; print(subprocess.Popen({agent}).pid, flush=True); sys.stdin.read()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with Ledger.begin(ledgers) as ledger:
        ledger.note_agent(ours)
    with subprocess.Popen([sys.executable, "-c", careless], **pipes) as parent:
        pid = int(parent.stdout.readline())

        assert end_leftovers(ledgers) == 1
        assert psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def refuse(_):
    """Stand in for a signal that may not be sent."""
    raise psutil.AccessDenied


@pytest.mark.parametrize("signal_sent", [refuse, lambda _: None], ids=["refused", "ignored"])
def test_agent_that_cannot_be_ended_stays_recorded(ledgers, tmp_path, monkeypatch, capsys, signal_sent):
    """The next kernel tries again, and may be allowed to."""
    ours = str(tmp_path / "taskrouter-ngrok-x" / "ngrok.yml")

    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "start", "--config", ours]) as left:
        with Ledger.begin(ledgers) as ledger:
            ledger.note_agent(ours)
        with monkeypatch.context() as refusing:
            refusing.setattr(leftover_agents, "_END_SECONDS", 0)
            for way in ("terminate", "kill"):
                refusing.setattr(psutil.Process, way, signal_sent)
            assert end_leftovers(ledgers) == 0

        assert left.poll() is None
        assert f"can't be stopped: it still runs as process {left.pid}." in capsys.readouterr().out
        assert end_leftovers(ledgers) == 1
    assert list(ledgers.iterdir()) == []


def test_folder_of_others_is_let_be(ledgers, tmp_path):
    """Whatever a ledger says, only a folder that is named as an agent's is removed."""
    (tmp_path / "thesis").mkdir()
    with Ledger.begin(ledgers) as ledger:
        ledger.note_agent(str(tmp_path / "thesis" / "ngrok.yml"))
    end_leftovers(ledgers)

    assert (tmp_path / "thesis").is_dir()


def test_agent_that_is_gone_is_forgotten(ledgers, tmp_path, capsys):
    """After the machine was switched off, say; what it left on the disk goes."""
    folder = tmp_path / "taskrouter-ngrok-x"
    folder.mkdir()
    with Ledger.begin(ledgers) as ledger:
        ledger.note_agent(str(folder / "ngrok.yml"))
    end_leftovers(ledgers)

    assert (folder.exists(), list(ledgers.iterdir()), capsys.readouterr().out) == (False, [], "")
