"""The portal in a browser, on emulators of the tests' own."""
