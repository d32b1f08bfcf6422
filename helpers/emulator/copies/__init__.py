"""Copies of a Workspace from elsewhere, read with GET requests or pasted, without contact data."""

from __future__ import annotations

from .copying import copy_workspace
from .pasting import paste_workspace
from .workspace_copy import WorkspaceCopy

__all__ = ["WorkspaceCopy", "copy_workspace", "paste_workspace"]
