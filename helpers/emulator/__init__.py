"""The embedded TaskRouter: stateful, faithful, and usable alone (``python -m helpers.emulator``)."""
