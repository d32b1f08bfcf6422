"""What the tests of this folder share."""

from __future__ import annotations

from tests.deploy.wheelhouse import offline_pip
from tests.docs.conftest import terminal_environment
