"""No damage is passed over, and no kill at the first start makes a file unusable."""

from __future__ import annotations

import pytest

from tests.unit.emulator.store.damage_rounds import damage_rounds, killed_starts


def test_killed_first_start_leaves_a_usable_file(tmp_path):
    """Wherever the first start is killed, the next one works."""
    assert killed_starts(3, tmp_path) == []


@pytest.mark.parametrize("killed", [False, True])
def test_damage_is_told(tmp_path, killed):
    """Bytes are flipped, zeroed and cut off: either nothing is lost, or the start says so in a sentence."""
    said, lost = damage_rounds(12, tmp_path, killed=killed)

    assert lost == []
    assert sum("It is damaged" in each for each in said) >= 4
