"""Search for the smallest change: possible ones are tried on copies, the smallest first."""
