"""Dockerfile, read and carried out step by step without Docker, in a folder with a virtual environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import string
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Image", "Step", "build", "context_files", "read_steps"]

_PYTHON_IMAGE = re.compile(r"python:3\.\d+-slim")


class BuildFailed(AssertionError):
    """A command of a build failed; the text has all that it printed."""


@dataclass(frozen=True)
class Step:
    """One instruction of a Dockerfile: ``RUN``, say, and the rest of its line."""

    instruction: str
    rest: str

    def words(self) -> list[str]:
        """Return the words of the form that is JSON."""
        words: list[str] = json.loads(self.rest)
        return words


@dataclass
class Image:
    """Result of a build.

    A path of the image, such as ``/data``, is one below ``root``. ``user`` is the numeric one that ``USER`` names;
    ``health``, ``entrypoint`` and ``command`` are commands.
    """

    root: Path
    folder: Path
    environment: dict[str, str]
    arguments: dict[str, str] = field(default_factory=dict)
    user: int = 0
    volumes: list[Path] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)

    def inside(self, path: str) -> Path:
        """Return where a path of the image, absolute or from the present folder, is on this machine."""
        return self.root / path.removeprefix("/") if path.startswith("/") else self.folder / path

    def start(self, command: list[str], **options: Any) -> subprocess.Popen[str]:
        """Start a command in the image's folder with its variables; as its user, if this process can choose one."""
        if os.geteuid() == 0:
            options |= {"user": self.user, "group": self.user, "extra_groups": []}
        program = shutil.which(command[0], path=self.environment["PATH"])
        assert program, f"the image has no {command[0]}"
        return subprocess.Popen([program, *command[1:]], cwd=self.folder, env=self.environment, text=True, **options)


def read_steps(text: str) -> list[Step]:
    """Return the instructions of a Dockerfile, without comments, each in one line."""
    kept = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    lines = kept.replace("\\\n", " ").splitlines()
    return [Step(*line.split(maxsplit=1)) for line in lines if line.strip()]


def build(
    steps: list[Step],
    context: Path,
    ignored: str,
    root: Path,
    python: Path,
    variables: dict[str, str],
    **arguments: str,
) -> Image:
    """Carry out the steps below ``root`` and return the image.

    Args:
        context: folder that is sent to Docker.
        ignored: text of its ``.dockerignore``.
        python: interpreter that takes the place of the one in ``python:3…-slim``.
        variables: of the machine that builds, such as pip's.
        arguments: values of ``ARG``.

    Raises:
        ValueError: a step is of a kind that isn't known here.
        BuildFailed: a command failed.
    """
    image = Image(root, root, {})
    for step in steps:
        rest = string.Template(step.rest).safe_substitute(image.arguments)
        match step.instruction:
            case "FROM" if _PYTHON_IMAGE.fullmatch(rest):
                run([str(python), "-m", "venv", str(root / "usr")])
                image.environment = {"PATH": f"{root / 'usr' / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"}
            case "ARG":
                name, _, value = rest.partition("=")
                image.arguments[name] = arguments.get(name, value)
            case "WORKDIR":
                image.folder = image.inside(rest)
                image.folder.mkdir(parents=True, exist_ok=True)
            case "COPY":
                source, target = rest.split()
                copy(context, source, ignored, image.inside(target))
            case "RUN":
                environment = image.environment | variables | image.arguments
                run(["sh", "-c", step.rest], cwd=image.folder, env=environment)
            case "ENV":
                name, _, value = rest.partition("=")
                image.environment[name] = str(image.inside(value)) if value.startswith("/") else value
            case "VOLUME":
                image.volumes.append(image.inside(rest))
            case "USER":
                image.user = int(rest)
            case "HEALTHCHECK":
                image.health = Step(*rest[rest.index("CMD") :].split(maxsplit=1)).words()
            case "ENTRYPOINT":
                image.entrypoint = step.words()
            case "CMD":
                image.command = step.words()
            case "EXPOSE":
                pass  # it only tells
            case _:
                raise ValueError(f"{step} isn't known here")
    return image


def run(command: list[str], **options: Any) -> None:
    """Run a command of the build.

    Raises:
        BuildFailed: it ended with another code than 0.
    """
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode:
        raise BuildFailed(f"{command} ended with {done.returncode}:\n{done.stdout}")


def copy(context: Path, source: str, ignored: str, target: Path) -> None:
    """Copy what lies below ``source`` in the context, without what is ignored."""
    for file in context_files(context, ignored):
        if file.is_relative_to(source):
            there = target / file.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(context / file, there)


def context_files(context: Path, ignored: str) -> list[Path]:
    """Return the files that are sent to Docker, by the three kinds of lines that our ``.dockerignore`` has.

    Raises:
        ValueError: there is another kind of line.
    """
    lines = ignored.split()
    if lines[0] != "*" or any(not line.startswith(("!", "**/")) for line in lines[1:]):
        raise ValueError(f"not known here: {lines}")
    kept = [line.removeprefix("!") for line in lines if line.startswith("!")]
    left_out = {line.removeprefix("**/") for line in lines if line.startswith("**/")}
    paths = (path for each in kept for path in [context / each, *(context / each).rglob("*")])
    files = (path.relative_to(context) for path in paths if path.is_file())
    return [file for file in files if left_out.isdisjoint(file.parts)]
