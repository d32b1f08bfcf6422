"""What is built from this project for others: an image and an action of the emulator, and a web site."""
