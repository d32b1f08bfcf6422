"""Routes under ``/_emulator`` and the actions behind them: clock, snapshots, seeds, faults."""
