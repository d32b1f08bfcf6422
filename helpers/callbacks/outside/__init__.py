"""Public side of the listener: the door at which everything comes from outside, and the tunnel that leads there."""
