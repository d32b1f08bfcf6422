"""JupyterHub for a room on one machine. ``docs/room.md`` says how to start it.

All learners share the account that the Hub runs as, so they could read one another's files. That is for a room whose
people trust one another. The page says what to use for others.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

c: Any = get_config()  # type: ignore[name-defined]  # noqa: F821  # JupyterHub's own name for what it fills in

PROJECT = Path(__file__).resolve().parents[2]
fill = runpy.run_path(str(PROJECT / "deploy/hub/home.py"))["fill"]
HOMES = Path(os.environ.get("ROOM_HOMES", "/srv/room")).absolute()
LONGEST_HOMES = 48
"""Characters of that path: on Linux the path of a socket has at most 107, and the rest is a kernel's."""

URL = os.environ.get("ROOM_URL", "http://:8000")
CODE = os.environ.get("ROOM_CODE", "")
PASSWORD = os.environ.get("ROOM_PASSWORD", "")


def refuse(what: str) -> NoReturn:
    """End the Hub before it begins, with one sentence."""
    sys.exit(f"{what}; see docs/room.md.")


def read_path() -> str:
    """Return the path of the address to listen at, without a slash at its end."""
    try:
        parts = urlsplit(URL)
        if parts.scheme == "http" and parts.port != 0:  # to read a port that is none raises an error
            return parts.path.rstrip("/")
    except ValueError:
        pass
    refuse(f"ROOM_URL is {URL!r}. Set it to an address to listen at, such as http://:8000 or http://10.0.0.5:8000")


if len(PASSWORD) < 8:
    refuse("ROOM_PASSWORD is missing or has fewer than eight characters. Set it to what learners type")
if CODE and not re.fullmatch("[A-Za-z0-9]{6,32}", CODE):  # or the Hub starts the board in vain, again and again
    refuse(f"ROOM_CODE is {CODE!r}. Set it to 6 to 32 letters A to Z and digits")
if len(str(HOMES)) > LONGEST_HOMES:
    refuse(f"ROOM_HOMES is {HOMES}. Set it to a path of at most {LONGEST_HOMES} characters, or no kernel starts")
if not os.access(next(each for each in (HOMES, *HOMES.parents) if each.exists()), os.W_OK):
    refuse(f"ROOM_HOMES is {HOMES}, which you may not write. Set it to a folder of your own")

if os.geteuid() == 0 and "--Spawner.args=--allow-root" not in sys.argv:  # or each log-in waits in vain for a server
    refuse("You are root, and Jupyter's servers don't start as root. Start the Hub from another account")

# Learners' servers are on this machine, and reach the board itself; browsers reach it through the Hub's proxy.
BOARD_URL = f"http://127.0.0.1:{os.environ.get('ROOM_BOARD_PORT', '8801')}"
BOARD = f"{BOARD_URL}{read_path()}/services/board/?room={CODE}" if CODE else ""
c.JupyterHub.bind_url = URL

# Everybody has the password that is on the wall, and a seat's label as name, which is also that of a folder.
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = PASSWORD
c.Authenticator.allow_all = True
c.Authenticator.username_pattern = r"^[a-z0-9][a-z0-9-]{0,31}$"
c.JupyterHub.template_vars = {
    "announcement_login": "Your name here is your seat's, such as seat-12: letters from a to z, digits and dashes."
}

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{HOMES}/{{username}}"
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(PROJECT / "deploy/hub/etc"),  # kernels without ports, and culling
    **({"TASKROUTER_BOARD": BOARD} if BOARD else {}),
    # Not in the home, whose path is longer than a socket's may be.
    "JUPYTER_RUNTIME_DIR": lambda spawner: str(runtime_of(spawner)),
    "TASKROUTER_PROGRESS": "~/.taskrouter/progress.json",  # each seat's own
    "TASKROUTER_LIVE_LEDGER": "~/.taskrouter/live",
}

# When a room begins, everybody logs in at once. Whoever is above the limit gets an error page, and has to try again
# after half a minute. So it is above a room's size: servers that start at once only take longer.
c.JupyterHub.concurrent_spawn_limit = 60
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180


def runtime_of(spawner: Any) -> Path:
    """Return the folder of the sockets of a learner's kernels."""
    return HOMES / ".run" / str(spawner.user.id)


def prepare_home(spawner: Any) -> None:
    """Make the learner's folders, and fill the home."""
    home = HOMES / spawner.user.name
    for folder in (home, runtime_of(spawner)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fill(home)


c.Spawner.pre_spawn_hook = prepare_home

# A server that nobody uses for an hour ends; its files stay.
c.JupyterHub.services = [
    {"name": "idle-culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]}
]
if BOARD:  # for those who share their progress; the instructor opens /services/board/?room=CODE
    c.JupyterHub.services.append(
        {
            "name": "board",
            "url": BOARD_URL,
            "command": [sys.executable, "-m", "helpers.room"],
            "environment": {"TASKROUTER_BOARD": BOARD},
        }
    )
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
