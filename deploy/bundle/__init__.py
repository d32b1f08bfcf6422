"""The stick: everything that a room without a network needs, in one folder."""
