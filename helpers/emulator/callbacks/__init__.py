"""Callbacks that the emulator sends: queued, throttled, signed, sent, and kept in a log."""
