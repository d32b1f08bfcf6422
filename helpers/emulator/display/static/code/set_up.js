// Lines that come before the code of a call: they make its client from the environment, where the secrets are.

const EMULATOR_IN_PYTHON = `import os

from taskrouter_emulator.sdk import EmulatorHttpClient
from twilio.rest import Client

client = Client(
    os.environ["TWILIO_ACCOUNT_SID"],
    os.environ["TWILIO_AUTH_TOKEN"],
    http_client=EmulatorHttpClient(os.environ["TASKROUTER_URL"]),
)`;

const TWILIO_IN_PYTHON = `import os

from twilio.rest import Client

client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])`;

const ROUTES_IN_PYTHON = `import os\n\nimport requests

emulator = os.environ["TASKROUTER_URL"]
auth = (os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])`;

const EMULATOR_IN_NODE = `import twilio from "twilio";

class EmulatorClient extends twilio.RequestClient {
  request(options) {
    const uri = options.uri.replace("https://taskrouter.twilio.com", process.env.TASKROUTER_URL);
    return super.request({ ...options, uri });
  }
}

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = process.env;
const client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, { httpClient: new EmulatorClient() });`;

const TWILIO_IN_NODE = `import twilio from "twilio";

const client = twilio(process.env.TWILIO_ACCOUNT_SID, process.env.TWILIO_AUTH_TOKEN);`;

const ROUTES_IN_NODE = `const emulator = process.env.TASKROUTER_URL;
const credentials = \`\${process.env.TWILIO_ACCOUNT_SID}:\${process.env.TWILIO_AUTH_TOKEN}\`;
const headers = { Authorization: \`Basic \${btoa(credentials)}\` };`;

/** The lines before a call in `language`; "" where the call needs none but the variables of the environment. */
export function setUp(call, language, { mode } = {}) {
  if (call.path[0] === "_emulator") return { python: ROUTES_IN_PYTHON, node: ROUTES_IN_NODE, curl: "" }[language];
  if (mode === "live") return { python: TWILIO_IN_PYTHON, node: TWILIO_IN_NODE, curl: "" }[language];
  return { python: EMULATOR_IN_PYTHON, node: EMULATOR_IN_NODE, curl: "" }[language];
}
