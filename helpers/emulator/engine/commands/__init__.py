"""Commands: a module for each resource, one for instructions and one for deadlines.

A command with a SID raises NotFound if the Workspace has no such resource, and PreconditionFailed if ``if_match`` is
given and is not its version.
"""
