"""start.py sets up once, starts JupyterLab apart from the reader's own, and says in one sentence what is wrong."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import start
from helpers.emulator.store.file.lock import FileLock

COULD_NOT_RESOLVE = "error: Failed to fetch: dns error: failed to lookup address information"


def sentence(capsys) -> str:
    """The one line that start.py wrote to stderr."""
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_first_set_up_makes_venv_and_installs_in_place(installer):
    """A fresh checkout gets .venv, uv in it, and the project installed editable with uv."""
    start.set_up(dev=False)

    made, uv, project = installer.commands
    assert made.endswith("-m venv " + str(start.VENV))
    assert uv.endswith(" uv")
    assert "-m uv pip install" in project
    assert project.endswith("-e .")


def test_second_set_up_runs_nothing(installer):
    """With the stamp in place no command is run at all."""
    start.set_up(dev=False)
    installer.commands.clear()
    start.set_up(dev=False)

    assert installer.commands == []


def test_interrupted_installation_starts_afresh(installer, monkeypatch):
    """A .venv without its stamp is what an interruption leaves; the next start replaces it."""
    installer.fail["-e ."] = "Killed"
    with pytest.raises(start.SetupError):
        start.set_up(dev=False)
    debris = start.VENV / "half-written"
    debris.touch()
    installer.fail.clear()
    start.set_up(dev=False)

    assert not debris.exists()
    assert start.STAMP.exists()


def test_two_at_once_set_up_one_after_the_other(installer, monkeypatch, capsys):
    """The second waits, says so once, and finds all of it done: it would delete what the first one is making."""
    start.LOCAL.mkdir()
    other = FileLock(start.LOCAL / "set-up.lock")
    moments = []

    def pass_time(_):
        moments.append(list(installer.commands))
        if len(moments) == 2:
            other.release()

    monkeypatch.setattr(start.time, "sleep", pass_time)
    start.set_up(dev=False)
    assert moments == [[], []]
    assert capsys.readouterr().out.count("waiting for another start.py") == 1

    FileLock(start.LOCAL / "set-up.lock").release()  # nobody is kept waiting afterwards


def test_disk_without_locks_is_no_trouble(installer, monkeypatch):
    """Some network's disks refuse every lock: then nobody waits."""

    def refuse(_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("helpers.emulator.store.file.lock._lock", refuse)
    start.set_up(dev=False)

    assert start.STAMP.exists()


def test_python_in_venv_does_not_remove_itself(installer, monkeypatch):
    """Started with .venv's own Python, a set-up from scratch says so and leaves .venv as it is."""
    start.set_up(dev=False)
    start.STAMP.unlink()
    monkeypatch.setattr(sys, "prefix", str(start.VENV))

    with pytest.raises(start.SetupError, match="is the"):
        start.set_up(dev=False)
    assert start.venv_python().exists()


@pytest.mark.parametrize("edited", ["pyproject.toml", "helpers/lab/extension/package.json"])
def test_changed_dependencies_are_installed_again(installer, checkout, edited):
    """An edit of pyproject.toml, or of what pip copies for Jupyter, reinstalls into the same .venv."""
    start.set_up(dev=False)
    installer.commands.clear()
    (checkout / edited).write_text("[project]", encoding="utf-8")
    start.set_up(dev=False)

    assert not any("-m venv" in command for command in installer.commands)
    assert installer.commands[-1].endswith("-e .")


def test_folder_that_an_editor_made_is_no_trouble(installer, checkout):
    """JupyterLab makes `.ipynb_checkpoints` beside a file that somebody edits there."""
    before = start.fingerprint()
    (checkout / "helpers/lab/.ipynb_checkpoints").mkdir(parents=True)

    assert start.fingerprint() == before


def test_moved_checkout_is_set_up_again(installer, checkout, monkeypatch):
    """.venv holds absolute paths, so its stamp is good for this folder only."""
    before = start.fingerprint()
    moved = checkout.rename(checkout.with_name("elsewhere"))
    monkeypatch.setattr(start, "ROOT", moved)

    assert start.fingerprint() != before


def test_tests_packages_are_added_once_and_kept(installer):
    """`test` adds the dev packages; a plain start afterwards neither removes nor installs anything."""
    start.set_up(dev=False)
    start.set_up(dev=True)
    assert installer.commands[-1].endswith("-e .[dev]")
    installer.commands.clear()
    start.set_up(dev=False)

    assert installer.commands == []


def test_pip_steps_in_where_uv_fails(installer):
    """Where uv cannot be had, plain pip installs the project."""
    installer.fail["install --quiet --disable-pip-version-check --retries 1 uv"] = "no matching distribution"
    start.set_up(dev=False)

    assert "-m pip install" in installer.commands[-1]
    assert installer.commands[-1].endswith("-e .")


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["test", "-k", "alice"], "-m pytest -k alice"),
        (["doctor", "--room", "codes.txt"], "-P -m helpers.doctor --room codes.txt"),
        (["refresh", "03"], "-m tests.notebooks.refresh 03"),
        (["new-lesson", "6", "Cancel a Task"], "-m tests.notebooks.new_lesson 6 Cancel a Task"),
        (["twin", "--stage", "a.ipynb"], "-m tests.contract.twin --stage a.ipynb"),
    ],
)
def test_commands_pass_arguments_on(installer, arguments, command):
    """What follows a command goes to the program behind it, run by .venv's Python."""
    assert start.main(arguments) == 0

    assert installer.commands[-1] == f"{start.venv_python()} {command}"


