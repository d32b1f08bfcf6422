"""The mistakes of the troubleshooting page make every rule speak, so that the page has each rule's words."""

from __future__ import annotations

import sys

from helpers.guide import extension, missing_steps
from helpers.guide.hints import hints
from helpers.guide.slips import misused_values, sdk_arguments, slips, syntax_slips, without_effect
from tests.notebooks.troubleshooting.mistakes import MISTAKES, SET_UP
from tests.unit.guide.shells import run

RULES = {
    *hints._RULES,
    *syntax_slips._RULES,
    *(advise for _, advise in (*misused_values._RULES, *sdk_arguments._RULES)),
    slips._became_plain,
    slips._beyond_the_end,
    slips._called_for_check,
    slips._missing_key,
    slips._not_in_helpers,
    slips._not_json,
    slips.advise_on_attribute,
    missing_steps.explain_missing_name,
    without_effect._about_exchange,
    without_effect._about_value,
    without_effect._not_called,
    without_effect._not_kept,
    without_effect._stored,
    without_effect._without_a_name,
    without_effect._without_a_sid,
}
LIVE = {hints._account, hints._service}
"""Rules for what Twilio alone returns."""


def test_every_rule_speaks(shell, kernel):
    """Each rule is what at least one of the mistakes is told."""
    spoken = set()

    def listen(frame, event, returned):
        if event == "return" and isinstance(returned, str) and returned:
            spoken.add(frame.f_code)

    extension.watch(kernel.wire)
    run(shell, SET_UP)
    sys.setprofile(listen)
    try:
        for line in [line for lines in MISTAKES.values() for line in lines]:
            run(shell, line)
    finally:
        sys.setprofile(None)

    assert {rule for rule in RULES if rule.__code__ not in spoken} == LIVE
