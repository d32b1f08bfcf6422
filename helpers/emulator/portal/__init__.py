"""Portal: the web page of an emulator, the counterpart of Twilio's console without an account."""
