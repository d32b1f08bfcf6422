"""Settings in both files ``overrides.json``: what they name is there in JupyterLab, else they would change nothing."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft7Validator


class Lab(NamedTuple):
    """JupyterLab of the site."""

    settings: dict[str, dict[str, Any]]
    """Our settings by plugin."""
    schemas: dict[str, dict[str, Any]]
    """What each plugin can be set to, and its toolbars, menus and shortcuts."""
    scripts: str
    """All of its code."""

    def named(self, plugin: str, key: str) -> list[dict[str, Any]]:
        """Return our entries in a list of a plugin's settings; there are some."""
        assert self.settings[plugin][key]
        return self.settings[plugin][key]

    def extensions(self, kind: str) -> list[dict[str, Any]]:
        """Return what all plugins add to the toolbars, menus or shortcuts."""
        return [schema[f"jupyter.lab.{kind}"] for schema in self.schemas.values() if f"jupyter.lab.{kind}" in schema]


@pytest.fixture(scope="module")
def lab(site_folder):
    """JupyterLab as it was built."""
    files = ("jupyter-lite.json", "lab/jupyter-lite.json")
    pages = [json.loads((site_folder / name).read_text("utf-8"))["jupyter-config-data"] for name in files]
    schemas = chain.from_iterable(
        json.loads((site_folder / f"build/schemas/{name}.json").read_text("utf-8")) for name in ("all", "all_federated")
    )
    return Lab(
        {plugin: values for page in pages for plugin, values in page["settingsOverrides"].items()},
        {each["id"]: each["schema"] for each in schemas},
        "\n".join(path.read_text("utf-8") for path in site_folder.glob("build/*.js")),
    )


def test_plugins_take_our_settings(lab):
    """Each plugin is there, with a setting of that name that takes such a value."""
    assert [
        f"{plugin}: {error.message}"
        for plugin, values in lab.settings.items()
        for error in Draft7Validator(lab.schemas[plugin]).iter_errors(values)
    ] == []


def test_button_that_we_name_is_in_the_toolbar(lab):
    """A name that isn't there would make a new button, which does nothing."""
    there = {item["name"] for bars in lab.extensions("toolbars") for item in bars.get("Notebook", [])}

    assert {each["name"] for each in lab.named("@jupyterlab/notebook-extension:panel", "toolbar")} - there == set()


def test_menu_item_that_we_disable_is_in_its_menu(lab):
    """Both the menu and the command in it."""
    there = {
        (menu["id"], item.get("command"))
        for menus in lab.extensions("menus")
        for menu in menus.get("main", [])
        for item in menu.get("items", [])
    }

    assert {
        (menu["id"], item["command"])
        for menu in lab.named("@jupyterlab/mainmenu-extension:plugin", "menus")
        for item in menu["items"]
    } - there == set()


def test_shortcut_that_we_disable_is_there(lab):
    """JupyterLab leaves out a shortcut if its command, keys and selector are all the same."""
    there = list(chain.from_iterable(lab.extensions("shortcuts")))

    for each in lab.named("@jupyterlab/shortcuts-extension:shortcuts", "shortcuts"):
        assert {name: each[name] for name in ("command", "keys", "selector")} in there


def test_command_that_we_name_is_in_the_code(lab):
    """A command is registered by its name."""
    named = set(commands(lab.settings))

    assert named
    assert {each for each in named if f'"{each}"' not in lab.scripts} == set()


def commands(settings: object):
    """Names of commands, wherever they are."""
    if isinstance(settings, dict):
        yield from [settings["command"]] if "command" in settings else []
    if isinstance(settings, dict | list):
        for each in settings.values() if isinstance(settings, dict) else settings:
            yield from commands(each)
