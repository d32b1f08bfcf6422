"""Machine as the ground: web server of the listener, threads, ``.env``, and ngrok's agent."""
