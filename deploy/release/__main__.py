"""Release the project: ``start.py release NUMBER``, and with the tag that it names ``start.py release --build FOLDER``.

The first writes the number where it belongs and says what to commit and to tag. The second, which the workflow
``release`` runs for each tag, fills a folder with both packages, the stick, a list of SHA-256 and the notes.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

import start
from deploy.release.build import CHECKSUMS, build
from deploy.release.prepare import ReleaseError, prepare

NEXT = """\
{number} is written into {files}. Now look at `git diff`, then:

  git commit --all --message "release: {number}"
  .ci/run
  git tag v{number}
  git push origin HEAD v{number}"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit code; a problem is one sentence on stderr."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="start.py release", description=__doc__, formatter_class=raw)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("number", metavar="NUMBER", nargs="?", help="three numbers, such as 1.4.0")
    what.add_argument("--build", metavar="FOLDER", type=Path, help="the folder to fill with what is published")
    parser.add_argument("--stick", metavar="FOLDER", type=Path, help="what `start.py bundle FOLDER` made")
    options = parser.parse_args(arguments)
    if options.stick and not options.build:
        parser.error("--stick belongs to --build: a number alone is written into files, and nothing is built")
    try:
        if options.build:
            tag = build(start.ROOT, options.build, options.stick)
            print(f"{options.build} has what belongs to {tag}; {CHECKSUMS} lists it.")
        else:
            files = prepare(start.ROOT, options.number, datetime.date.today())
            print(NEXT.format(number=options.number, files=", ".join(map(str, files))))
    except ReleaseError as problem:
        print(f"start: {problem}", file=sys.stderr)
        return 1
    except OSError as error:
        where = error.filename or options.build or start.ROOT  # a full disk names no file
        print(f"start: can't use {where}: {error.strerror}. Correct this, then try again.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
