"""Machine's side of the server: its thread, its sockets, its timer, and the transport of its callbacks."""
