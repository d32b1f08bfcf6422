"""File of ngrok's agent: pyngrok downloads it when it is first needed, and again when the learner asks for that."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.errors.tunnel_errors import AgentInUse, AgentMissing, AgentNotRenewed
from helpers.ground.machine.tunnel.agent_trouble import why_not_downloaded

__all__ = ["download_if_missing", "own_path", "renew"]


def own_path() -> str:
    """Return the path to which pyngrok downloads the agent."""
    from pyngrok import conf

    return conf.DEFAULT_NGROK_PATH


def download_if_missing(path: str) -> None:
    """Download the agent if it isn't at ``path``, and say so before.

    Raises:
        AgentMissing: ``path`` isn't that of downloads, and there is no file.
        PyngrokError, OSError: it can't be downloaded.
    """
    if Path(path).exists():
        return
    if path != own_path():
        raise AgentMissing(path)
    _download(path)


def renew() -> None:
    """Download the agent again, in place of the one that pyngrok downloaded before; if that fails, the old one stays.

    Raises:
        AgentNotRenewed: it can't be downloaded.
        AgentInUse: the old one can't be replaced.
    """
    from pyngrok.exception import PyngrokError

    try:
        _download(own_path())
    except (PyngrokError, OSError) as error:
        raise AgentNotRenewed(getattr(error, "strerror", None) or why_not_downloaded(error)) from None


def _download(path: str) -> None:
    """Download the agent into a folder beside ``path``, then move it there: half an agent would be taken for one."""
    from pyngrok import installer

    folder = Path(path).parent
    shown = Path("~", folder.relative_to(Path.home())) if folder.is_relative_to(Path.home()) else folder
    print(f"Downloading the ngrok agent, a program made by ngrok, to {shown}.")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as place:
        installer.install_ngrok(str(Path(place, Path(path).name)))
        try:
            Path(place, Path(path).name).replace(path)
        except OSError as error:
            if not Path(path).exists():
                raise
            raise AgentInUse(error.strerror or str(error)) from None
