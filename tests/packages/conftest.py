"""Environments that the tests of this folder share."""

from tests.packages.environments import emulator_python, emulator_wheel
