"""View of a link to the portal: where it is can change from machine to machine, so the words don't say it."""

from __future__ import annotations

from ..blocks import Link, Sentence, View

__all__ = ["portal_link_view", "twilio_link_view"]

TWILIO_CONSOLE = "https://console.twilio.com/us1/develop/taskrouter/workspaces"
"""List of Workspaces in Twilio's own console. It has no documented link to one of them."""


def portal_link_view(about: str = "") -> View:
    """Show a link to the portal of an emulator, which the widget's script makes.

    Args:
        about: a sentence about the page that it leads to.
    """
    says = Sentence("The portal is a web page of this emulator: Tasks, Workers, Workflows, requests and the clock.")
    return View(kind="", name="Portal()", blocks=(says, *((Sentence(about),) if about else ())))


def twilio_link_view(workspace_name: str) -> View:
    """Show a link to Twilio's console, for a Workspace that is at Twilio."""
    says = f'In live mode the portal is Twilio\'s console. Choose the Workspace "{workspace_name}" in its list.'
    return View(kind="", name="Portal()", blocks=(Sentence(says), Link("Open Twilio's console", TWILIO_CONSOLE)))
