"""Requests and answers as HTTP has them: credentials, bodies, headers, errors."""
