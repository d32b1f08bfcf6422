"""The doctor: is this machine ready, and which of a room's machines aren't?"""
