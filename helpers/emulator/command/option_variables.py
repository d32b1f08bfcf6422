"""Environment variables of options: each option has one, made from its name, so that none can be forgotten."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..emulator_errors import BadStart

__all__ = ["PREFIX", "GivenOptions", "name_variables", "read_options", "variable_of"]

PREFIX = "TASKROUTER_EMULATOR_"

_FLAG = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(("0", "false", "no", "off"), False)

_SERVICE_PORT = re.compile(r"(tcp|udp)://")
_SERVICE_VARIABLES = re.compile(r"SERVICE_(HOST|PORT)|PORT_\d+_|NAME$|ENV_")
"""Names of variables that Kubernetes and Docker set beside _PORT for a service named ``taskrouter-emulator``."""

_LIKELY = 0.7
"""Similarity, between 0 and 1, of a misspelt name to the one that was meant."""


class GivenOptions(NamedTuple):
    """Options from the command line or from variables.

    ``variables`` has the variable of each option that one set, by the option's name in ``options``; ``remarks`` has a
    sentence for each variable that was passed over although it looks like one of ours.
    """

    options: argparse.Namespace
    variables: dict[str, str]
    remarks: list[str]


def read_options(
    parser: argparse.ArgumentParser, arguments: Sequence[str], environment: Mapping[str, str]
) -> GivenOptions:
    """Parse ``arguments``; for an option that is left out its variable counts, then its default.

    Raises:
        BadStart: a variable has a value that its option doesn't take.
        SystemExit: after a wrong option, as always with argparse.
    """
    actions = {variable_of(action): action for action in _options(parser)}
    unset = argparse.Namespace(**{action.dest: None for action in actions.values()})
    given = GivenOptions(parser.parse_args(arguments, unset), {}, list(_find_misspelt(actions, environment)))
    for variable, action in actions.items():
        if getattr(given.options, action.dest) is not None:
            continue
        value, text = action.default, environment.get(variable, "").strip()
        if action.type is int and _SERVICE_PORT.match(text):
            given.remarks.append(
                f"{variable} is {text}, as Kubernetes and Docker set it for a service of that name. It was not read: "
                f"give {action.option_strings[0]} on the command line."
            )
        elif text:
            value, given.variables[action.dest] = _read(action, variable, text), variable
        setattr(given.options, action.dest, value)
    return given


def name_variables(parser: argparse.ArgumentParser) -> None:
    """Add to the help of each option the variable that can set it."""
    for action in _options(parser):
        action.help = f"{action.help} [{variable_of(action)}]"


def variable_of(action: argparse.Action) -> str:
    """Return the name of the variable that can set an option."""
    return PREFIX + action.option_strings[0].strip("-").replace("-", "_").upper()


def _options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the options that have a value, unlike ``--help`` and ``--version``."""
    return [action for action in parser._actions if action.default is not argparse.SUPPRESS]


def _read(action: argparse.Action, variable: str, text: str) -> object:
    kind = action.type if callable(action.type) else str
    if action.nargs == 0:
        if text.lower() not in _FLAG:
            raise BadStart(action.dest, f"{variable} is {text!r}. Give 1, true, yes or on, or 0, false, no or off.")
        return _FLAG[text.lower()]
    if isinstance(action.nargs, int):
        words = text.split()
        if len(words) != action.nargs:
            raise BadStart(
                action.dest,
                f"{variable} is {text!r}. Give {action.nargs} values with a blank between them; if one has a blank "
                f"itself, use {action.option_strings[0]}.",
            )
        return [kind(word) for word in words]
    if isinstance(action.default, list):
        return [kind(word) for word in text.split()]
    try:
        return kind(text)
    except ValueError:
        raise BadStart(action.dest, f"{variable} is {text!r}. Give a whole number.") from None


def _find_misspelt(known: Mapping[str, argparse.Action], environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each variable that is likely to be a misspelt one."""
    names = [variable.removeprefix(PREFIX) for variable in known]
    for variable in sorted(environment):
        name = variable.removeprefix(PREFIX)
        if name == variable or name in names or _SERVICE_VARIABLES.match(name):
            continue
        from difflib import get_close_matches  # here, because only a mistake needs it

        for meant in get_close_matches(name, names, 1, _LIKELY):
            yield f"{variable} isn't a setting, so it was ignored. Did you mean {PREFIX}{meant}?"
