"""Errors of a tunnel: there is none, or its public URL leads nowhere."""

from __future__ import annotations

from helpers.emulator.masking import shorten
from helpers.errors import HelperError

__all__ = [
    "MEND_TUNNEL",
    "AddressRefused",
    "AgentInUse",
    "AgentMissing",
    "AgentNotExecutable",
    "AgentNotRenewed",
    "AgentSettings",
    "AgentStopped",
    "AgentTooOld",
    "DomainRefused",
    "NgrokUnreachable",
    "NotReached",
    "TokenMissing",
    "TokenRefused",
    "TooManySessions",
    "TooManyTunnels",
    "TunnelError",
    "TunnelLost",
    "UrlInUse",
]


MEND_TUNNEL = (
    "Run `listener.expose(workflow)` to open the tunnel again and set the Workflow's URL. Or run `listener.hide()` "
    "to continue without a tunnel."
)
"""Next step where a tunnel was lost."""


class TunnelError(HelperError):
    """Error of a tunnel; for most of them, it couldn't be opened."""


class TunnelLost(TunnelError):
    """Error for a public URL that no longer leads here; ``trouble`` is the sentence that says so."""

    def __init__(self, trouble: str) -> None:
        super().__init__(f"{trouble} {MEND_TUNNEL}")
        self.trouble = trouble


class NotReached(TunnelError):
    """Error for a public ``url`` by which a request of our own didn't arrive; ``came_back`` says what came instead."""

    def __init__(self, url: str, came_back: str) -> None:
        super().__init__(
            f"A signed request to {url} didn't get through to this listener and back, so callbacks won't either. "
            f"{came_back} Run `listener.expose(workflow)` to try again, or `listener.hide()` to close what's open."
        )
        self.url = url
        self.came_back = came_back


class TokenMissing(TunnelError):
    """Error for a missing ngrok authtoken."""

    def __init__(self) -> None:
        super().__init__(
            "A public URL needs an ngrok authtoken, and there is none. Copy yours from dashboard.ngrok.com to a "
            "file .env beside start.py or this notebook, as NGROK_AUTHTOKEN=..., and run the cell again. A variable in "
            "the environment overrides .env, even if it's empty. Local mode needs no tunnel."
        )


class TokenRefused(TunnelError):
    """Error for an authtoken that ngrok rejects."""

    def __init__(self) -> None:
        super().__init__(
            "ngrok rejected the authtoken. It's mistyped, revoked or of a different kind (for example an API key), "
            "or the account isn't verified. Copy it from dashboard.ngrok.com to NGROK_AUTHTOKEN and run the cell "
            "again."
        )


class TooManySessions(TunnelError):
    """Error for an account whose limit of ngrok agents is reached."""

    def __init__(self) -> None:
        super().__init__(
            "ngrok allows no more agents for this account. Others are still running, perhaps in a different "
            "notebook. Stop them (`listener.hide()` there, or on dashboard.ngrok.com/agents) and run the cell again."
        )


class TooManyTunnels(TunnelError):
    """Error for an account whose limit of tunnels is reached; ``said`` is ngrok's own text."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f'ngrok allows no more tunnels: "{said}". Close the ones you don\'t need, with `ngrok.disconnect(url)` if '
            "you opened them with pyngrok. Then run the cell again."
        )
        self.said = said


class UrlInUse(TunnelError):
    """Error for a URL that another agent serves; ``said`` is ngrok's own text."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f'ngrok says: "{said.partition(". Either")[0]}". Another agent of your account uses it, perhaps for a '
            "different notebook: a free account has one URL. Run `listener.hide()` there, or stop the agent on "
            "dashboard.ngrok.com/agents. Then run the cell again. After a crash, ngrok can take a minute to notice."
        )
        self.said = said


