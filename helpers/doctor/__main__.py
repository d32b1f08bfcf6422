"""Command ``python start.py doctor``, or ``python -m helpers.doctor``: check this machine, or read a room's codes.

It works even if no package is installed.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path

from helpers.doctor.machine_checks import examine
from helpers.doctor.readiness_code import write_code
from helpers.doctor.roll_call import HELP, find_silent, last_answers, read_answers, report

SEND = "Send this line to your instructor, if you have one. It has no names, paths or passwords in it:"
NO_CODES = (
    "no code found. A code is the last line of `python start.py doctor`, such as TRN-0.1.0-win-amd64-3.12.1-ok-EPVM."
)


def main(arguments: list[str]) -> int:
    """Run the command, and return its exit code: 0 if this machine, or each of the room, is ready.

    Ctrl+C is 130, as shells have it; an output that nobody reads is 1.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a path or a name can have letters that a console can't show
    try:
        code = run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has gone, as ``head`` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain once more at its end
        return 1


def run(arguments: list[str]) -> int:
    """Run the command as ``main`` does, for somebody who reads its output to the end."""
    if os.environ.get("TASKROUTER_GROUND") == "page":  # asked here, as nothing else of the project is imported
        print("doctor: the browser edition needs nothing of this machine. If it doesn't work, load the page again.")
        return 0
    parser = argparse.ArgumentParser("python start.py doctor", description="Say whether this machine is ready.")
    parser.add_argument(
        "--room",
        nargs="*",
        metavar="CODES",
        help="read the codes of a room: files, codes, or nothing to type or pipe them",
    )
    parser.add_argument("--not-installed", choices=sorted(HELP), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.room is not None:
        return call_the_roll(options.room)
    failed = [options.not_installed] if options.not_installed else check_this_machine()
    print(f"{SEND}\n{write_code(failed)}")
    return 1 if failed else 0


def check_this_machine() -> list[str]:
    """Print one line for each finding, and return the names of the checks that failed."""
    findings = []
    for name, finding in examine():
        print(finding, flush=True)
        findings.append((name, finding))
    failed = [name for name, finding in findings if not finding.ready]
    print(f"doctor: {len(failed)} of {len(findings)} checks failed" if failed else "doctor: this machine is ready")
    return failed


def call_the_roll(sources: list[str]) -> int:
    """Print who of a room needs help with what, from the codes in ``sources``; return the exit code."""
    try:
        text = "\n".join(map(_read, sources)) if sources else _read_typed()
    except OSError as error:
        print(f"doctor: can't read {error.filename}: {error.strerror}. Name a file with codes in it.", file=sys.stderr)
        return 1
    answers = read_answers(text)
    if not answers:
        print(f"doctor: {NO_CODES}", file=sys.stderr)
        return 1
    print("\n".join(report(answers, find_silent(text, answers))))
    return 0 if all(getattr(answer.code, "failed", True) == () for answer in last_answers(answers)) else 1


def _read(source: str) -> str:
    """Return the text of a file, or ``source`` itself if that is a code."""
    if source.lstrip().upper().startswith("TRN") and not os.path.exists(source):
        return source
    return _decode(Path(source).read_bytes())


def _decode(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"  # editors on Windows write both
    return data.decode(encoding, errors="replace")


def _read_typed() -> str:
    if sys.stdin.isatty():
        end = "Ctrl+Z and Enter" if os.name == "nt" else "Ctrl+D"
        print(f"doctor: paste the codes, then press Enter and {end}", file=sys.stderr)
    return _decode(sys.stdin.buffer.read())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
