"""What would help: changes tried on copies, the smallest first."""
