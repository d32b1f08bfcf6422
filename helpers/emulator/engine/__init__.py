"""The rules of TaskRouter, pure: no HTTP, no threads, no sockets, no time of their own.

A command runs in a :class:`~.turn.Turn`, changes the records of one workspace and leaves behind a
:class:`~.changes.Changes`: what to store, what happened, and whom to tell.
"""
