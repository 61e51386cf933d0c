// What a receiver does: verifies a request with the library of the Standard Webhooks specification.
import { Webhook } from "standardwebhooks";

const { WEBHOOK_SECRET, WEBHOOK_HEADERS, WEBHOOK_BODY, WEBHOOK_HOLDS } = process.env;
let holds = true;
try {
  const event = new Webhook(WEBHOOK_SECRET).verify(WEBHOOK_BODY, JSON.parse(WEBHOOK_HEADERS));
  if (event.specversion !== "1.0") throw new Error("It is no CloudEvent.");
} catch (error) {
  holds = false;
  console.log(error.message);
}

if (String(holds) !== WEBHOOK_HOLDS) {
  console.error(`The signature ${holds ? "holds" : "does not hold"}.`);
  process.exit(1);
}
