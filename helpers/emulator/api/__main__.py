"""``python -m taskrouter_emulator.api`` prints the support matrix."""

from __future__ import annotations

from .contract.support_matrix import support_matrix

if __name__ == "__main__":
    print(support_matrix(), end="")
