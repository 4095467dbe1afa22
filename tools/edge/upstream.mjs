// A server that counts: node upstream.mjs PORT grpc|http die|answer FILE
//
// Takes each request whole, writes one line about it to FILE, and then either answers or closes the connection, as a server would
// that ends right after it did what it was asked.
import { appendFileSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";

const [port, protocol, what, file] = process.argv.slice(2);
const note = (path, headers, bytes) =>
  appendFileSync(file, JSON.stringify({ path, forwarded: headers["x-forwarded-for"], real: headers["x-real-ip"], bytes }) + "\n");

if (protocol === "grpc") {
  const server = http2.createServer();
  const sockets = new Set();
  server.on("connection", (socket) => sockets.add(socket.on("close", () => sockets.delete(socket))));
  server.on("sessionError", () => {});
  server.on("stream", (stream, headers) => {
    let bytes = 0;
    stream.on("error", () => {});
    stream.on("data", (chunk) => (bytes += chunk.length));
    stream.on("end", () => {
      note(headers[":path"], headers, bytes);
      if (what === "die") {
        sockets.forEach((socket) => socket.destroy());
        return;
      }
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(Buffer.from([0, 0, 0, 0, 0]));
    });
  });
  server.listen(Number(port), "127.0.0.1");
} else {
  http
    .createServer((request, response) => {
      note(request.url, request.headers, 0);
      if (what === "die") {
        request.socket.destroy();
      } else {
        response.setHeader("cache-control", "no-store").end("{}");
      }
    })
    .listen(Number(port), "127.0.0.1");
}
