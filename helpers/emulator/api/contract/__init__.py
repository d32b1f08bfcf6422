"""The API described: schemas, OpenAPI, the support matrix, and where it differs from Twilio's."""
