"""Explaining: why Tasks of a running emulator wait, by their SIDs, for readers in any language."""
