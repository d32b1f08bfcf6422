"""Command ``taskrouter-emulator``, or ``python -m taskrouter_emulator``: the emulator as a process of its own."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shlex
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .emulator_errors import BadStart, StoreFailed, StoreRefused
from .server import RunningEmulator, start

__all__ = ["main", "stop_signals"]

_VARIABLES = "TASKROUTER_EMULATOR_ACCOUNT_SID, _AUTH_TOKEN, _API_KEY and _ACCOUNT"
"""Variables for credentials, never TWILIO_*: the program must not print the token of a real account."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one JSON line, or with ``--env`` three variables, when it answers requests; run until SIGTERM or SIGINT.

    Returns:
        0 after a clean end, 2 if the emulator could not start.
    """
    with stop_signals() as wait:
        wanted = _parser().parse_args(arguments)
        try:
            running = _start(wanted)
        except (BadStart, StoreRefused, StoreFailed) as refusal:
            print(refusal, file=sys.stderr)
            return 2
        print(_ready(running, as_variables=wanted.env), flush=True)
        for damage in running.emulator.store.reported:
            print(damage, file=sys.stderr)
        wait()
        running.stop()
        return 0


@contextlib.contextmanager
def stop_signals() -> Iterator[Callable[[], object]]:
    """Yield a function that waits for SIGTERM or SIGINT, and returns at once if one came before it was called.

    It waits for a socket, not for a queue or an Event: a main thread that waits for those never runs its handler if the
    signal comes just before the wait begins. On Windows a signal doesn't end such a wait at all.
    """
    woken, waker = socket.socketpair()
    with woken, waker:
        waker.setblocking(False)  # as set_wakeup_fd demands
        former = signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        try:
            yield lambda: woken.recv(1)
        finally:
            signal.set_wakeup_fd(former)


def _ready(running: RunningEmulator, *, as_variables: bool) -> str:
    ready = {"url": running.url, "account_sid": running.account_sid, "auth_token": running.auth_token}
    if not as_variables:
        return json.dumps(ready)
    names = ("TASKROUTER_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
    return "\n".join(f"{name}={shlex.quote(value)}" for name, value in zip(names, ready.values(), strict=True))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {__package__}",
        description="A local stand-in for Twilio TaskRouter. When ready it prints url, account_sid and auth_token.",
        epilog=f"Others can read a command line: {_VARIABLES} count where the option is left out.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--port", type=int, default=0, help="port to listen on; 0, the default, takes any that is free")
    add("--host", default="127.0.0.1", help="address to bind; anything but loopback opens it to the network")
    add("--allow-host", action="append", default=[], metavar="NAME", help="answer to this name too; may be repeated")
    add("--data", metavar="DIR", help="keep everything in a SQLite file in this directory")
    add(
        "--account-sid",
        metavar="AC...",
        default=_given("ACCOUNT_SID"),
        help="who may call; made up if left out, and kept with the data",
    )
    add("--auth-token", metavar="TOKEN", default=_given("AUTH_TOKEN"), help="the account's password; likewise")
    add("--api-key", action="append", metavar="SK...:SECRET", help="a further way in; may be repeated")
    add("--account", action="append", metavar="AC...:TOKEN", help="a further account; may be repeated")
    add(
        "--clock",
        default="real",
        metavar="CLOCK",
        help="real, the default, runs; paused stands still from now, one second for each write; likewise lesson, or an "
        "ISO 8601 time, from then",
    )
    add("--seed", metavar="TEXT", help="the same SIDs on every run")
    add("--allow-remote-callbacks", action="store_true", help="let callbacks leave this machine")
    add("--certificate", nargs=2, type=Path, metavar=("CHAIN", "KEY"), help="serve https with these PEM files")
    add("--env", action="store_true", help="print variables for a shell, one a line, instead of JSON")
    add("--log", action="store_true", help="one JSON line on stderr for each request")
    return parser


def _given(name: str) -> str | None:
    return os.environ.get(f"TASKROUTER_EMULATOR_{name}") or None


def _start(wanted: argparse.Namespace) -> RunningEmulator:
    if wanted.certificate:
        _check_certificate(*wanted.certificate)
    api_keys = wanted.api_key or (_given("API_KEY") or "").split()
    accounts = wanted.account or (_given("ACCOUNT") or "").split()
    return start(
        clock=wanted.clock,
        seed=wanted.seed,
        data=wanted.data,
        port=wanted.port,
        account_sid=wanted.account_sid,
        auth_token=wanted.auth_token,
        api_keys=dict(_pair("api_keys", "An API key", "SK...:SECRET", each) for each in api_keys),
        accounts=dict(_pair("accounts", "An account", "AC...:TOKEN", each) for each in accounts),
        host=wanted.host,
        allow_hosts=wanted.allow_host,
        allow_remote_callbacks=wanted.allow_remote_callbacks,
        certificate=tuple(wanted.certificate) if wanted.certificate else None,
        log=_log if wanted.log else None,
    )


def _check_certificate(chain: Path, key: Path) -> None:
    import ssl  # here, because only https needs it

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key)
    except OSError as error:
        raise BadStart(
            "certificate",
            f"The certificate {chain} with the key {key} cannot be used: {error}. Name two PEM files that belong "
            "together.",
        ) from error


def _pair(what: str, name: str, shape: str, text: str) -> tuple[str, str]:
    sid, _, secret = text.partition(":")
    if not secret:
        raise BadStart(what, f"{name} is given as {shape}, with a colon after the SID.")
    return sid, secret


def _log(request: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):  # the reader of the log can be gone; requests are answered all the same
        print(json.dumps(request), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
