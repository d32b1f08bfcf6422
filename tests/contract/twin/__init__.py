"""Twin run: a notebook run locally and live, and a ledger of what TaskRouter answered differently."""
