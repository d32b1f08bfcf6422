"""Administration: the routes below ``/_emulator`` for clock, snapshots, seeds and faults, and their actions."""
