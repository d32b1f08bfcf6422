"""Routes under ``/_emulator`` and what they do: clock, snapshots, seeds, faults."""
