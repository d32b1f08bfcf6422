"""Command ``read``: a Workspace, read with GET requests only, as a file for ``--load``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http import HttpClient
from twilio.rest import Client

from ..copies import WorkspaceCopy, copy_workspace
from ..emulator_errors import EmulatorError
from ..explanations.reading.workspace_reader import CLOSELY_READ
from ..masking import mask
from ..sdk.http_client import EmulatorHttpClient
from ..sdk.reader_client import patient_transport
from ..sids import is_sid
from .command_line import program_name

__all__ = ["run"]

_LIVE = "live"
_CREDENTIALS = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")


_AGAIN = "Try again later."
_ADVICE = {
    401: f"Compare {' and '.join(_CREDENTIALS)} with the account's. A suspended account is refused, too.",
    403: "An API key must be allowed to read TaskRouter.",
    404: "Compare the SID with those of the account's Workspaces.",
}
"""Next steps by status."""
_ADVICE_ON_NO_ANSWER = (
    (requests.exceptions.SSLError, "If a proxy inspects TLS here, name its certificate in REQUESTS_CA_BUNDLE."),
    (requests.exceptions.ProxyError, "Compare HTTPS_PROXY with what your network needs."),
    (requests.exceptions.ConnectionError, "Compare the address, and see if this machine reaches it."),
    (requests.exceptions.InvalidURL, "Give an address such as http://127.0.0.1:8700."),
    (requests.exceptions.MissingSchema, "Give an address such as http://127.0.0.1:8700."),
)


class _NotRead(Exception):
    """Reason why there is nothing to print; ``code`` is the exit code."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


def run(arguments: Sequence[str]) -> int:
    """Print the copy as JSON, and on stderr what is to be said of it.

    Returns:
        0 if it was read, 1 if a request was refused or not answered, 2 if it can't be asked like that.
    """
    options = _parser().parse_args(arguments)
    try:
        copy = _read(options, _client(options))
    except _NotRead as reason:
        print(reason, file=sys.stderr)
        return reason.code
    print(copy.document())
    print(copy, file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"{program_name()} read",
        description="Read a Workspace with GET requests only, and print it as a file for --load. Contact data is "
        "replaced by invented values.",
        epilog=f"Credentials come from the variables {' and '.join(_CREDENTIALS)}. Nothing is written to the account.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("sid", metavar="WS...", help="SID of the Workspace")
    add(
        "--from",
        dest="source",
        metavar="live|URL",
        default=os.environ.get("TASKROUTER_URL", ""),
        help="live for Twilio, or the address of an emulator [TASKROUTER_URL]",
    )
    add(
        "--redact",
        action="append",
        default=[],
        metavar="KEY",
        help="a further key in attributes whose values are contact data; may be repeated",
    )
    add("--keep-contact-data", action="store_true", help="leave everything as it is")
    add(
        "--most-workers",
        type=int,
        default=CLOSELY_READ,
        metavar="NUMBER",
        help=f"Workers whose channels are read, one or two requests each; others count as free [{CLOSELY_READ}]",
    )
    return parser


def _client(options: argparse.Namespace) -> Client:
    if not is_sid(options.sid, "WS"):
        raise _NotRead(
            f"{options.sid[:80]!r} is not the SID of a Workspace: WS, and 32 of the digits 0-9 and a-f.",
            2,
        )
    if not options.source:
        raise _NotRead("Say where it is: --from live for Twilio, or --from with the address of an emulator.", 2)
    account_sid, auth_token = (os.environ.get(name, "") for name in _CREDENTIALS)
    if not (account_sid and auth_token):
        raise _NotRead(f"Set {' and '.join(_CREDENTIALS)} to the credentials of the account.", 2)
    transport: HttpClient = patient_transport()
    if options.source != _LIVE:
        transport = EmulatorHttpClient(options.source, is_onlooker=True)
    return Client(account_sid, auth_token, http_client=transport)


def _read(options: argparse.Namespace, client: Any) -> WorkspaceCopy:
    redact = False if options.keep_contact_data else (options.redact or True)
    try:
        workspace = client.taskrouter.v1.workspaces(options.sid)
        return copy_workspace(workspace, redact=redact, most_workers=max(0, options.most_workers))
    except TwilioRestException as error:
        text = f"The request was refused with status {error.status}, code {error.code}: {error.msg}."
        raise _NotRead(f"{text} {_ADVICE.get(error.status, _AGAIN)}") from error
    except (TwilioException, EmulatorError, requests.RequestException) as error:
        text = f"The Workspace can't be read from {mask(options.source)}: {mask(str(error)).rstrip('.')}."
        advice = next((advice for kind, advice in _ADVICE_ON_NO_ANSWER if isinstance(error, kind)), _AGAIN)
        raise _NotRead(f"{text} {advice}") from error
