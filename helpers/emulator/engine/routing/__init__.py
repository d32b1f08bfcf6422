"""From a waiting Task to a Worker: matching, selection, offers, and what follows from them."""
