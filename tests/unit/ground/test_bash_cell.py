"""``%%bash`` without bash, in a page and on a machine: curl does what it always does, all else is refused."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers.errors.connection_problems import StaysInPage
from helpers.errors.view_problems import NotInPage
from helpers.ground.choice import current_ground
from helpers.ground.machine import curl_program
from helpers.ground.page.curl import bash_cell
from helpers.ground.page.curl.bash_cell import run_script
from helpers.ground.page.loopback import LOOPBACK

BASH = shutil.which("bash") or "bash"
VARIABLES = {"SID": "WS1", "TOKEN": 'a"b c', "EMPTY": "", "ACCOUNT": "AC1"}

SCRIPTS = (
    # lesson 3's own
    'curl -sS "$BASE/v1/Workspaces/$SID/Tasks" \\\n  --data-urlencode Attributes=\'{"selected_language": "es"}\' \\\n'
    '  -d WorkflowSid="$SID" \\\n  -u "$ACCOUNT:$TOKEN"',
    # words of the shell
    "# a comment\n\ncurl -s $BASE/a#b # another",
    "curl -s ${BASE}/a'$SID'\"${SID}\"\\$SID -H 'X-A: it'\\''s' -H \"X-B: \\\"q\\\" \\\\ \\n $ \"",
    "curl -s $EMPTY $BASE/empty -d '' -d \"$EMPTY\" -d $SID",
    "curl -s $BASE/one\ncurl -s $BASE/two",
    "curl -s $BASE/a \\\n\\\n-d x=1",
    "curl -s $BASE/a \\",
    # methods and bodies
    "curl -s -X DELETE $BASE/a",
    "curl -sXPUT $BASE/a -da=b --data c=d",
    "curl -s -X POST $BASE/a",
    'curl -s $BASE/a -d a={} -d {"b":2}',
    "curl -s $BASE/a --data-raw @notafile --data-binary 'x\ny'",
    "curl -s $BASE/a --data-urlencode 'plain text~!*()é' --data-urlencode '=eq val' --data-urlencode n=v=w@x",
    "curl -s --json '{\"a\": 1}' $BASE/j -H 'X-A: 1'",
    "curl -s --json '{\"a\":1}' --json '{\"b\":2}' $BASE/j -H 'Content-Type: text/x'",
    """curl -s -G "$BASE/a?x=1" -d a=b --data-urlencode 'c=d e'""",
    "curl -s --get $BASE -d PageSize=1",
    "curl -s -G $BASE -d ''\ncurl -s -G $BASE/a?x -d ''\ncurl -s -G $BASE/a -d '' -d x\ncurl -s -G \"$BASE/a?x&\" -d y",
    "curl -s -d a=1 -d b=2 --json '{}' $BASE/a\ncurl -s -G --json '{}' $BASE/a",
    "curl -s -IG -d a $BASE/a\ncurl -s -I -d a $BASE/a",
    'curl -s "$BASE/ä?b=ä" -d c=ä',
    "curl -s $BASE/a?PageSize=1",
    # headers
    "curl -s $BASE/h -H Accept: -H 'X-Empty;' -H 'User-Agent: me' -H 'Host: localhost' -H 'nonsense'",
    "curl -s $BASE/h -d a -H 'Content-Type: application/json' -H 'Authorization: Bearer x'",
    "curl -s -u user: $BASE/h -H 'X: a' -H 'X: b' -A ua",
    'curl -s "http://me:p%40ss@$HOST/h"',
    "curl -s $HOST/h --user-agent ''",
    # what it prints
    "curl -si $BASE/a",
    "curl -sI $BASE/a",
    "curl -s -o /dev/null $BASE/a",
    "curl -fsS $BASE/missing",
    "curl -sS --fail -i $BASE/missing",
    "curl -sf $BASE/missing",
    "curl -sS $BASE/missing\ncurl -s $BASE/a",
    "curl -fs $BASE/missing\ncurl -s $BASE/a",
    # its own errors
    "curl -sS http://127.0.0.1:1/",
    "curl -s http://127.0.0.1:1/",
    'curl -sS "$BASE/a b"',
    "curl -sS http://127.0.0.1:99999/",
    'curl -sS "$NOT_SET/v1/Workspaces/$NOT_SET/Tasks" -d a=b',
    'curl -sS ""',
    "curl -sS http://127.0.0.1:0/",
    "curl -sS http://",
    "curl -sS",
    "curl -s $BASE/a -d",
    "curl -s -d $EMPTY $BASE/a",
)


def answer(request: bytes) -> bytes:
    """The response of the server that is asked, as bytes."""
    status = b"404 Not Found" if b"/missing" in request else b"200 OK"
    body = b"" if request.startswith(b"HEAD") else b'{"message": "\xc3\xa4"}\n'
    return b"HTTP/1.1 %s\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s" % (status, len(body), body)


def serve(server: socket.socket, received: list[bytes]) -> None:
    """Answer one request after another until the socket is closed."""
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            data = connection.recv(65536)
            head, _, body = data.partition(b"\r\n\r\n")
            if (length := re.search(rb"(?i)content-length: (\d+)", head)) and len(body) < int(length[1]):
                data += connection.recv(65536)
            received.append(data)
            connection.sendall(answer(data))


def plain(value: bytes | str, port: int) -> str:
    """The text without what differs between two runs: port, version, time."""
    text = value.decode() if isinstance(value, bytes) else value
    text = re.sub(r"curl/[\d.]+", "curl/VERSION", text.replace(str(port), "PORT"))
    return re.sub(r"after \d+ ms", "after N ms", text)


def run_real(script: str) -> tuple[list[str], str, str, int]:
    """What bash and curl send, print, print as errors and return."""
    received: list[bytes] = []
    with serving(received) as port:
        done = subprocess.run(
            [BASH], input=script.encode(), env={**os.environ, **variables(port)}, capture_output=True, timeout=30
        )
    return [plain(each, port) for each in received], plain(done.stdout, port), plain(done.stderr, port), done.returncode


def run_in_page(script: str) -> tuple[list[str], str, str, int]:
    """The same of a page."""
    received: list[bytes] = []
    port = LOOPBACK.listen(lambda data: received.append(data) or answer(data))
    output, error, code = run_script(script, variables(port))
    return [plain(each, port) for each in received], plain(output, port), plain(error, port), code


def run_without_bash(script: str) -> tuple[list[str], str, str, int]:
    """The same of a machine that has no bash."""
    received: list[bytes] = []
    with serving(received) as port:
        output, error, code = curl_program.run_script(script, {**os.environ, **variables(port)})
    return [plain(each, port) for each in received], plain(output, port), plain(error, port), code


@contextmanager
def serving(received: list[bytes]) -> Iterator[int]:
    """The port of a server that answers while the block runs, and then has answered all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server, received), daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


