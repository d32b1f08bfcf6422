"""The exported variables as lines for a terminal, which each shell reads back as they are."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from helpers.connection.terminal_lines import TerminalLines
from helpers.errors.connection_problems import NotExportable

HARD = 'it\'s $HOME `id` "x" \\ ñ ’'
PRINT = {"bash": 'printf %s "$NAME"', "zsh": 'printf %s "$NAME"', "powershell": "[Console]::Out.Write($env:NAME)"}


def test_bash_reads_every_character():
    """Quotes, dollars, backticks and what isn't ASCII; nothing is carried out."""
    lines = TerminalLines({"NAME": HARD}, (), {}).bash

    assert shell("bash", f"{lines}\n{PRINT['bash']}") == HARD


@pytest.mark.parametrize(("program", "name"), [("zsh", "zsh"), ("pwsh", "powershell")])
def test_other_shells_read_every_character(program, name, record_property):
    """The same in zsh and PowerShell, where they are installed."""
    if shutil.which(program) is None:
        record_property("left out", f"{program} isn't installed, so its lines of connection.export were not tried")
        return
    lines = getattr(TerminalLines({"NAME": HARD}, (), {}), name)

    assert shell(program, f"{lines}\n{PRINT[name]}") == HARD


def test_each_shell_has_its_own_lines():
    """The terminal asks for what nobody else should see, last, as it would read the next line as the answer."""
    lines = TerminalLines({"TOKEN": "hidden", "NAME": "it's"}, ("TOKEN",), {"URL": ""})

    assert lines.bash.splitlines() == [
        """export NAME='it'"'"'s'""",
        "export URL=''",
        "read -rsp 'TOKEN: ' TOKEN && export TOKEN",
    ]
    assert lines.zsh.splitlines()[-1] == "read -rs 'TOKEN?TOKEN: ' && export TOKEN"
    assert lines.powershell.splitlines() == [
        "$env:NAME = 'it''s'",
        "$env:URL = ''",
        "$env:TOKEN = [Net.NetworkCredential]::new('', (Read-Host -AsSecureString 'TOKEN')).Password",
    ]


def test_bash_asks_for_the_token():
    """What is typed becomes the variable, and isn't shown."""
    lines = TerminalLines({"TOKEN": "hidden"}, ("TOKEN",), {}).bash

    assert shell("bash", f'{lines}\nprintf %s "$TOKEN"', answer="typed\n") == "typed"


def test_stored_output_has_names_alone():
    """No value is in the texts; the widget, which is on the page alone, has the lines."""
    lines = TerminalLines({"TOKEN": "c0ffee"}, (), {"URL": "http://127.0.0.1:8700"})
    shown = lines._repr_mimebundle_()
    stored = {name: text for name, text in shown.items() if "widget-view" not in name}

    assert stored.keys() == {"text/plain", "text/html"}
    assert "c0ffee" not in str(shown)
    assert "8700" not in str(shown)
    assert stored["text/plain"].startswith("Set for the cells of this notebook: TOKEN.\n")


def test_lines_of_a_connection(connection, monkeypatch):
    """The emulator's own token is in the lines; another one would be asked for."""
    lines = connection.export(WORKFLOW_SID="WW1")

    assert f"export TASKROUTER_URL={connection.base_url}" in lines.bash
    assert f"export TWILIO_AUTH_TOKEN={connection.auth_token.reveal()}" in lines.bash
    object.__setattr__(connection, "emulator", None)
    assert connection.auth_token.reveal() not in connection.export().bash
    object.__setattr__(connection, "mode", "live")
    assert "export TASKROUTER_URL=''" in connection.export().bash


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("NO-NAME", "x", "can't set 'NO-NAME': a shell can't have a variable with this name."),
        ("1ST", "x", "a shell can't have a variable with this name"),
        ("X", None, "can't set 'X': its value is nothing (`None`)"),
        ("X", 5, "its value is a number"),
        ("X", "a\0b", "its value has a null character"),
    ],
)
def test_what_no_terminal_could_read_is_told(connection, monkeypatch, name, value, words):
    """Nothing is set, the good ones included."""
    monkeypatch.delenv("GOOD", raising=False)

    with pytest.raises(NotExportable) as raised:
        connection.export(GOOD="yes", **{name: value})
    assert words in str(raised.value)
    assert "GOOD" not in os.environ


def shell(program: str, script: str, answer: str = "") -> str:
    """Return what a shell prints."""
    done = subprocess.run(
        [program, "-c", script], input=answer, capture_output=True, encoding="utf-8", timeout=30, check=True
    )
    return done.stdout
