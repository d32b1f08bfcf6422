"""Environment variables as lines to paste into a terminal: bash, zsh and PowerShell."""

from __future__ import annotations

import html
import re
import shlex
from collections.abc import Collection, Mapping
from typing import Any

__all__ = ["TerminalLines"]

_QUOTES = re.compile("['\u2018\u2019\u201a\u201b]")
"""Characters that end a text in single quotes in PowerShell, unless they are doubled (about_Quoting_Rules)."""

SHELLS = {"bash": "bash", "zsh": "zsh", "powershell": "PowerShell"}


class TerminalLines:
    """Variables that were set for a notebook's cells, and the lines that set them in a terminal.

    Its text names the variables; their values are only in ``bash``, ``zsh`` and ``powershell``, and on the page in a
    widget, which isn't stored with the notebook.

    Args:
        variables: all values by name.
        asked: names whose values the terminal asks for, because nobody else should see them.
        unnamed: variables for the terminal alone.
    """

    def __init__(self, variables: Mapping[str, str], asked: Collection[str], unnamed: Mapping[str, str]) -> None:
        self._names = tuple(variables)
        self._values = {name: text for name, text in {**variables, **unnamed}.items() if name not in asked}
        self._asked = tuple(asked)

    @property
    def bash(self) -> str:
        """Lines for bash."""
        asked = (f"read -rsp '{name}: ' {name} && export {name}" for name in self._asked)
        return "\n".join([*self._exports(), *asked])

    @property
    def zsh(self) -> str:
        """Lines for zsh."""
        asked = (f"read -rs '{name}?{name}: ' && export {name}" for name in self._asked)
        return "\n".join([*self._exports(), *asked])

    @property
    def powershell(self) -> str:
        """Lines for PowerShell, in which `$env:NAME` reads a variable."""
        asked = (
            f"$env:{name} = [Net.NetworkCredential]::new('', (Read-Host -AsSecureString '{name}')).Password"
            for name in self._asked
        )
        lines = (f"$env:{name} = '{_QUOTES.sub(_double, text)}'" for name, text in self._values.items())
        return "\n".join([*lines, *asked])

    def _exports(self) -> list[str]:
        return [f"export {name}={shlex.quote(text)}" for name, text in self._values.items()]

    def __repr__(self) -> str:
        names = ", ".join(self._names)
        return f"Set for the cells of this notebook: {names}.\nLines for a terminal: .bash, .zsh and .powershell"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """Return the text and, if widgets can be made, the lines themselves, for Jupyter."""
        shown = f"<div>{html.escape(repr(self)).replace(chr(10), '<br>')}</div>"
        return {**_widget(self), "text/plain": repr(self), "text/html": shown}


def _double(quote: re.Match[str]) -> str:
    return quote[0] * 2


def _widget(lines: TerminalLines) -> dict[str, Any]:
    """Return the view of a widget with a tab for each shell; nothing without ipywidgets."""
    try:
        from ipywidgets import Layout, Tab, Textarea
    except ImportError:
        return {}
    texts = {title: getattr(lines, name) for name, title in SHELLS.items()}
    fields = [
        Textarea(
            value=text,
            rows=text.count("\n") + 1,
            description=f"Lines for {title}",
            style={"description_width": "initial"},
            layout=Layout(width="auto"),
        )
        for title, text in texts.items()
    ]
    drawn = Tab(children=fields, titles=tuple(texts))._repr_mimebundle_()
    return {name: value for name, value in drawn.items() if name != "text/plain"}