def variables(port: int) -> dict[str, str]:
    """The environment of a script."""
    return {**VARIABLES, "BASE": f"http://127.0.0.1:{port}", "HOST": f"127.0.0.1:{port}"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_curl_is_as_the_real_one(page, record_property, script):
    """Bytes sent, output, errors and exit code."""
    if shutil.which("curl") is None or shutil.which("bash") is None:
        if os.environ.get("CI"):
            pytest.fail("curl or bash is missing", pytrace=False)
        record_property("left out", "curl in a page was not compared with the real one: install curl and bash.")
        return

    assert run_in_page(script) == run_real(script)


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ("ls", "`ls`"),
        ("curl -s $BASE | jq .", r"`\|` outside quotes"),
        ("curl -s $BASE > file", "`>` outside quotes"),
        ("curl $BASE/a?b=1&c=2", "`&` outside quotes"),
        ("curl $(cat url)", r"`\$\("),
        ("curl `cat url`", "outside quotes"),
        ('curl "`cat url`"', "in double quotes"),
        ("curl ${BASE:-x}", r"`\$\{`"),
        ("curl $1", r"`\$1`"),
        ("curl '$BASE", "a quote that is not closed"),
        ('curl "$BASE', "a quote that is not closed"),
        ("curl $TOKEN", "whose value has spaces"),
        ("curl -d @body.json $BASE", "a file to read, `@body.json`"),
        ("curl --data-urlencode a@body $BASE", "a file to read, `a@body`"),
        ("curl -o page.html $BASE", "a file to write, `page.html`"),
        ("curl -u me $BASE", "a password to type"),
        ("curl -L $BASE", "curl's option `-L`"),
        ("curl -sSk $BASE", "curl's option `-k`"),
        ("curl --retry 3 $BASE", "curl's option `--retry`"),
        ("curl '$BASE/{a,b}'", "a URL with brackets"),
        ('curl $BASE -d {"a":1,"b":2}', r"`\{` outside quotes"),
        ('curl $BASE -d {"a": 1, "b": 2}', r"`\{` outside quotes"),
        ("curl $BASE/{1..3}", r"`\{` outside quotes"),
        ("curl $BASE -d a=~", "`~` outside quotes"),
        ("curl $BASE $BASE", "a second URL"),
        ("SID=1 curl $BASE", "`SID=1`"),
    ],
)
def test_everything_else_is_refused(page, script, what):
    """One sentence says what needs a terminal, and nothing is sent before it."""
    sent = []
    port = LOOPBACK.listen(lambda data: sent.append(data) or answer(data))

    with pytest.raises(NotInPage, match=f"this cell has .*{what}.* Run it in a terminal"):
        run_script(f"curl -s $BASE\n{script}", variables(port))
    assert sent == []


