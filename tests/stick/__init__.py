"""A bundle as a room without a network uses it; named to run it, as it downloads and installs."""
