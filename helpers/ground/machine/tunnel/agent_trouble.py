"""Errors of pyngrok and its agent, turned into errors that tell the learner what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from helpers.emulator.masking import mask
from helpers.errors.tunnel_errors import (
    AddressRefused,
    AgentMissing,
    AgentNotExecutable,
    AgentSettings,
    AgentStopped,
    AgentTooOld,
    DomainRefused,
    NgrokUnreachable,
    TokenRefused,
    TooManySessions,
    TooManyTunnels,
    TunnelError,
    UrlInUse,
)

__all__ = ["explain", "why_not_downloaded"]

_BY_CODE: dict[int, Callable[[str], TunnelError]] = {
    105: lambda said: TokenRefused(),  # doesn't look like a token
    106: lambda said: TokenRefused(),  # one of an old kind
    107: lambda said: TokenRefused(),  # looks like one, but isn't valid, or no longer
    108: lambda said: TooManySessions(),
    120: AgentTooOld,
    121: AgentTooOld,
    319: DomainRefused,
    320: DomainRefused,  # another account's
    324: TooManyTunnels,
    334: UrlInUse,
    401: DomainRefused,
    4018: lambda said: TokenRefused(),  # the account isn't verified, as there was a token
    7117: DomainRefused,
    7118: DomainRefused,
    9040: lambda said: AddressRefused(),
    18006: DomainRefused,
    18021: TooManyTunnels,
}
"""Errors by number, each made of ngrok's own words. Source: ngrok.com/docs/errors."""

_CODE = re.compile(r"ERR_NGROK_([0-9]+)")
_TOKEN_LINE = re.compile(r"Your (?:authtoken|authentication|credential|key): \S+")
_NO_NETWORK = re.compile(
    r"dial tcp|connection refused|no such host|i/o timeout|network is unreachable|x509|TLS handshake|proxyconnect",
    re.IGNORECASE,
)
"""Words of Go's about a network that fails."""

_MOST = 400
"""Length limit for ngrok's words, in characters."""


def explain(error: Exception, token: str) -> TunnelError:
    """Return the error to raise for ``error``, without ``token``, which its text can quote."""
    from pyngrok import exception as pyngrok

    if isinstance(error, pyngrok.PyngrokNgrokInstallError):
        return AgentMissing(reason=why_not_downloaded(error))
    if isinstance(error, pyngrok.PyngrokNgrokHTTPError) and error.status_code == 404:
        return AgentTooOld()
    if isinstance(error, pyngrok.PyngrokNgrokError):
        return _explain_agent(error, token)
    if isinstance(error, pyngrok.PyngrokError):
        return AgentSettings()
    if isinstance(error, OSError):
        return AgentNotExecutable(error.strerror or type(error).__name__)
    return AgentStopped()


def why_not_downloaded(error: Exception) -> str:
    """Return the end of pyngrok's text, which names the address before."""
    return str(error).partition(": ")[2] or str(error)


def _explain_agent(error: Exception, token: str) -> TunnelError:
    said = _what_ngrok_said(error).replace(token, "***")
    found = _CODE.search(said)
    words = _tidy(said)
    if found is not None:
        known = _BY_CODE.get(int(found[1]))
        return AgentStopped(words, found.group()) if known is None else known(words)
    if _NO_NETWORK.search(words):
        return NgrokUnreachable(words)
    messages = {getattr(line, "msg", None) for line in getattr(error, "ngrok_logs", [])}
    # The agent reached ngrok, and pyngrok still found no API that it knows: the agent is too old.
    return AgentTooOld() if not words and "client session established" in messages else AgentStopped(words)


def _what_ngrok_said(error: Exception) -> str:
    """Return the text of ngrok's in ``error``: of its service, or else of the agent; empty if both were silent."""
    body = getattr(error, "body", "")
    try:
        details = json.loads(body)
        return str(details.get("details", {}).get("err") or details.get("msg") or "")
    except (ValueError, AttributeError):
        return body or getattr(error, "ngrok_error", None) or ""


def _tidy(said: str) -> str:
    r"""Return ``said`` on one line, without code, secrets and full stop; logs have \r and \n as two characters each."""
    text = re.sub(r"\\r|\\n", "\n", said)
    text = _TOKEN_LINE.sub("", _CODE.sub("", mask(text)))
    text = " ".join(text.split()).replace('\\"', '"')
    for beginning in ("authentication failed: ", "failed to start tunnel: "):
        text = text.removeprefix(beginning)
    return text.rstrip(".") if len(text) <= _MOST else text[: _MOST - 3] + "..."
