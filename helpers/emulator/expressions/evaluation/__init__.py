"""From tree to verdict."""
