"""Hosts of other people's kernels: what is said on each, and nothing elsewhere."""

from __future__ import annotations

import pytest

from helpers.live.advice.hosts import describe_host

HUB = {"JUPYTERHUB_USER": "alice", "JUPYTERHUB_SERVICE_PREFIX": "/user/alice/"}


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({**HUB, "BINDER_LAUNCH_HOST": "https://mybinder.org/"}, "Don't type the Auth Token of an account"),
        (
            {"COLAB_RELEASE_TAG": "release-colab"},
            "Nothing from outside can reach it, so callbacks need `listener.expose()`",
        ),
        (HUB, "TaskRouter can't sign in there, so callbacks need `listener.expose()`"),
        (
            {
                "CODESPACES": "true",
                "CODESPACE_NAME": "odd-fish",
                "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "example.dev",
            },
            "set TASKROUTER_PUBLIC_URL=https://odd-fish-8000.example.dev and TASKROUTER_PUBLIC_PORT=8000",
        ),
        ({"CODESPACES": "true"}, "https://NAME-8000.app.github.dev"),
    ],
)
def test_host_is_recognised(environ, words):
    """Binder is a JupyterHub, too, and named as what it is."""
    assert words in describe_host(environ)


def test_other_machines_have_nothing_to_say():
    """A variable that only has such a name inside isn't one of theirs."""
    assert describe_host({"HOME": "x", "MY_BINDER_": "1", "TASKROUTER_MODE": "live"}) is None
