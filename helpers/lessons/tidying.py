"""Tidying up: the tunnel, and the Workspaces that this kernel and killed ones before it created."""

from __future__ import annotations

from helpers.callbacks.listener import current_listener
from helpers.connection import Connection, connect
from helpers.errors import HelperError
from helpers.errors.lesson_problems import NotRemoved
from helpers.ground.choice import current_ground
from helpers.lessons import story
from helpers.webapp.own_app import stop_app

__all__ = ["remove_own", "tidy_up"]


def tidy_up() -> None:
    """Close the tunnel, delete the lessons' Workspace with everything in it, and print what went and what stays.

    The learner's app is stopped; its file stays.
    Outside of an emulator of its own it deletes what this kernel created, and what kernels left that have ended;
    nothing that a living one has, or somebody else. It goes on after a failure, and can be called again.
    """
    connection = connect()
    stop_app()
    told = _close_tunnel(connection) + _remove(connection)
    for line in told or ["Nothing to remove."]:
        print(line)


def remove_own(connection: Connection) -> None:
    """Delete what this kernel created outside of an emulator of its own, and print what it leaves as it is.

    Raises:
        NotRemoved: something couldn't be deleted.
    """
    if connection.belongings is None:
        return
    from helpers.live.survey_sentences import tell_failure, tell_kept

    survey = connection.belongings.remove_own(connection.client)
    for line in tell_kept(survey):
        print(line)
    if failed := [tell_failure(each) for each in survey.fates if each.outcome == "failed"]:
        raise NotRemoved(" ".join(failed))


def _close_tunnel(connection: Connection) -> list[str]:
    """Close it before anything else, as it is open to everyone, and those of killed kernels; return what to tell."""
    told = []
    try:
        if (listener := current_listener()) is not None:
            url = listener.public_url
            listener.hide()
            told += [f"{url} no longer leads to this listener."] if url else []
        if connection.belongings is not None:
            current_ground().end_left_agents(connection.belongings.folder)
    except (HelperError, OSError) as error:
        told.append(f"A tunnel may still be open: {error} Restart the kernel to close it.")
    return told


def _remove(connection: Connection) -> list[str]:
    belongings, client = connection.belongings, connection.client
    if belongings is not None:
        from helpers.live.survey_sentences import tell_removal

        return tell_removal(belongings.remove_own(client), belongings.remove_left(client))
    removed = ", ".join(f"{story.WORKSPACE} ({sid})" for sid in story.remove(client))
    return [f"Removed: {removed}, with everything in it."] if removed else []
