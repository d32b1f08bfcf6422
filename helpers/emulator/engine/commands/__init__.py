"""Commands: one module for each resource, and two for what nobody asks for by REST."""
