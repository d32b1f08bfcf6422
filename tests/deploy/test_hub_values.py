"""Values for Zero to JupyterHub, and the server's settings: keys that exist, and figures that fit one another."""

from __future__ import annotations

import json
import os
import re
import runpy
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
from traitlets.config import Config

from helpers.room.board_server import PORT
from tests.notebooks.test_links import links
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
    "proxy.https.enabled": bool,
    "proxy.https.hosts": list,
    "proxy.https.letsencrypt.contactEmail": str,
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
    "singleuser.networkPolicy.egress": list,
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


def test_only_dns_the_hub_and_the_board_are_reached():
    """The chart itself lets learners' servers reach the Hub and its proxy; beside that, DNS and the board's pod."""
    policy = VALUES["singleuser"]["networkPolicy"]
    rules, (board,) = policy["egressAllowRules"], policy["egress"]

    assert board["to"] == [{"podSelector": {"matchLabels": {"run": "board"}}}]
    assert board["ports"] == [{"port": PORT}]
    assert f"kubectl run board --namespace room --image {VALUES['singleuser']['image']['name']}:1 --port {PORT}" in PAGE
    assert {name for name, allowed in rules.items() if allowed} == {name for name in rules if name.startswith("dns")}


def test_password_is_sent_by_https():
    """The chart has no HTTPS without a name and an address, whatever `enabled` says; the page uses the same name."""
    https = VALUES["proxy"]["https"]

    assert https["enabled"]
    assert https["letsencrypt"]["contactEmail"]
    assert f"https://{https['hosts'][0]}/hub/" in PAGE


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


@pytest.fixture
def homes(monkeypatch):
    """Folder of the learners' homes, with a short path, as the configuration asks for."""
    with tempfile.TemporaryDirectory(prefix="room-", dir="/tmp") as folder:
        monkeypatch.setenv("ROOM_HOMES", f"{folder}/room")
        yield Path(folder, "room")


@pytest.fixture
def hub_config(homes, monkeypatch):
    """What the configuration for one machine says, with a password and a room code."""
    monkeypatch.setenv("ROOM_PASSWORD", "correct horse")
    monkeypatch.setenv("ROOM_CODE", "K7QM4T")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)  # tests may run as root
    return read_config()


def read_config():
    """Run the configuration as JupyterHub does."""
    config = Config()
    runpy.run_path(str(HUB / "jupyterhub_config.py"), {"get_config": lambda: config})
    return config


def test_hub_knows_its_settings(hub_config):
    """A misspelt name would do nothing here, too."""
    from jupyterhub.app import JupyterHub  # takes seconds, which each process would need that collects tests
    from jupyterhub.auth import Authenticator
    from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
    from jupyterhub.spawner import SimpleLocalProcessSpawner, Spawner

    classes = {"SharedPasswordAuthenticator": SharedPasswordAuthenticator, "Authenticator": Authenticator}
    classes |= {"JupyterHub": JupyterHub, "Spawner": Spawner, "SimpleLocalProcessSpawner": SimpleLocalProcessSpawner}

    for name, settings in hub_config.items():
        assert settings.keys() <= classes[name].class_traits(config=True).keys()


@pytest.mark.parametrize("password", ["", "1234567"])
def test_hub_without_a_password_says_so(monkeypatch, password):
    """In a sentence, instead of starting without one, or with one that JupyterHub refuses."""
    monkeypatch.setenv("ROOM_PASSWORD", password)

    with pytest.raises(SystemExit, match="ROOM_PASSWORD is missing or has fewer than eight characters"):
        read_config()


def test_board_is_there_with_a_room_code(hub_config, monkeypatch):
    """The service and the learners' servers have one address; without a code, there is none."""
    service = next(each for each in hub_config.JupyterHub.services if each["name"] == "board")
    address = f"{service['url']}/services/board/?room=K7QM4T"
    assert service["environment"]["TASKROUTER_BOARD"] == hub_config.Spawner.environment["TASKROUTER_BOARD"] == address

    monkeypatch.delenv("ROOM_CODE")
    assert [each["name"] for each in read_config().JupyterHub.services] == ["idle-culler"]


