"""Description of the API: schemas, OpenAPI, the support matrix, and the differences from Twilio's."""
