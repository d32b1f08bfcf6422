"""The prompt for a secret, in a real kernel: typed without echo, kept in memory, and left out where nobody answers."""

from __future__ import annotations

import subprocess
import sys

import pytest
from jupyter_client.manager import start_new_kernel

from helpers.live.prompt import ask_for_secret

TYPED = "0ne70ken0fnobody" * 2
ASK = """
from helpers.live.credentials import complete_token
from helpers.settings import Secret
import helpers.guide.extension
helpers.guide.extension.enable()
token = complete_token("AC" + "1" * 32, Secret())
"""


@pytest.fixture(scope="module")
def kernel():
    """A kernel as JupyterLab starts it."""
    manager, client = start_new_kernel(kernel_name="python3")
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(client, source, answer=None):
    """Run a cell; return its outputs as one text and the prompts that it showed, which get ``answer``."""
    shown, prompts = [], []

    def reply(message):
        prompts.append(message["content"])
        client.input(answer)

    client.execute_interactive(
        source,
        allow_stdin=answer is not None,
        stdin_hook=reply,
        output_hook=lambda message: shown.append(str(message["content"])),
        timeout=60,
    )
    return " ".join(shown), prompts


def test_typed_token_is_not_shown(kernel):
    """The front end is asked to hide it, and nothing in the kernel shows it afterwards."""
    shown, [prompt] = run(kernel, ASK, f" '{TYPED}' ")
    result, _ = run(kernel, "print(token, token.reveal()[::-1])")

    assert prompt["password"] is True
    assert prompt["prompt"] == (
        "TWILIO_AUTH_TOKEN is not set. Paste the Auth Token of account AC1111…1111; it isn't shown or stored: "
    )
    assert f"Secret(set) {TYPED[::-1]}" in result
    assert TYPED not in shown + run(kernel, "%history\nprint(globals())\nimport os; print(os.environ)")[0]


def test_mistake_at_the_prompt_is_not_quoted(kernel):
    """A SID that was pasted instead of the token is recognised as one from a file would be."""
    shown, _ = run(kernel, ASK, "AC" + "1" * 32)

    assert "TWILIO_AUTH_TOKEN is a SID (AC…), not a token." in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize("answer", [None, "", "  "], ids=["nobody", "nothing", "blanks"])
def test_nobody_answers(kernel, answer):
    """Under nbval and nbclient, and if nothing is typed, the text says what to set, without a traceback."""
    shown, prompts = run(kernel, ASK, answer)

    assert len(prompts) == (answer is not None)
    assert "\"Live mode needs TWILIO_AUTH_TOKEN. Add what's missing to a file" in shown
    assert "Traceback" not in shown
    assert "StdinNotImplemented" not in shown


def test_interrupt_is_no_answer(monkeypatch):
    """It ends the prompt, and the text says what to set, as it does without an answer."""

    def interrupted(prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr("getpass.getpass", interrupted)

    assert not ask_for_secret("NAME", "it")


def test_program_without_a_terminal_is_not_asked():
    """It would wait for somebody who is not there, or read a token from its input with an echo."""
    source = "from helpers.live.prompt import ask_for_secret; print(ask_for_secret('NAME', 'it'))"
    done = subprocess.run(
        [sys.executable, "-c", source], input=f"{TYPED}\n", capture_output=True, text=True, start_new_session=True
    )

    assert (done.stdout, done.stderr) == ("Secret(not set)\n", "")


def test_missing_token_of_ngrok_is_asked_for(kernel, tmp_path):
    """Exposing the listener asks in the same way; what is typed goes to the agent alone, which cannot be run here."""
    (tmp_path / "ngrok").write_text("")  # a file that can't be run, so that nothing is downloaded
    source = f"""
import os
os.environ.update(NGROK_AUTHTOKEN="", PYNGROK_NGROK_PATH={str(tmp_path / "ngrok")!r})
from helpers.callbacks import listen
listen(auth_token="t").expose()
"""
    shown, [prompt] = run(kernel, source, TYPED)

    assert prompt["password"] is True
    assert prompt["prompt"].startswith("NGROK_AUTHTOKEN is not set. Paste your ngrok authtoken")
    assert "\"The ngrok agent can't be started" in shown
    assert TYPED not in shown
    assert "A public URL needs an ngrok authtoken" in run(kernel, "listen().expose()")[0]
