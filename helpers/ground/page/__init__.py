"""Web page as the ground: requests, callbacks and the console without threads, sockets, files or processes."""
