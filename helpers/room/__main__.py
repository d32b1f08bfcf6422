"""Room board as a program: ``python -m helpers.room``."""

from __future__ import annotations

import sys

from helpers.room.board_command import main

sys.exit(main(sys.argv[1:]))
