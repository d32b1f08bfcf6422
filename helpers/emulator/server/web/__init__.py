"""Web server that the emulator and a lesson's callback listener share, without knowledge of TaskRouter."""
