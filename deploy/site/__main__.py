"""The lessons as a static web site: ``python start.py site [FOLDER] [--serve]``."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import start
from deploy.site.cures import cure
from deploy.site.files import SiteError, fetch_files
from deploy.site.landing_page import write_landing_page
from deploy.site.lite import build_lite
from deploy.site.runtime import pack_runtime
from deploy.site.serving import serve

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Build the site, and serve it if asked to; return an exit code."""
    parser = argparse.ArgumentParser("python start.py site", description="Build the lessons as a static web site.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("_site"), help="new, or of an earlier build")
    parser.add_argument("--serve", action="store_true", help="show it on this machine afterwards")
    parser.add_argument("--port", type=int, default=8000, help="for --serve (default: 8000)")
    options = parser.parse_args(arguments)
    try:
        if options.serve:
            start.check_port(options.port)  # before the work, not after it
        build(options.folder)
        if options.serve:
            serve(options.folder, options.port)
    except start.SetupError as error:
        print(f"site: {error}", file=sys.stderr)
        return 1
    return 0


def build(folder: Path) -> None:
    """Build the site in ``folder``; what an earlier build left there is replaced once this one is complete.

    Raises:
        SiteError: the folder has something else or can't be replaced, or a step failed.
    """
    if folder.exists() and not folder.is_dir():
        raise SiteError(f"{folder} is a file: name a folder, or one that doesn't exist yet.")
    if folder.exists() and any(folder.iterdir()) and not (folder / "jupyter-lite.json").exists():
        raise SiteError(f"{folder} has files of something else: name an empty folder, or one that doesn't exist yet.")
    start.say("fetching what isn't here yet")
    files = fetch_files()
    with tempfile.TemporaryDirectory() as made:
        start.say("compiling the packages (about half a minute)")
        runtime = pack_runtime(files, Path(made))
        start.say("building JupyterLite (about half a minute)")
        site = Path(made) / "site"
        build_lite(files, runtime, Path(made) / "lite", site)
        write_landing_page(site)
        cure(site)
        _replace(folder, site)
    start.say(f"{folder} is complete: any server of files can serve it")


def _replace(folder: Path, site: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
        shutil.move(site, folder)
    except OSError as error:  # a link, or a file that a program has open
        reason = error.strerror or error
        raise SiteError(f"{folder} can't be replaced: {reason}. Delete it, or name another folder.") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
