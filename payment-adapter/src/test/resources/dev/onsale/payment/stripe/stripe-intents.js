// Stands in for Stripe: the third-party imitation stripe-stateful-mock (its cards, charges, refunds, idempotency and keys), with
// payment intents, which it lacks, in front of its charges. Usage: node stripe-intents.js FOLDER-WITH-NODE_MODULES
// Prints its port. A payment method can begin with `late_` (done, but answered after 8 s) or `500_` (the first is a 500).
const home = process.argv[2];
const load = (name) => require(`${home}/node_modules/${name}`);
load("loglevel").setLevel("silent");
const express = load("express");
const { auth } = load("stripe-stateful-mock/dist/api/auth");
const { idempotencyRoute } = load("stripe-stateful-mock/dist/api/idempotency");
const { RestError } = load("stripe-stateful-mock/dist/api/RestError");
const { charges } = load("stripe-stateful-mock/dist/api/charges");
const { refunds } = load("stripe-stateful-mock/dist/api/refunds");
const { routes } = load("stripe-stateful-mock/dist/routes");

const ACCOUNT = "acct_default";
const intents = new Map();
const faulted = new Set();
const app = express();
app.use(load("body-parser").urlencoded({ extended: true }));
app.use(auth.authRoute);
app.use(idempotencyRoute);

const unexpected = (intent) =>
  new RestError(400, {
    code: "payment_intent_unexpected_state",
    message: `This PaymentIntent has a status of ${intent.status}.`,
    type: "invalid_request_error",
  });
const find = (id) => {
  if (!intents.has(id)) throw new RestError(404, { code: "resource_missing", message: id, type: "invalid_request_error" });
  return intents.get(id);
};
const shown = (intent) => ({
  ...intent,
  latest_charge: intent.charge ? charges.retrieve(ACCOUNT, intent.charge, "id") : null,
});

app.post("/v1/payment_intents", (req, res) => {
  const intent = {
    id: `pi_${intents.size + 1}_${Math.random().toString(36).slice(2)}`,
    object: "payment_intent",
    amount: +req.body.amount,
    amount_received: 0,
    capture_method: req.body.capture_method,
    created: Math.floor(Date.now() / 1000),
    currency: req.body.currency,
    last_payment_error: null,
    metadata: req.body.metadata,
    status: "requires_payment_method",
  };
  intents.set(intent.id, intent);
  res.status(200).json(shown(intent));
});

app.get("/v1/payment_intents", (req, res) => {
  const from = +(req.query.created || {}).gte || 0;
  let found = [...intents.values()].filter((each) => each.created >= from).reverse();
  if (req.query.starting_after) found = found.slice(found.findIndex((each) => each.id === req.query.starting_after) + 1);
  const page = found.slice(0, 3); // Small pages, so that there are several.
  res.status(200).json({ object: "list", url: "/v1/payment_intents", has_more: found.length > 3, data: page.map(shown) });
});

app.get("/v1/payment_intents/:id", (req, res) => res.status(200).json(shown(find(req.params.id))));

app.post("/v1/payment_intents/:id/confirm", (req, res) => {
  const intent = find(req.params.id);
  if (intent.status !== "requires_payment_method") throw unexpected(intent);
  const [, fault, source] = /^(late_|500_)?(.*)$/.exec(req.body.payment_method);
  if (!source.startsWith("tok_")) {
    throw new RestError(400, { code: "resource_missing", message: source, type: "invalid_request_error" });
  }
  const first = !faulted.has(intent.id);
  faulted.add(intent.id);
  if (fault === "500_" && first) throw new RestError(500, { message: "try again", type: "api_error" });
  try {
    const charge = charges.create(ACCOUNT, { ...intent, amount: `${intent.amount}`, source, capture: "false" });
    intent.charge = charge.id;
    intent.status = "requires_capture";
    intent.last_payment_error = null;
  } catch (refused) {
    if (refused.error && refused.error.type === "card_error") intent.last_payment_error = refused.error;
    throw refused;
  }
  setTimeout(() => res.status(200).json(shown(intent)), fault === "late_" ? 8000 : 0);
});

app.post("/v1/payment_intents/:id/capture", (req, res) => {
  const intent = find(req.params.id);
  if (intent.status !== "requires_capture") throw unexpected(intent);
  charges.capture(ACCOUNT, intent.charge, {});
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  res.status(200).json(shown(intent));
});

app.post("/v1/payment_intents/:id/cancel", (req, res) => {
  const intent = find(req.params.id);
  if (intent.status === "succeeded" || intent.status === "canceled") throw unexpected(intent);
  if (intent.charge) refunds.create(ACCOUNT, { charge: intent.charge });
  intent.status = "canceled";
  res.status(200).json(shown(intent));
});

app.post("/v1/refunds", (req, res, next) => {
  if (!req.body.payment_intent) return next();
  const charge = find(req.body.payment_intent).charge;
  if (!charge) throw new RestError(400, { code: "charge_not_captured", message: "none", type: "invalid_request_error" });
  res.status(200).json(refunds.create(ACCOUNT, { amount: +req.body.amount, charge }));
});

app.use("/", routes);
app.use((err, req, res, next) => {
  const known = err instanceof RestError;
  if (!known) console.error(err.stack);
  res.status(known ? err.statusCode : 500).json({ error: known ? err.error : { type: "api_error", message: "bug" } });
});
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
