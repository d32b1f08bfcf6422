"""Time travel: moments of an emulator's past, forks that go on from them, and replays."""
