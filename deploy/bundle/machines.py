"""Machines that a bundle can serve, by the names that ``start.machine_name`` returns."""

from __future__ import annotations

from typing import NamedTuple

import start

__all__ = ["MACHINES", "PYTHONS", "USUAL", "BundleError", "Target", "find_targets"]

USUAL = ("linux-x86_64", "win-amd64", "macos-arm64", "macos-x86_64")
PYTHONS = ("3.11", "3.12", "3.13")


class BundleError(start.SetupError):
    """Problem that the reader can solve; the text says what was seen and what to do next."""


class Machine(NamedTuple):
    """System and processor, as uv and pip call them."""

    triple: str
    """What uv resolves for."""
    tags: tuple[str, ...]
    """Platforms of wheels that run there, for pip."""


class Target(NamedTuple):
    """Machine with a version of Python."""

    name: str
    python: str

    def __str__(self) -> str:
        return f"{self.name} python {self.python}"


def _linux(processor: str) -> Machine:
    """Return a Linux with glibc 2.28 (Debian 10, Ubuntu 20.04, RHEL 8) or newer."""
    tags = [f"manylinux_2_{minor}_{processor}" for minor in range(28, 16, -1)]
    return Machine(f"{processor}-manylinux_2_28", (*tags, f"manylinux2014_{processor}"))


MACHINES = {
    "linux-x86_64": _linux("x86_64"),
    "linux-aarch64": _linux("aarch64"),
    "win-amd64": Machine("x86_64-pc-windows-msvc", ("win_amd64",)),
    "win-arm64": Machine("aarch64-pc-windows-msvc", ("win_arm64",)),
    "macos-arm64": Machine("aarch64-apple-darwin", ("macosx_12_0_arm64",)),  # pip adds those of older systems
    "macos-x86_64": Machine("x86_64-apple-darwin", ("macosx_12_0_x86_64",)),
}


def find_targets(systems: list[str], pythons: list[str]) -> list[Target]:
    """Return every system with every Python; ``macos`` stands for all usual machines whose name begins so.

    Raises:
        BundleError: a name isn't known; the text says which there are.
    """
    names = []
    for system in systems:
        found = [system] if system in MACHINES else [name for name in USUAL if name.split("-")[0] == system]
        if not found:
            raise BundleError(
                f"There's no system {system!r}. The systems are linux, win, macos, {', '.join(MACHINES)}."
            )
        names += found
    for python in pythons:
        major, _, minor = python.partition(".")
        if major != "3" or not minor.isdecimal() or int(minor) < 11:
            raise BundleError(f"{python!r} can't be used: name a Python from 3.11 on by two numbers, such as 3.12.")
    return [Target(name, python) for name in dict.fromkeys(names) for python in dict.fromkeys(pythons)]