def test_nothing_leaves_the_page(page):
    """curl to another machine is refused."""
    with pytest.raises(StaysInPage, match=r"curl to example\.com needs the network"):
        run_script("curl https://example.com", {})


def test_cell_magic_gives_output_to_a_variable(page, shell, monkeypatch, capsys):
    """``--out`` and ``--err`` take what curl prints; without them it is shown; a failure stops the cell."""
    port = LOOPBACK.listen(answer)
    monkeypatch.setenv("BASE", f"http://127.0.0.1:{port}")
    bash_cell.register(shell)

    shell.run_cell("%%bash --out said --err wrong\ncurl -sS $BASE/a")
    shell.run_cell("%%bash\ncurl -s $BASE/a")
    failed = shell.run_cell("%%bash\ncurl -fsS $BASE/missing")
    passed = shell.run_cell("%%bash --no-raise-error\ncurl -fs $BASE/missing")

    assert (shell.user_ns["said"], shell.user_ns["wrong"]) == ('{"message": "ä"}\n', "")
    assert capsys.readouterr().out.startswith('{"message": "ä"}\n')
    assert type(failed.error_in_exec) is subprocess.CalledProcessError
    assert "exit code 22" in shell.shown[-1]
    assert passed.success


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("!ls -l", "`ls -l`"),
        ("found = !ls", "`ls`"),
        ("%sx ls", "`ls`"),
        ("%%perl\nprint 1", "`%%perl`"),
        ("%%script bash\nls", "`%%script`"),
    ],
)
def test_other_programs_are_refused(page, shell, source, named):
    """Lines and cells for a shell or another language are told that there is none."""
    bash_cell.register(shell)

    shell.run_cell(source)

    assert f"can only call curl, and this cell has {named}." in " ".join(shell.shown[-1].split())


@pytest.fixture
def no_bash(monkeypatch, tmp_path):
    """A machine whose commands are curl alone."""
    if curl := shutil.which("curl"):
        (tmp_path / "curl").symlink_to(curl)
    elif os.environ.get("CI"):
        pytest.fail("curl is missing", pytrace=False)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.parametrize(
    "script", [*SCRIPTS, "curl -sS -o /dev/null $BASE/a\ncurl -sS $BASE/b", "# only a comment", "curl -L -sS $BASE/a"]
)
def test_machine_without_bash_calls_its_curl(no_bash, record_property, script):
    """What bash and curl send, print and return, without bash."""
    if shutil.which("curl") is None:
        record_property("left out", "cells of curl were not run without bash: install curl.")
        return

    assert run_without_bash(script) == run_real(script)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            "%%bash\nls",
            "This machine has no bash. Without it a `%%bash` cell can only call curl, and this cell has `ls`.",
        ),
        ("%%bash\ncurl $BASE | jq .", "this cell has `|` outside quotes."),
        ("%%bash\ncurl 'open", "this cell has a quote that is not closed."),
        ("%%bash --bg\ncurl $BASE", "unrecognized arguments: --bg"),
        ("%%bash --out x\ncurl -sS http://127.0.0.1:1/", "The script stopped with exit code 7."),
    ],
)
def test_machine_without_bash_says_so(no_bash, shell, monkeypatch, source, told):
    """A sentence, and nothing is run."""
    monkeypatch.setattr(shell, "show_usage_error", lambda error: shell.shown.append(str(error)))
    current_ground().equip(shell)

    shell.run_cell(source)

    assert told in " ".join(shell.shown[-1].split())


def test_machine_without_curl_says_so(shell, monkeypatch, tmp_path):
    """Neither bash nor curl: one sentence names what is missing for this cell."""
    monkeypatch.setenv("PATH", str(tmp_path))
    current_ground().equip(shell)

    shell.run_cell("%%bash\ncurl http://127.0.0.1:1/")

    assert shell.shown == ["This machine has no curl. Install it, then start JupyterLab again."]


@pytest.mark.parametrize("source", ["echo $((1 + 1))", "curl -sS $BASE | cat"])
def test_windows_hands_other_scripts_to_its_bash(shell, source):
    """Only cells of curl are kept from it."""
    given = []
    shell.magics_manager.register_function(lambda line, cell: given.append(cell), "cell", "bash")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curl_program.os, "name", "nt")
        patch.setattr(curl_program.shutil, "which", lambda name: f"/bin/{name}")
        curl_program.register(shell)
        first = shell.find_cell_magic("bash")
        curl_program.register(shell)

    assert shell.find_cell_magic("bash") is first
    shell.run_cell(f"%%bash\n{source}")

    assert given == [f"{source}\n"]


def test_machine_keeps_its_own_bash(shell):
    """Where there is an operating system, cells run what they always ran."""
    assert Path(shell.find_cell_magic("bash").__code__.co_filename).name == "script.py"
