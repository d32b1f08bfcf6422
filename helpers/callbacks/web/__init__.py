"""Web server of the listener: HTTP in both directions, and threads that answer."""
