"""Ground of the suite, chosen once: a machine (threads, sockets, files, processes) or a web page (none of them)."""
