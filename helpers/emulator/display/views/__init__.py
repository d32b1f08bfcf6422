"""Views: pure functions from resources and requests to blocks and state, one view a module."""
