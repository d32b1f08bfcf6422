"""axe finds nothing on any page, in any width and theme."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.portal.opened_portal import HEIGHT, OpenedPortal

IN_A_WORKSPACE = ("board", "tasks", "reservations", "workers", "queues", "workflows", "activities", "events")
SIGHTS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((400, "light"), (900, "dark"), (1280, "light"))


@pytest.mark.parametrize("path", [*IN_A_WORKSPACE, "/requests", "/clock"])
def test_axe_finds_nothing(portal: OpenedPortal, path: str):
    """On each page, with something on it, in three widths, one of them dark; then the wide one in dark."""
    portal.workspace.workers(portal.story.bob_sid).update(activity_sid=portal.story.activity_sids["Idle"])
    for attributes in ('{"selected_language": "es"}', '{"selected_language": "en"}', '{"type": "support"}'):
        portal.task(attributes)
    portal.open(path)
    expect(portal.page.get_by_text("Connected")).to_be_visible()
    found: dict[str, list[str]] = {}
    for width, theme in SIGHTS:
        portal.page.set_viewport_size({"width": width, "height": HEIGHT})
        portal.page.emulate_media(color_scheme=theme)
        found[f"{width} {theme}"] = portal.violations()
    portal.page.emulate_media(color_scheme="dark")
    found["contrast"] = portal.violations("color-contrast")

    assert {sight: violations for sight, violations in found.items() if violations} == {}
