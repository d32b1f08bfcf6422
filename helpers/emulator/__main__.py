"""``python -m taskrouter_emulator`` runs the command ``taskrouter-emulator``."""

from __future__ import annotations

import sys

from .command import main

if __name__ == "__main__":
    sys.exit(main())
