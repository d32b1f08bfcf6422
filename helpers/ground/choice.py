"""Choice of the ground, made once for each kernel, when something first needs it."""

from __future__ import annotations

import os
from functools import cache

from helpers.errors.connection_problems import BadSetting
from helpers.ground.ground import Ground

__all__ = ["VARIABLE", "current_ground"]

VARIABLE = "TASKROUTER_GROUND"


@cache
def current_ground() -> Ground:
    """Return the ground that the environment names; a machine if it names none.

    Raises:
        BadSetting: there is no such ground.
    """
    name = os.environ.get(VARIABLE, "").strip() or "machine"
    if name == "machine":
        from helpers.ground.machine.machine import Machine

        return Machine()
    if name == "page":
        from helpers.ground.page.page import Page

        return Page()
    raise BadSetting(VARIABLE, name, "It must be machine or page. Leave it out to run on this machine.")
