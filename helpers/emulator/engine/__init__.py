"""TaskRouter's rules, pure: no HTTP, no threads, no sockets, no clock of their own.

A command runs in a :class:`~.transaction.Transaction`, changes the records of one Workspace and fills
:class:`~.model.changes.Changes`: records to store, events that happened, callbacks to send.
"""
