"""Display of all that is shown: blocks become words, HTML, and state that the scripts in ``static`` draw."""