@pytest.mark.parametrize(("command", "looks"), [("test", True), ("doctor", False), ("refresh", False)])
def test_only_tests_look_for_browser_and_node_packages(installer, command, looks):
    """Before the tests, a browser for the tests that are named and packages of Node are sought, which they may need."""
    start.main([command, "tests/unit"])

    for tool in ("-m tests.browser.chromium tests/unit", "-m tests.node_packages tests/unit"):
        assert any(line.endswith(tool) for line in installer.commands) is looks


def test_exit_code_of_tests_is_passed_on(installer, monkeypatch):
    """A failing run fails start.py too, and so does one that found no test."""
    monkeypatch.setattr(start, "wait_for", lambda *_: 5)

    assert start.main(["test"]) == 5


@pytest.fixture
def heeds_signals():
    """A process that Ctrl+C interrupts, although a shell that runs it in the background turns that off."""
    interrupt = signal.signal(signal.SIGINT, signal.default_int_handler)
    terminate = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, terminate)


def test_interrupted_command_ends_by_itself(tmp_path, heeds_signals):
    """Ctrl+C reaches the command, too; it isn't killed before it has ended what it began, and says so itself."""
    end = "import os, pathlib, signal, sys, threading; os.kill(os.getppid(), signal.SIGINT)\n"
    end += "threading.Event().wait(0.5)\npathlib.Path('ended').touch()\nsys.exit(7)"

    assert start.wait_for([sys.executable, "-c", end], dict(os.environ), tmp_path) == 7
    assert (tmp_path / "ended").exists()


def test_terminated_command_ends_what_it_began(heeds_signals):
    """SIGTERM reaches start.py alone, which passes it on: a board or a rehearsal would go on unseen."""
    end = "import os, signal, sys, threading; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
    end += "os.kill(os.getppid(), signal.SIGTERM); threading.Event().wait(60)"

    assert start.wait_for([sys.executable, "-c", end], dict(os.environ)) == 7


def test_no_network_is_one_sentence(installer, capsys):
    """An index that cannot be reached is said so, with what to ask the instructor for, and nothing is tried in vain."""
    installer.fail["pip install"] = COULD_NOT_RESOLVE

    assert start.main(["board"]) == 1
    line = sentence(capsys)
    assert line.startswith("start: The package index can't be reached. Check network and proxy")
    assert line.endswith(
        f"Without a network, ask your instructor for the folder wheels for {start.machine_name()}, and put it beside "
        "start.py."
    )
    assert installer.commands[-1].endswith(" uv")


def test_index_that_only_pip_knows_is_used(installer):
    """uv doesn't read pip's settings: where these name the only index in reach, pip takes over."""
    installer.fail["uv pip"] = COULD_NOT_RESOLVE
    start.set_up(dev=False)

    assert "-m pip install" in installer.commands[-1]


