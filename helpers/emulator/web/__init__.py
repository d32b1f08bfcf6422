"""Web server that the emulator and a lesson's callback listener share. It knows nothing of TaskRouter."""
