"""Command ``explain``: why a Task waits, asked of a running emulator."""

from __future__ import annotations

import argparse
import io
import os
import ssl
import sys
from collections.abc import Sequence

import httpx

from ..masking import mask
from ..sids import is_sid
from .command_line import program_name

__all__ = ["run"]

_PREFIXES = ("WT", "WK", "WW")

_TIMEOUT_SECONDS = 30.0


class _NoAnswer(Exception):
    """Answer that is no explanation; ``code`` is the exit code."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


def run(arguments: Sequence[str]) -> int:
    """Print the explanation.

    Returns:
        0 if there is one, 1 if there is no such Task or no emulator, 2 if it can't be asked like that.
    """
    options = _parser().parse_args(arguments)
    try:
        _check(options)
        explanation = _explanation(options)
    except _NoAnswer as reason:
        print(reason, file=sys.stderr)
        return reason.code
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a name in a script that the terminal can't write
    print(explanation.rstrip("\n"))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"{program_name()} explain",
        description="Explain why a Task waits, and what would help. Needs a running emulator.",
        epilog="If the emulator asks for a password, the command sends TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("sid", metavar="WT...", help="SID of a Task; of a Worker (WK...), or of a Workflow with --attributes (WW...)")
    add("--attributes", metavar="JSON", help="attributes of a future Task of the Workflow")
    add("--json", action="store_true", help="JSON instead of text")
    add(
        "--url",
        default=os.environ.get("TASKROUTER_URL", ""),
        help="address that the emulator printed when it was ready [TASKROUTER_URL]",
    )
    return parser


def _check(options: argparse.Namespace) -> None:
    prefix = options.sid[:2]
    if prefix not in _PREFIXES or not is_sid(options.sid, prefix):
        raise _NoAnswer(
            f"{options.sid[:80]!r} is not the SID of a Task, which begins with WT, and 32 of the digits 0-9 and a-f "
            "follow. A Worker's begins with WK, a Workflow's with WW.",
            2,
        )
    if not options.url:
        raise _NoAnswer("Pass the emulator's address with --url, or set TASKROUTER_URL.", 2)


def _explanation(options: argparse.Namespace) -> str:
    url, accepted = mask(options.url), "application/json" if options.json else "text/plain"
    try:
        answer = _ask(options, accepted)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise _NoAnswer(f"{url} isn't an address: {error} Use one such as http://127.0.0.1:8700.", 2) from error
    except httpx.HTTPError as error:
        raise _NoAnswer(f"No emulator responds at {url}: {error}. Is it running, and is this its address?") from error
    if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith(accepted):
        return answer.text
    if answer.status_code == 401:
        raise _NoAnswer(
            f"The emulator at {url} asks for a password. Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to those that it "
            "printed when it was ready."
        )
    try:
        message = str(answer.json()["message"])
    except (ValueError, TypeError, KeyError):
        message = f"{url} answered with status {answer.status_code}, and not as an emulator does. Is that its address?"
    raise _NoAnswer(message, 2 if answer.status_code == 400 else 1)


def _ask(options: argparse.Namespace, accepted: str) -> httpx.Response:
    """Send the request, and once more with credentials if the server asks for them: a stranger needn't see them."""
    url = f"{options.url.rstrip('/')}/_emulator/explain/{options.sid}"
    params = {} if options.attributes is None else {"attributes": options.attributes}
    credentials = os.environ.get("TWILIO_ACCOUNT_SID", ""), os.environ.get("TWILIO_AUTH_TOKEN", "")
    trusted = ssl.create_default_context()  # with the certificates of SSL_CERT_FILE
    with httpx.Client(timeout=_TIMEOUT_SECONDS, trust_env=False, verify=trusted, headers={"Accept": accepted}) as http:
        answer = http.get(url, params=params)
        if answer.status_code == 401 and all(credentials):
            answer = http.get(url, params=params, auth=credentials)
        return answer
