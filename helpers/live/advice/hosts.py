"""Hosts that run other people's kernels: what a learner must know there before live mode sends anything."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

__all__ = ["describe_host"]


def describe_host(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return what to know about the host that this kernel runs on, as its variables tell; None on other machines.

    Binder is a JupyterHub, too, so it is looked for first. Sources: research.google.com/colaboratory/faq.html;
    jupyter-server-proxy.readthedocs.io, whose access is authenticated;
    docs.github.com/codespaces/developing-in-a-codespace/forwarding-ports-in-your-codespace.
    """
    for prefix, describe in _HOSTS.items():
        if any(name.startswith(prefix) for name in environ):
            return describe if isinstance(describe, str) else describe(environ)
    return None


def _describe_codespace(environ: Mapping[str, str]) -> str:
    name = environ.get("CODESPACE_NAME", "NAME")
    domain = environ.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev")
    return (
        "This kernel runs in GitHub Codespaces. For callbacks without ngrok, forward port 8000, make it public (`gh "
        f"codespace ports visibility 8000:public`), and set TASKROUTER_PUBLIC_URL=https://{name}-8000.{domain} and "
        "TASKROUTER_PUBLIC_PORT=8000. A private port asks for a GitHub account, which TaskRouter has not."
    )


_HOSTS: dict[str, str | Callable[[Mapping[str, str]], str]] = {
    "BINDER_": (
        "This kernel runs on Binder, on somebody else's computer and without a sign-in: do not give it the Auth Token "
        "of an account. Use local mode there, which needs none, and live mode on a machine of your own."
    ),
    "COLAB_": (
        "This kernel runs in Google Colab, which nothing from outside can reach: callbacks need `listener.expose()`. "
        "Colab's FAQ allows its runtimes to be ended for some uses, such as remote control; and a token belongs into "
        "Colab's Secrets or the prompt, never into a cell."
    ),
    "CODESPACE": _describe_codespace,
    "JUPYTERHUB_": (
        "This kernel runs on a JupyterHub: whoever administers it may be able to read what you type, tokens included. "
        "TaskRouter cannot sign in there, so callbacks need `listener.expose()`, even with jupyter-server-proxy."
    ),
}
"""Beginnings of the names of variables that a host sets, and what to know there."""
