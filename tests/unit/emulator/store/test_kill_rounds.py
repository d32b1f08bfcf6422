"""kill -9 under load loses nothing that was acknowledged."""

from __future__ import annotations

from tests.unit.emulator.store.kill_rounds import kill_rounds


def test_killed_rounds_lose_nothing(tmp_path):
    """Four threads write while the process is killed; afterwards all is there, timers and Reservations go on."""
    rounds = kill_rounds(2, tmp_path)

    assert [each.lost for each in rounds] == [[], []]
    assert all(each.acknowledged >= 60 for each in rounds)
