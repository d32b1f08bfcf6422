"""The API described: schemas, OpenAPI, the support matrix, and the differences from Twilio's."""