def test_doctor_says_that_nothing_was_installed(installer, capsys):
    """The instructor gets a line from a machine that could not be set up, too; it needs no packages."""
    installer.fail["pip install"] = COULD_NOT_RESOLVE
    start.main(["doctor"])

    assert sentence(capsys).startswith("start: The package index can't be reached.")
    assert installer.commands[-1] == f"{sys.executable} -P -m helpers.doctor --not-installed=network"


def test_doctor_reads_a_room_where_nothing_was_installed(installer):
    """What the instructor asked for is passed on, too."""
    installer.fail["pip install"] = COULD_NOT_RESOLVE
    start.main(["doctor", "--room", "codes.txt"])

    assert installer.commands[-1].endswith(" -P -m helpers.doctor --room codes.txt --not-installed=network")


def test_untrusted_certificate_is_no_missing_network(installer, capsys):
    """Behind a proxy that reads along the way out is its certificate, not the network."""
    installer.fail["pip install"] = "SSLError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed')"

    assert start.main(["board"]) == 1
    assert "Set SSL_CERT_FILE and PIP_CERT to your company's certificate" in sentence(capsys)


def test_failed_installation_shows_its_last_line_and_log(installer, capsys):
    """Any other failure shows the installer's last words and where the rest is."""
    installer.fail["-e ."] = "Building\nerror: no room for wheels\n"
    start.main(["doctor"])
    line = sentence(capsys)

    assert "The installation failed: error: no room for wheels" in line
    assert "no room for wheels" in (start.LOCAL / "set-up.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_old_python_is_one_sentence(monkeypatch, capsys, version):
    """A Python below 3.11 is named with the one that is needed."""
    monkeypatch.setattr(start.sys, "version_info", (*version, 1))

    assert start.main([]) == 1
    assert f"This is Python {version[0]}.{version[1]}. Python 3.11 or newer is needed" in sentence(capsys)


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_missing_venv_module_names_debian_package(installer, monkeypatch, capsys, module):
    """Debian ships venv apart; the sentence names its package for this very Python, and doctor has a line to send."""
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None if name == module else object())
    start.main([])
    assert f"sudo apt install python3.{sys.version_info[1]}-venv" in sentence(capsys)

    start.main(["doctor"])
    assert installer.commands == [f"{sys.executable} -P -m helpers.doctor --not-installed=installation"]


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_folder_that_cannot_be_written_is_one_sentence(installer, monkeypatch, capsys, code):
    """No permission, a read-only disk and a full one are named with the path, and doctor has a line to send."""

    def refuse(path, *_, **__):
        raise OSError(code, "no", str(path))

    monkeypatch.setattr(start.Path, "mkdir", refuse)

    assert start.main(["board"]) == 1
    assert str(start.LOCAL) in sentence(capsys)
    start.main(["doctor"])
    assert installer.commands == [f"{sys.executable} -P -m helpers.doctor --not-installed=disk"]


def test_interruption_says_how_to_go_on(monkeypatch, capsys):
    """Ctrl+C during the set-up ends in a sentence."""

    def interrupt(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "set_up", interrupt)

    assert start.main(["doctor"]) == 1
    assert sentence(capsys) == "start: Stopped. Run the same line again: it starts from the beginning."


