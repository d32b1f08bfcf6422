"""Stage: the emulator as Twilio, over TLS, and ngrok's agent, for unmodified clients of this machine alone."""

from __future__ import annotations

import sys
from base64 import b64encode
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from helpers.emulator.server import start
from tests.contract.stage.account import Account
from tests.contract.stage.authority import Authority
from tests.contract.stage.edge import DOMAINS, Edge
from tests.contract.stage.exchange import Asked, Host, Reply
from tests.contract.stage.front import Front
from tests.contract.stage.outbound import redirect
from tests.contract.stage.proxy import Proxy
from tests.contract.stage.strangers import STRANGERS, seed_document

__all__ = ["LoggedRequest", "Stage"]

_AGENT = Path(__file__).with_name("ngrok_stand_in.py")


@dataclass(frozen=True)
class LoggedRequest:
    """Request that reached one of the stage's hosts, without its secrets."""

    host: str
    method: str
    path: str
    form: dict[str, str]
    """Parameters of query and body."""
    status: int | None
    """Status of the answer; None if it was never sent."""


class Stage:
    """Twilio and ngrok on this machine; use it as a context manager.

    Args:
        account: the learner's account; by default an active, paid one with random SID and Auth Token.
    """

    def __init__(self, account: Account | None = None) -> None:
        self.account = account or Account()
        self.log: list[LoggedRequest] = []
        """Requests so far, in the order of their answers."""
        self.authtoken = f"2{self.account.auth_token[:25]}_{self.account.sid[2:23]}"
        """Token for ngrok, of the form that ngrok's have."""

    def __enter__(self) -> Self:
        with ExitStack() as end:
            self.folder = Path(end.enter_context(TemporaryDirectory(prefix="taskrouter-stage-")))
            self.emulator = end.enter_context(
                start(
                    clock="real",
                    account_sid=self.account.sid,
                    auth_token=self.account.auth_token,
                    api_keys={key.sid: key.secret for key in self.account.keys.values()},
                    also_known_as=["taskrouter.twilio.com"],
                    allow_remote_callbacks=True,
                )
            )
            self.front = Front(self.emulator, self.account)
            self.edge = Edge()
            end.callback(self.edge.stop)
            hosts = {
                "taskrouter.twilio.com": self.front.answer,
                "api.twilio.com": self.account.answer,
                "flex-api.twilio.com": self.account.answer_flex,
                **dict.fromkeys(DOMAINS, self.edge.answer),
            }
            self._authority = Authority(self.folder, list(hosts))
            logged = {name: self._logging(host) for name, host in hosts.items()}
            self.proxy = Proxy(logged, self._authority.server_side)
            end.callback(self.proxy.stop)
            transport = self.emulator.app._transport  # type: ignore[attr-defined]
            redirect(transport, self.proxy.url, self._authority, lambda: self.front.lag_seconds)
            self.ngrok_path = _write_agent(self.folder)
            self._end = end.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.close()

    @property
    def environment(self) -> dict[str, str]:
        """Variables for a kernel or a program, beside those that it has: all that live mode needs."""
        proxies = {"HTTPS_PROXY": self.proxy.url, "https_proxy": self.proxy.url}
        return {
            **proxies,
            **self._authority.environment,
            "TASKROUTER_MODE": "live",
            "TASKROUTER_LIVE_CONSENT": self.account.sid,
            "TASKROUTER_LIVE_LEDGER": str(self.folder / "live"),
            "TWILIO_ACCOUNT_SID": self.account.sid,
            "TWILIO_AUTH_TOKEN": self.account.auth_token,
            "NGROK_AUTHTOKEN": self.authtoken,
            "NGROK_STAND_IN_EDGE": str(self.edge.port),
            "PYNGROK_NGROK_PATH": str(self.ngrok_path),
        }

    @property
    def secrets(self) -> list[str]:
        """Texts that may appear nowhere: no output, no file, no log, no process list."""
        keys = [key.secret for key in self.account.keys.values()]
        login = b64encode(f"{self.account.sid}:{self.account.auth_token}".encode()).decode()  # as requests carry it
        return [self.account.auth_token, self.authtoken, login, *keys]

    def strangers(self, *names: str) -> list[str]:
        """Create other people's Workspaces, by default one of each kind, and return their SIDs."""
        return self.emulator.seed(seed_document(names or STRANGERS))

    def listing(self, workspace_sids: list[str] | None = None) -> dict[str, dict[str, Any]]:
        """Return all that is in the account, or in these Workspaces, by SID, as the emulator itself keeps it."""
        records = [
            record | {"kind": kind} for kind, each in self.emulator.snapshot()["records"].items() for record in each
        ]
        wanted = None if workspace_sids is None else set(workspace_sids)
        return {each["sid"]: each for each in records if wanted is None or each["workspace_sid"] in wanted}

    @property
    def workspaces(self) -> dict[str, str]:
        """Names of all Workspaces in the account, by SID."""
        listing = self.listing().values()
        return {each["sid"]: each["friendly_name"] for each in listing if each["kind"] == "workspace"}

    def _logging(self, host: Host) -> Host:
        def answer(asked: Asked) -> Reply:
            entry = LoggedRequest(asked.host, asked.method, asked.path, asked.form, None)
            try:
                reply = host(asked)
                entry = replace(entry, status=reply.status)
                return reply
            finally:
                self.log.append(entry)

        return answer


def _write_agent(folder: Path) -> Path:
    """Write the stand-in for ngrok's agent as a program, run by this Python."""
    program = folder / "ngrok"
    # A shell between them, as a #! line cannot name a Python whose path holds a space.
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{_AGENT}" "$@"\n')
    program.chmod(0o700)
    return program
