"""A reader at a terminal, who types what a page shows, from its top to its end, in one folder and one bash."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.docs.snippets import Snippet

__all__ = ["SessionFailed", "type_in"]

_BEGIN = """
set -uo pipefail
stop_all() { local running; running=$(jobs -p); [ -z "$running" ] || kill $running; wait; }
trap stop_all EXIT
"""

_PATIENCE_SECONDS = 240


class SessionFailed(AssertionError):
    """A block of a page failed, or didn't end."""


def type_in(
    snippets: Sequence[Snippet],
    folder: Path,
    environment: Mapping[str, str],
    *,
    exit_codes: Mapping[str, int] | None = None,
    shell: Sequence[str] = ("bash", "-c"),
) -> dict[Snippet, str]:
    """Save the files and type the blocks of ``bash`` in their order; return what each of these printed.

    Args:
        folder: where the reader works; nothing is in it yet.
        environment: variables that the terminal begins with.
        exit_codes: what a block's last command ends with, by the block's text; 0 for all others.
        shell: command that runs a script of bash, its last argument.

    Raises:
        SessionFailed: a command of a block ended with another code, or the session didn't end.
    """
    kept = folder.with_name(f"{folder.name} typed")
    kept.mkdir()
    typed = [each for each in snippets if each.language == "bash"]
    script = [_BEGIN]
    for number, each in enumerate(snippets):
        if each.file_name:
            source = kept / f"{number}.file"
            source.write_text(each.text, encoding="utf-8")
            target = shlex.quote(each.file_name)
            script.append(f"mkdir -p $(dirname {target})\ncp {shlex.quote(str(source))} {target}")
        elif each.language == "bash":
            script.append(_block(each, _printed(kept, each), (exit_codes or {}).get(each.text, 0)))
    code = _run([*shell, "\n".join(script)], folder, environment)
    printed = {each: path.read_text("utf-8") for each in typed if (path := _printed(kept, each)).exists()}
    if code:
        last = list(printed)[-1]
        raise SessionFailed(f"{last} ended with {code}:\n{last.text}\nIt printed:\n{printed[last]}")
    return printed


def _printed(kept: Path, snippet: Snippet) -> Path:
    return kept / f"{snippet.page}-{snippet.line}.printed"


def _block(snippet: Snippet, printed: Path, code: int) -> str:
    """Return the block as a part of the script: in the same shell, for the variables and jobs that it leaves."""
    redirected = f"{{\n{snippet.text}}} >{shlex.quote(str(printed))} 2>&1"
    if code == 0:
        return f"set -e\n{redirected}"
    return f"set +e\n{redirected}\ncode=$?; [ $code -eq {code} ] || exit $((code ? code : 99))"


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> int:
    session = subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return session.wait(timeout=_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(session.pid, signal.SIGKILL)
        session.wait()
        raise SessionFailed(f"the session did not end within {_PATIENCE_SECONDS} s") from None
