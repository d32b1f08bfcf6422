"""What is odd about an answer."""

from __future__ import annotations

import pytest

from helpers.callbacks.instructions import read_instruction

ACTIVITY = "WA" + "a" * 32


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"instruction": "accept"},
        {"instruction": "reject"},
        {"instruction": "reject", "activity_sid": ACTIVITY},
        {"instruction": "dequeue", "from": "+15556667777", "post_work_activity_sid": ACTIVITY},
        {"instruction": "call", "from": "+15556667777", "url": "https://example.com/twiml", "accept": True},
        {"instruction": "redirect", "call_sid": "CA" + "b" * 32, "url": "https://example.com/twiml"},
        {"instruction": "conference", "from": "+15556667777", "beep": "false"},
    ],
)
def test_proper_instruction_is_left_alone(answer):
    """Each instruction with its keys draws no hint."""
    assert read_instruction(answer) == ()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("accept", "The reply is the text 'accept'"),
        (["accept"], "of type list"),
        (True, "of type bool"),
        ({"message": "success"}, 'no "instruction"'),
        ({"instruction": "Accept"}, 'Did you mean "accept"?'),
        ({"instruction": "accepted"}, 'Did you mean "accept"?'),
        ({"instruction": None}, "no instruction None"),
        ({"instruction": ["accept"]}, "Instructions are accept, reject"),
        ({"instruction": "call", "url": "https://example.com"}, 'needs "from"'),
        ({"instruction": "redirect", "url": "https://example.com"}, 'needs "call_sid"'),
        ({"instruction": "reject", "activitySid": ACTIVITY}, 'has no "activitySid" and ignores it. Did you mean'),
        ({"instruction": "reject", "activity_sid": "Offline"}, "with WA"),
        ({"instruction": "accept", 5: 1}, 'has no "5"'),
    ],
)
def test_odd_answer_draws_a_hint(answer, said):
    """The one hint names what was seen and what belongs there."""
    (hint,) = read_instruction(answer)

    assert said in hint


def test_each_missing_key_has_its_hint():
    """Two missing keys are two hints, in a fixed order."""
    assert [hint.split('"')[3] for hint in read_instruction({"instruction": "call"})] == ["from", "url"]
