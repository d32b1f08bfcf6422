"""Live mode's own parts, loaded by nobody else: the account, consent, and a ledger of what was created in it."""
