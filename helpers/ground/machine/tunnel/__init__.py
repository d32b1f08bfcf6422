"""Public URL for the listener, through pyngrok."""
