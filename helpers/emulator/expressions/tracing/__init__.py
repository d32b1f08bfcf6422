"""Why an expression is true or false, and what would make it true."""
