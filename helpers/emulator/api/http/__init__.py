"""HTTP in both directions: credentials, bodies, headers, error responses."""
