"""Values for Zero to JupyterHub, and the server's settings: keys that exist, and figures that fit one another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

from tests.packages.environments import NOTEBOOKS

HUB = NOTEBOOKS / "deploy/hub"
VALUES = yaml.safe_load((HUB / "values.yaml").read_text(encoding="utf-8"))
SETTINGS = json.loads((HUB / "etc/jupyter_server_config.json").read_text(encoding="utf-8"))
DOCKERFILE = (HUB / "Dockerfile").read_text(encoding="utf-8")
PAGE = (NOTEBOOKS / "docs/room.md").read_text(encoding="utf-8")

KNOWN = {
    "cull.enabled": bool,
    "cull.every": int,
    "cull.timeout": int,
    "hub.concurrentSpawnLimit": int,
    "hub.config.Authenticator.allow_all": bool,  # below hub.config anything that JupyterHub can be told
    "hub.config.JupyterHub.authenticator_class": str,
    "prePuller.continuous.enabled": bool,
    "prePuller.hook.enabled": bool,
    "scheduling.podPriority.enabled": bool,
    "scheduling.userPlaceholder.enabled": bool,
    "scheduling.userPlaceholder.replicas": int,
    "scheduling.userScheduler.enabled": bool,
    "singleuser.cmd": str,
    "singleuser.cpu.guarantee": float,
    "singleuser.cpu.limit": int,
    "singleuser.defaultUrl": str,
    "singleuser.image.name": str,
    "singleuser.image.tag": str,
    "singleuser.memory.guarantee": str,
    "singleuser.memory.limit": str,
    "singleuser.networkPolicy.egressAllowRules.cloudMetadataServer": bool,
    "singleuser.networkPolicy.egressAllowRules.dnsPortsCloudMetadataServer": bool,
    "singleuser.networkPolicy.egressAllowRules.dnsPortsKubeSystemNamespace": bool,
    "singleuser.networkPolicy.egressAllowRules.dnsPortsPrivateIPs": bool,
    "singleuser.networkPolicy.egressAllowRules.nonPrivateIPs": bool,
    "singleuser.networkPolicy.egressAllowRules.privateIPs": bool,
    "singleuser.networkPolicy.enabled": bool,
    "singleuser.startTimeout": int,
    "singleuser.storage.capacity": str,
}
"""Keys of the chart with their types, as `jupyterhub/values.schema.yaml` of jupyterhub/zero-to-jupyterhub-k8s has them.

At its commit 48ea50e3 of 24 July 2026, the chart's own values with ours laid over them are valid by that schema.
"""


def leaves(values: dict[str, Any], above: str = "") -> Iterator[tuple[str, type]]:
    """Each key's path, with the type of its value."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", type(value)


def test_keys_are_the_charts():
    """Helm refuses a key that the chart doesn't have, in front of the room."""
    assert dict(leaves(VALUES)) == KNOWN


def test_only_dns_and_the_hub_are_reached():
    """The chart itself lets learners' servers reach the Hub and its proxy; beside that, only DNS."""
    rules = VALUES["singleuser"]["networkPolicy"]["egressAllowRules"]

    assert {name for name, allowed in rules.items() if allowed} == {name for name in rules if name.startswith("dns")}


def test_image_has_the_charts_jupyterhub():
    """Servers and Hub have to have the same first number."""
    assert "ARG JUPYTERHUB=5." in DOCKERFILE
    assert "--version 4." in PAGE  # of the chart, which has JupyterHub 5
    assert VALUES["singleuser"]["image"]["name"] in PAGE


def test_learners_fit_the_sizing_table():
    """The guarantee holds a learner with a few lessons open, the limit one who never shuts a kernel down."""
    megabytes = [int(size) for size in re.findall(r"^\| a learner who .* \| (\d+) MB \|$", PAGE, re.MULTILINE)]
    memory = VALUES["singleuser"]["memory"]

    assert len(megabytes) == 2
    assert megabytes[0] < int(memory["guarantee"].removesuffix("M"))
    assert megabytes[1] < 1000 * int(memory["limit"].removesuffix("G"))


@pytest.mark.parametrize("kind", [KernelManager, MappingKernelManager])
def test_server_knows_its_settings(kind):
    """Jupyter passes over names that it doesn't know, so a misspelt one would do nothing."""
    assert SETTINGS[kind.__name__].keys() <= kind.class_traits(config=True).keys()


def test_server_is_for_many_on_one_machine():
    """Kernels listen on files, not on ports that another one can take first; those that nobody uses end."""
    assert SETTINGS["KernelManager"] == {"transport": "ipc"}
    assert SETTINGS["MappingKernelManager"]["cull_idle_timeout"] >= 1800  # longer than a break
