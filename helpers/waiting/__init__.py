"""Waits for what TaskRouter does by itself: at Twilio it takes a moment, in a lesson it has happened already."""
