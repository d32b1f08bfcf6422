"""Request log: what was asked of the emulator and what it sent, kept raw within limits, with cause and effect."""
