"""Tunnel that the settings name: one of ngrok's, or one of the learner's own."""

from __future__ import annotations

from helpers import settings
from helpers.ground.choice import current_ground
from helpers.ground.ground import Tunnel
from helpers.ground.own_tunnel import OwnTunnel

__all__ = ["make_tunnel"]


def make_tunnel(*, domain: str | None = None, auth_token: str | None = None, ngrok_path: str | None = None) -> Tunnel:
    """Return the tunnel that the settings name, one of ngrok's unless they have a public URL."""
    found = settings.load()  # now: what the learner changes in .env counts at the next opening
    if found.public_url and not (domain or auth_token or ngrok_path):
        return OwnTunnel(found.public_url, found.public_port)
    current_ground().require_network("A public URL")
    return current_ground().make_tunnel(
        domain=settings.as_domain(domain or "", "`domain`") or found.ngrok_domain,
        auth_token=auth_token or (found.ngrok_authtoken or _ask_for_token()).reveal(),
        ngrok_path=ngrok_path or found.ngrok_path or None,
        ledgers=found.live_ledger,
    )


def _ask_for_token() -> settings.Secret:
    from helpers.live.prompt import ask_for_secret  # here, as a local lesson doesn't need it

    return ask_for_secret("NGROK_AUTHTOKEN", "your ngrok authtoken, from dashboard.ngrok.com")
