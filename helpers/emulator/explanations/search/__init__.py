"""Search: changes tried on copies, the smallest first."""
