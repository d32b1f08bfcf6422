"""The manifest of a bundle: what it was made of, the wheels of each machine, and the SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import start
from deploy.bundle.machines import BundleError
from deploy.release.prepare import read_number

__all__ = ["check", "read_commit", "write_manifest"]

MANIFEST = "wheels/manifest.json"


def write_manifest(bundle: Path, commit: str, wheels: Mapping[str, list[str]]) -> None:
    """Write the manifest of all files in ``bundle``, given the names of each machine's wheels.

    Two bundles of the same commit with the same versions have the same manifest. Its shape::

        {"version": "0.1.0", "commit": "5f1eeb0…",
         "wheels": {"win-amd64 python 3.12": ["twilio-9.13.0-py2.py3-none-any.whl", …], …},
         "files": {"start.py": "<SHA-256>", "wheels/twilio-9.13.0-py2.py3-none-any.whl": "<SHA-256>", …}}
    """
    files = {path.relative_to(bundle).as_posix(): path for path in sorted(bundle.rglob("*")) if path.is_file()}
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    manifest = {"version": read_number(bundle), "commit": commit, "wheels": wheels, "files": digests}
    (bundle / MANIFEST).write_bytes(json.dumps(manifest, indent=1).encode())


def read_commit(bundle: Path) -> str:
    """Return the commit that a bundle was made of; nothing if ``bundle`` isn't one."""
    try:
        return str(json.loads((bundle / MANIFEST).read_bytes())["commit"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def check(folder: Path) -> None:
    """Compare every file of a bundle with its manifest, and print what it holds, and the manifest's own SHA-256.

    Raises:
        BundleError: it isn't a bundle, or a file is missing or damaged.
    """
    wheels, files = start.read_manifest(folder)
    known = {wheel for each in wheels.values() for wheel in each}
    damaged = [f"{wheel} isn't in the manifest" for wheel in sorted(known - set(files))]
    damaged += start.find_damage(folder, files)
    if damaged:
        raise BundleError("\n".join([f"{folder} isn't as it was made. Make or copy it again.", *damaged]))
    for machine, paths in wheels.items():
        start.say(f"{machine}: {len(paths)} wheels, {_megabytes(folder, paths)} MB")
    size = _megabytes(folder, known)
    start.say(f"{folder} is complete: {len(files)} files, {len(known)} of them wheels with {size} MB")
    digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    start.say(f"SHA-256 of {MANIFEST}, which has those of all files: {digest}")


def _megabytes(folder: Path, paths: Iterable[str]) -> int:
    return round(sum((folder / path).stat().st_size for path in paths) / 1e6)
