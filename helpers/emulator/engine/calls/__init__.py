"""Simulated calls: TwiML that runs verb by verb, and how callers and Workers use their phones (reference 12.2)."""
