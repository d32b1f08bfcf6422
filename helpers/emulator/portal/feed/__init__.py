"""Feed of the portal: the state of a Workspace as records, then what changes in it, to whoever subscribed."""
