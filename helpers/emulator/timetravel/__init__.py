"""Moments of an emulator's past: looked at, continued in a fork, and replayed there."""
