"""Command ``serve``: the emulator as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..emulator_errors import BadStart, StoreFailed, StoreRefused
from ..server import RunningEmulator, start
from .option_variables import GivenOptions, read_options
from .ready_line import ready_line, trust_line
from .serve_options import serve_parser
from .stop_signals import stop_signals

if TYPE_CHECKING:
    from ..server.administration.world_file import WorldFile
    from .certificate_authority import CertificateAuthority

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Print one JSON line, or with ``--env`` variables, when it answers requests; run until SIGTERM or SIGINT.

    Returns:
        0 after a clean end, 2 if the emulator could not start.
    """
    try:
        given = read_options(serve_parser(), arguments, os.environ)
        _tell(given.remarks)
        with _naming_variables(given):
            world = _world(given.options.load)  # while signals end this at once: a terminal or a pipe may never end
            _serve(given.options, world)
    except (BadStart, StoreRefused, StoreFailed) as refusal:
        _tell([str(refusal)])
        return 2
    return 0


def _serve(options: Namespace, world: WorldFile | None) -> None:
    with stop_signals() as wait:
        authority = _authority(options)
        running = _start(options, world, authority)
        print(ready_line(running, authority, as_variables=options.env), flush=True)
        _tell([] if authority is None else [trust_line(authority)])
        _tell(running.emulator.store.reported)
        wait()
        running.stop()


def _tell(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


@contextlib.contextmanager
def _naming_variables(given: GivenOptions) -> Iterator[None]:
    """Let a refusal of a setting name the variable that it comes from."""
    try:
        yield
    except BadStart as refusal:
        if (variable := given.variables.get(refusal.what)) is None:
            raise
        raise BadStart(refusal.what, f"{refusal} It comes from the variable {variable}.") from refusal


def _world(load: str | None) -> WorldFile | None:
    if load is None:
        return None
    from ..server.administration.world_file import read_world  # here, because few starts need it

    # Python's own handler would not be called if Ctrl+C came just before a read that never ends.
    former = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return read_world(load)
    finally:
        signal.signal(signal.SIGINT, former)


def _authority(options: Namespace) -> CertificateAuthority | None:
    if options.make_certificate is None:
        return None
    if options.certificate:
        raise BadStart(
            "make_certificate",
            "There is a certificate, and one to make. Leave out --certificate or --make-certificate.",
        )
    if not options.make_certificate:  # an unset variable, say: it must not mean the folder that the process is in
        raise BadStart("make_certificate", "No authority can be kept: the directory is empty. Name one, ./https, say.")
    from .certificate_authority import CertificateAuthority  # here, because only https needs it

    return CertificateAuthority(Path(options.make_certificate))


def _start(options: Namespace, world: WorldFile | None, authority: CertificateAuthority | None) -> RunningEmulator:
    """Start the server.

    Raises:
        BadStart: a setting can't be used.
        StoreRefused, StoreFailed: the data file can't be used.
    """
    with contextlib.ExitStack() as stack:  # once it has started, the files of the certificate can go
        certificate = None
        if authority is not None:
            certificate = stack.enter_context(authority.issue([*options.also_known_as, *_address(options.host)]))
        elif options.certificate:
            certificate = tuple(options.certificate)
        return start(
            clock=options.clock,
            step=options.step,
            seed=options.seed,
            data=options.data,
            load=world,
            port=options.port,
            account_sid=options.account_sid,
            auth_token=options.auth_token,
            api_keys=dict(_pair("api_keys", "An API key", "SK...:SECRET", each) for each in options.api_keys),
            accounts=dict(_pair("accounts", "An account", "AC...:TOKEN", each) for each in options.accounts),
            host=options.host,
            also_known_as=options.also_known_as,
            allow_remote_callbacks=options.allow_remote_callbacks,
            certificate=certificate,
            log=_log if options.log else None,
        )


def _address(host: str) -> list[str]:
    """Return the host, unless it means all addresses."""
    return [] if host in ("", "0.0.0.0", "::") else [host]


def _pair(what: str, name: str, shape: str, text: str) -> tuple[str, str]:
    sid, _, secret = text.partition(":")
    if not secret:
        raise BadStart(what, f"{name} is given as {shape}, with a colon after the SID.")
    return sid, secret


def _log(request: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):  # the reader of the log can be gone; requests are answered all the same
        print(json.dumps(request), file=sys.stderr, flush=True)