def test_taken_port_is_one_sentence(checkout, capsys):
    """A port that another program holds is refused before anything is installed."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert start.main(["--port", str(port)]) == 1
    assert f"Port {port} can't be used" in sentence(capsys)


def test_missing_notebook_is_one_sentence(checkout, capsys):
    """An incomplete checkout is named before anything is installed."""
    (checkout / start.START_NOTEBOOK).unlink()

    assert start.main(["--no-browser"]) == 1
    assert "00_start_here.ipynb is missing" in sentence(capsys)


@pytest.mark.parametrize("command", ["doctor", "refresh", "new-lesson", "twin"])
def test_outside_a_clone_is_one_sentence(checkout, capsys, command):
    """A start.py that was copied somewhere else says where it works, and makes nothing there."""
    (checkout / "pyproject.toml").unlink()

    assert start.main([command]) == 1
    assert "tåsks/pyproject.toml is missing. start.py works only in a clone of the project" in sentence(capsys)
    assert not start.VENV.exists()
    assert not start.LOCAL.exists()


def test_unknown_command_is_one_sentence(capsys):
    """A mistyped command is answered with those that exist."""
    assert start.main(["tset"]) == 1
    told = sentence(capsys)
    assert "The commands are test, doctor, refresh, new-lesson, site, release, board, rehearse, bundle, twin" in told


def test_start_becomes_jupyterlab_in_its_folder(installer, checkout, monkeypatch, tmp_path):
    """After the set-up the process turns into .venv's JupyterLab on this checkout, wherever it was called from."""
    monkeypatch.chdir(tmp_path)
    became = []
    monkeypatch.setattr(start.os, "execve", lambda *arguments: became.append(arguments))
    start.main(["--no-browser"])
    (program, command, environment) = became[0]

    assert program == str(start.venv_python())
    assert f"--ServerApp.root_dir={checkout}" in command
    assert environment["VIRTUAL_ENV"] == str(start.VENV)
    assert Path.cwd() == checkout


def test_lab_binds_loopback_and_opens_first_notebook():
    """JupyterLab listens on 127.0.0.1 and opens on the start notebook; a wanted port is not silently changed."""
    command = start.lab_command(Path("python"), Path("/here"), port=8899, browser=False)

    assert "--ServerApp.ip=127.0.0.1" in command
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in command
    assert {"--ServerApp.port=8899", "--ServerApp.port_retries=0", "--no-browser"} <= set(command)
    assert "--LanguageServerManager.autodetect=False" in command  # whose search writes into the reader's home


def test_lab_keeps_off_the_readers_own_jupyter(tmp_path):
    """Each folder in which Jupyter or IPython keeps something lies under the project's own."""
    environment = start.lab_environment(tmp_path, {"JUPYTER_PATH": "/mine", "JUPYTER_CONFIG_DIR": "/mine", "LANG": "C"})
    folders = {name for name, value in environment.items() if value.startswith(str(tmp_path))}

    assert folders == {
        "IPYTHONDIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
    }
    assert "/mine" not in environment.values()
    assert environment["LANG"] == "C"


def test_kernels_keep_their_bytecode(tmp_path):
    """Where a container wants none beside the packages, it is kept here: no kernel compiles all of them again."""
    environment = start.lab_environment(tmp_path, {"PYTHONDONTWRITEBYTECODE": "1"})

    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert environment["PYTHONPYCACHEPREFIX"] == str(tmp_path / "bytecode")
    assert "PYTHONPYCACHEPREFIX" not in start.lab_environment(tmp_path, {})


def test_what_was_typed_is_for_nobody_else_to_read(checkout):
    """Others on the machine reach nothing in `.local`, IPython's history included, though an earlier start let them."""
    start.LOCAL.mkdir(mode=0o755)
    start.prepare_lab_home(start.LOCAL)

    assert start.LOCAL.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "written",
    [
        "taskrouter-data/taskrouter.sqlite3",
        "elsewhere/taskrouter.sqlite3-wal",
        "elsewhere/taskrouter.sqlite3-shm",
        "elsewhere/taskrouter.sqlite3-journal",
        "elsewhere/taskrouter.sqlite3.lock",
        ".local/ipython/profile_default/history.sqlite",
        ".venv/set-up-complete",
        ".env",
    ],
)
def test_git_ignores_what_the_product_writes(written):
    """Data of the emulator holds the Auth Token: `git add .` must not take it, wherever it was put."""
    ignored = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", written], cwd=start.ROOT, check=False)

    assert ignored.returncode == 0


def test_help_runs_from_any_folder(tmp_path):
    """The script needs no particular working directory, and only the standard library (-S -E -s: nothing else)."""
    script = Path(start.__file__).resolve()
    done = subprocess.run([sys.executable, "-SEs", script, "--help"], cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0
    assert "python start.py doctor" in done.stdout