class DomainRefused(TunnelError):
    """Error for a domain that the account can't use; ``said`` is ngrok's own text."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f'ngrok rejected the domain: "{said}". Compare NGROK_DOMAIN, or what you passed as `domain`, with '
            "dashboard.ngrok.com/domains, or leave it out. Then run the cell again."
        )
        self.said = said


class AddressRefused(TunnelError):
    """Error for a machine from whose internet address ngrok accepts no agent."""

    def __init__(self) -> None:
        super().__init__(
            "ngrok accepts no agents from this machine's internet address. It excludes some countries, Tor and "
            "anonymizing proxies, without exceptions. Try it without a VPN, or use a different tunnel: "
            "docs/tunnels.md."
        )


class NgrokUnreachable(TunnelError):
    """Error for an agent that can't connect to ngrok; ``said`` is the agent's own text."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f'The ngrok agent can\'t reach ngrok: "{said}". Check the network connection. A firewall may block it, or '
            "a proxy that inspects TLS. It may work in a different network. Then run the cell again."
        )
        self.said = said


class AgentMissing(TunnelError):
    """Error for an ngrok agent that isn't there.

    Args:
        path: file that a setting names, empty if the agent was to be downloaded.
        reason: why it couldn't be downloaded, in the words of whatever failed.
    """

    def __init__(self, path: str = "", reason: str = "") -> None:
        seen = f"There's no ngrok agent at {path}. Remove PYNGROK_NGROK_PATH to have it downloaded"
        if not path:
            why = f": {shorten(reason, 200)}. Fix this" if reason else ". Try again"
            seen = f"The ngrok agent isn't on this machine and couldn't be downloaded{why}"
        super().__init__(f"{seen}, or install ngrok and set PYNGROK_NGROK_PATH to its file. Then run the cell again.")
        self.path = path
        self.reason = reason


class AgentNotExecutable(TunnelError):
    """Error for an ngrok agent that can't be started, for the ``reason`` that the operating system gives."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The ngrok agent can't be started: {reason}. If its file isn't executable, change that with `chmod +x`. "
            "If it's for a different kind of machine, delete it to have it downloaded again. Then run the cell "
            "again."
        )
        self.reason = reason


class AgentNotRenewed(TunnelError):
    """Error for an ngrok agent that can't be downloaded again, for a ``reason`` in the words of whatever failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The ngrok agent couldn't be downloaded again: {shorten(reason, 200)}. The existing agent, if there was "
            "one, hasn't changed. Fix this and run the cell again."
        )
        self.reason = reason


class AgentInUse(TunnelError):
    """Error for an ngrok agent whose file can't be replaced, for the ``reason`` that the operating system gives."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The ngrok agent's file can't be replaced: {reason}. Stop all running agents, also in other notebooks, "
            "and run the cell again."
        )
        self.reason = reason


class AgentTooOld(TunnelError):
    """Error for an agent that ngrok doesn't accept any more, as ``said`` by it, or that pyngrok can't use."""

    def __init__(self, said: str = "") -> None:
        seen = f'ngrok says: "{said}".' if said else "The ngrok agent on this machine is too old for pyngrok."
        super().__init__(
            f"{seen} Run `listener.renew_agent()`, which replaces the agent that pyngrok downloaded earlier with the "
            "current one. Then run the cell again. If PYNGROK_NGROK_PATH is a file of your own, update that file."
        )
        self.said = said


class AgentSettings(TunnelError):
    """Error for settings of the agent that pyngrok doesn't support."""

    def __init__(self) -> None:
        super().__init__(
            "The ngrok agent's settings don't work with pyngrok. It needs `log_format` term or logfmt, `log_level` "
            "info or debug, and `web_addr` left on. Correct the agent's settings file and run the cell again."
        )


class AgentStopped(TunnelError):
    """Error for an agent that opened no tunnel.

    Args:
        said: ngrok's own text, empty if it was silent.
        code: ngrok's own, such as ERR_NGROK_115.
    """

    def __init__(self, said: str = "", code: str | None = None) -> None:
        seen = f': "{said}".' if said else ", and didn't say why."
        where = f"See ngrok.com/docs/errors about {code}, then run" if code else "Run"
        super().__init__(f"The ngrok agent started but didn't open a tunnel{seen} {where} the cell again.")
        self.said = said
        self.code = code
