"""Views: pure functions from what TaskRouter and the listener hand over to what is shown. One view a file."""
