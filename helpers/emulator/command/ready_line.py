"""Ready line: what clients must know, printed once the server answers."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

from ..server import RunningEmulator

if TYPE_CHECKING:
    from .certificate_authority import CertificateAuthority

__all__ = ["ready_line", "trust_line"]


def ready_line(running: RunningEmulator, authority: CertificateAuthority | None, *, as_variables: bool) -> str:
    """Return one line of JSON, or variables for a shell, one a line; with an authority also how to trust it."""
    if not as_variables:
        trusted = {} if authority is None else {"authority": str(authority.path)}
        ready = {
            "url": running.url,
            "account_sid": running.account_sid,
            "auth_token": running.auth_token,
            "portal": f"{running.url}/",
        }
        return json.dumps(ready | trusted)
    variables = {
        "TASKROUTER_URL": running.url,
        "TWILIO_ACCOUNT_SID": running.account_sid,
        "TWILIO_AUTH_TOKEN": running.auth_token,
        **({} if authority is None else authority.variables),
    }
    return "\n".join(f"{name}={shlex.quote(value)}" for name, value in variables.items())


def trust_line(authority: CertificateAuthority) -> str:
    """Return a sentence about the file that clients must trust."""
    named = ", ".join(f"{name}={value}" for name, value in authority.variables.items())
    return f"Clients must trust {authority.path}. Programs that read such variables do with {named}."
