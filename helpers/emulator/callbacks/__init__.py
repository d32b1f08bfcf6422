"""Callbacks that TaskRouter sends: queued, throttled, signed, sent and logged."""
