"""Parts for a TaskRouter that others use, too: the account, consent, and a ledger of what was created there."""
