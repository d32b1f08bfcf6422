"""Why a Task waits, and what would move it."""
