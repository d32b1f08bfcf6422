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
        "TASKROUTER_PUBLIC_PORT=8000. A private port requires a GitHub account, which TaskRouter doesn't have."
    )


_HOSTS: dict[str, str | Callable[[Mapping[str, str]], str]] = {
    "BINDER_": (
        "This kernel runs on Binder, on somebody else's computer and without a sign-in. Don't type the Auth Token of "
        "an account here. Use local mode, which needs none. Use live mode on your own machine."
    ),
    "COLAB_": (
        "This kernel runs in Google Colab. Nothing from outside can reach it, so callbacks need `listener.expose()`. "
        "According to Colab's FAQ, Colab may end a runtime that is used for remote control, for example. Put a token "
        "into Colab's Secrets or type it at the prompt, never into a cell."
    ),
    "CODESPACE": _describe_codespace,
    "JUPYTERHUB_": (
        "This kernel runs on a JupyterHub. Its administrators may be able to read what you type, including tokens. "
        "TaskRouter can't sign in there, so callbacks need `listener.expose()`, even with jupyter-server-proxy."
    ),
}
"""Beginnings of the names of variables that a host sets, and what to know there."""
