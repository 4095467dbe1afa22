// A partner's end of a webhook, in Node's standard library alone: takes deliveries, and checks what came by docs/partners.md.
//
// usage: webhooks.mjs receive FILE                        takes deliveries into FILE, a JSON object a line; prints its port
//        webhooks.mjs check FILE SECRET JWKS              prints `number kind booking` of each, in the order they came
//        webhooks.mjs check-feed ANSWER JWKS              the same of an answer of ListChanges
// SECRET is the text, FILE, JWKS and ANSWER are files. Ends with 1 at the first that proves wrong.
import { createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

// docs/partners.md: javascript
export function verifyWebhook(secret, header, body, nowSeconds) {
  const parts = header.split(",").map((part) => part.split("="));
  const time = parts.find(([name]) => name === "t")?.[1] ?? "";
  const expected = createHmac("sha256", secret).update(`${time}.`).update(body).digest();
  const genuine = parts.some(([name, hex]) => {
    const signature = Buffer.from(hex ?? "", "hex");
    return name === "v1" && signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  return genuine && Math.abs(nowSeconds - Number(time)) <= 300;
}

export function verifyChange(jwks, payload, detached) {
  const [header, empty, signature] = detached.split(".");
  const { alg, kid } = JSON.parse(Buffer.from(header, "base64url").toString());
  const jwk = jwks.keys.find((key) => key.kid === kid);
  const signed = `${header}.${Buffer.from(payload).toString("base64url")}`;
  return (
    alg === "EdDSA" &&
    empty === "" &&
    jwk !== undefined &&
    verify(null, Buffer.from(signed), createPublicKey({ key: jwk, format: "jwk" }), Buffer.from(signature, "base64url"))
  );
}
// end

const MOST_BYTES = 64 * 1024;

function receive(file) {
  const server = createServer((request, response) => {
    const chunks = [];
    let bytes = 0;
    request.on("data", (chunk) => {
      bytes += chunk.length;
      bytes <= MOST_BYTES ? chunks.push(chunk) : request.destroy();
    });
    request.on("end", () => {
      const line = { at: Date.now() / 1000, headers: request.headers, body: Buffer.concat(chunks).toString() };
      appendFileSync(file, JSON.stringify(line) + "\n");
      response.writeHead(204).end();
    });
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
}

function show(payload) {
  const { number, kind, booking_id: booking } = JSON.parse(payload);
  console.log(number, kind, booking ?? "-");
}

function must(fits, what) {
  if (!fits) {
    console.error(what);
    process.exit(1);
  }
}

const [command, file, ...rest] = process.argv.slice(2);
if (command === "receive") {
  receive(file);
} else if (command === "check") {
  const jwks = JSON.parse(readFileSync(rest[1], "utf8"));
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const { at, headers, body } = JSON.parse(line);
    must(verifyWebhook(rest[0], headers["onsale-signature"], body, at), `not signed by the secret: ${body}`);
    must(!verifyWebhook(rest[0], headers["onsale-signature"], body + " ", at), "the signature is over something else");
    must(verifyChange(jwks, body, headers["onsale-jws"]), `not signed by a key: ${body}`);
    show(body);
  }
} else if (command === "check-feed") {
  const jwks = JSON.parse(readFileSync(rest[0], "utf8"));
  for (const { payload, signature } of JSON.parse(readFileSync(file, "utf8")).changes ?? []) {
    must(verifyChange(jwks, payload, signature), `not signed by a key: ${payload}`);
    must(!verifyChange(jwks, payload + " ", signature), "the signature is over something else");
    show(payload);
  }
}
