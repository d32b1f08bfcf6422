"""Routing, from a waiting Task to a reserved Worker: steps, matching, selection, offers, changes of status."""