def test_board_has_the_path_that_the_hub_gives_it(hub_config, monkeypatch):
    """A Hub below a path tells its services one below that; the address to listen at changes nothing else."""
    monkeypatch.setenv("ROOM_URL", "http://10.0.0.5:9000/school/")

    address = read_config().Spawner.environment["TASKROUTER_BOARD"]
    assert address == "http://127.0.0.1:8801/school/services/board/?room=K7QM4T"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ROOM_URL", "http://:99999", "ROOM_URL is 'http://:99999'. Set it to an address to listen at"),
        ("ROOM_URL", "8000", "ROOM_URL is '8000'."),
        ("ROOM_URL", "https://:443", "ROOM_URL is 'https://:443'."),
        ("ROOM_CODE", "our room", "ROOM_CODE is 'our room'. Set it to 6 to 32 letters"),
        ("ROOM_HOMES", "/tmp/" + "long" * 11, "Set it to a path of at most 48 characters"),
    ],
)
def test_wrong_setting_ends_the_hub_in_a_sentence(hub_config, monkeypatch, name, value, said):
    """Before anybody logs in, and with what to do."""
    monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit, match=re.escape(said)):
        read_config()


def test_homes_that_nobody_may_make_end_the_hub(hub_config, homes, monkeypatch):
    """Not the first learner's log-in."""
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(SystemExit, match=f"ROOM_HOMES is {homes}, which you may not write"):
        read_config()


def test_root_ends_the_hub(hub_config, monkeypatch):
    """Not each learner's log-in, after three minutes."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    with pytest.raises(SystemExit, match="You are root, and Jupyter's servers don't start as root"):
        read_config()


def test_homes_are_each_seats_own(hub_config, homes):
    """What is missing is copied; the sockets' folder has a short path of its own; nobody else may read them."""
    spawner = SimpleNamespace(user=SimpleNamespace(name="seat-12", id=12))
    hub_config.Spawner.pre_spawn_hook(spawner)
    changed, deleted = sorted((homes / "seat-12/notebooks").glob("0[34]_*.ipynb"))
    changed.write_text("mine", encoding="utf-8")
    original = deleted.read_bytes()
    deleted.unlink()
    deleted.with_name(f".{deleted.name}").write_bytes(original[:100])  # a copy that was interrupted
    hub_config.Spawner.pre_spawn_hook(spawner)

    assert changed.read_text(encoding="utf-8") == "mine"
    assert deleted.read_bytes() == original
    assert [path for path in homes.rglob(".*") if path.name != ".run"] == []
    assert hub_config.Spawner.environment["JUPYTER_RUNTIME_DIR"](spawner) == str(homes / ".run/12")
    assert [(homes / name).stat().st_mode & 0o077 for name in ("seat-12", ".run/12")] == [0, 0]


def test_links_of_lessons_lead_somewhere_in_a_home(hub_config, homes):
    """A home has every page that one of its notebooks leads to."""
    hub_config.Spawner.pre_spawn_hook(SimpleNamespace(user=SimpleNamespace(name="seat-12", id=12)))
    pages = list((homes / "seat-12/notebooks").rglob("*.ipynb"))

    assert {path.parent.name for path in pages} == {"notebooks", "instructor", "reference", "solutions"}
    assert [(path.name, link) for path in pages for link, _ in links(path) if not (path.parent / link).exists()] == []


def test_server_is_for_many_on_one_machine():
    """Kernels listen on files, not on ports that another one can take first; those that nobody uses end."""
    assert SETTINGS["KernelManager"] == {"transport": "ipc"}
    assert SETTINGS["MappingKernelManager"]["cull_idle_timeout"] >= 1800  # longer than a break
