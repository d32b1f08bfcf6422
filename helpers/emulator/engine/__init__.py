"""The rules of TaskRouter, pure: no HTTP, no threads, no sockets, no time of their own.

A command runs in a :class:`~.transaction.Transaction`, changes the records of one workspace and leaves behind a
:class:`~.model.changes.Changes`: what to store, what happened, and whom to tell.
"""
