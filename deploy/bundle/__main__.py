"""The stick: ``python start.py bundle [FOLDER] [--systems …] [--pythons …] [--site] [--check]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import start
from deploy.bundle.machines import PYTHONS, USUAL, BundleError, Target, find_targets
from deploy.bundle.manifest import check, write_manifest
from deploy.bundle.project_files import copy_project, write_read_me
from deploy.bundle.wheels import Wheels
from deploy.site.__main__ import build as build_site

__all__ = ["build", "main"]


def main(arguments: list[str]) -> int:
    """Make a bundle, or check one; return an exit code."""
    parser = argparse.ArgumentParser(
        "python start.py bundle", description="Make a folder from which other machines set up without a network."
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("_bundle"), help="new or empty (default: _bundle)")
    parser.add_argument("--systems", nargs="+", default=list(USUAL), metavar="NAME", help=f"default: {' '.join(USUAL)}")
    parser.add_argument(
        "--pythons", nargs="+", default=list(PYTHONS), metavar="X.Y", help=f"default: {' '.join(PYTHONS)}"
    )
    parser.add_argument("--uv", action="store_true", help="add uv, which sets up in half the time, with 16 MB a system")
    parser.add_argument("--site", action="store_true", help="add the browser edition (needs Node.js)")
    parser.add_argument("--check", action="store_true", help="only say if the bundle in FOLDER is as it was made")
    options = parser.parse_args(arguments)
    folder = options.folder.absolute()  # "." has no parent, nor a name
    try:
        if options.check:
            check(folder)
        else:
            build(folder, find_targets(options.systems, options.pythons), options.uv, options.site)
    except start.SetupError as error:
        print(f"bundle: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"bundle: can't write {error.filename or folder}: {error.strerror}. Name another folder.", file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        print("bundle: Stopped. Nothing is left of what was made.", file=sys.stderr)
        return 130
    return 0


def build(folder: Path, targets: list[Target], with_uv: bool, with_site: bool) -> None:
    """Make the bundle for ``targets`` in ``folder``, which has something in it only once the bundle is complete.

    Raises:
        BundleError: the folder has something else, or a step failed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BundleError(f"{folder} isn't an empty folder: name one that doesn't exist yet.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder if folder.exists() else folder.parent  # one that is there may be a disk of its own
    with tempfile.TemporaryDirectory(dir=beside, prefix=".bundle-") as made:
        bundle = Path(made) / "bundle"
        commit = copy_project(bundle)
        wheels = Wheels(bundle / "wheels", with_uv=with_uv)
        names = {}
        for target in targets:
            start.say(f"fetching what {target} needs")
            names[str(target)] = wheels.add(target)
        if with_site:
            build_site(bundle / "site")
        write_read_me(bundle, targets, with_site=with_site)
        write_manifest(bundle, commit, names)
        folder.mkdir(exist_ok=True)
        for each in bundle.iterdir():
            each.rename(folder / each.name)
    check(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
