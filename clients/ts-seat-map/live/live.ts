// Follows the demo event of a running system while seats are held and released, over a stream that is cut again and again,
// and compares what the follower shows with what the service answers for the same version.
//
// Usage: node dist/live/live.js (tools/clients/ts-seat-map.sh builds it and makes the token)
// Environment: FAN_TOKEN, PROTO, PROTO_IMPORTS; ONSALE_COMMAND, ONSALE_QUERY.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { Follower, SeatStatus, type Receiver, type SeatMap, type Snapshot, type Stream } from '../src/index.js';
import { GrpcTransport } from '../src/grpc.js';

const command = process.env['ONSALE_COMMAND'] ?? '127.0.0.1:7001';
const query = process.env['ONSALE_QUERY'] ?? '127.0.0.1:7002';
const folders = [process.env['PROTO'] ?? '', process.env['PROTO_IMPORTS'] ?? ''];
const definition = loader.loadSync(
  [
    'onsale/inventory/v1/hold_service.proto',
    'onsale/query/v1/catalog_query_service.proto',
    'onsale/query/v1/seat_map_service.proto',
  ],
  { includeDirs: folders, longs: String, enums: String, defaults: true, oneofs: true },
);

function call<R>(address: string, service: string, name: string, request: object, token?: string): Promise<R> {
  const methods = definition[service] as grpc.ServiceDefinition;
  const method = methods[name] as grpc.MethodDefinition<object, unknown>;
  const headers = new grpc.Metadata();
  if (token) headers.set('authorization', `Bearer ${token}`);
  const client = new grpc.Client(address, grpc.credentials.createInsecure());
  return new Promise<R>((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      headers,
      { deadline: Date.now() + 15_000 },
      (error: grpc.ServiceError | null, answer?: unknown) => (error ? reject(error) : resolve(answer as R)),
    );
  }).finally(() => client.close());
}

/** Cuts streams off from the outside, as a network does. */
class CutTransport extends GrpcTransport {
  private open: { stream: Stream; receiver: Receiver } | undefined;
  resumed = 0;

  override watch(eventId: string, sections: readonly string[], resumeVersion: bigint, receiver: Receiver): Stream {
    if (resumeVersion > 0n) this.resumed++;
    const stream = super.watch(eventId, sections, resumeVersion, receiver);
    this.open = { stream, receiver };
    return stream;
  }

  cut(): void {
    this.open?.stream.cancel();
    this.open?.receiver.ended(new Error('cut off'));
  }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `${what}: not within 20 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function packedStatus(snapshot: Snapshot, ordinal: number): number {
  return (snapshot.block!.packed[ordinal >> 2]! >> ((ordinal & 3) * 2)) & 3;
}

const { events } = await call<{ events: { eventId: string; name: string }[] }>(
  query,
  'onsale.query.v1.CatalogQueryService',
  'SearchEvents',
  { query: process.env['EVENT_NAME'] ?? 'breakwaters', pageSize: 1 },
);
const { eventId, name } = events[0]!;
const token = process.env['FAN_TOKEN'];

let shown: SeatMap | undefined;
let updates = 0;
const gaps: unknown[] = [];
const transport = new CutTransport(query, folders);
const follower = new Follower(transport, eventId, {
  updated: (map) => {
    shown = map;
    updates++;
  },
  gap: (gap) => gaps.push(gap),
});
await until('the first snapshot', () => shown !== undefined);
const map = shown!;
console.log(`following ${name}: ${map.places.size} places in ${map.places.sections.length} sections`);

type Hold = { hold: { holdId: string; seats: { seatId: string; ordinal: number }[] } };
const HOLDS = 'onsale.inventory.v1.HoldService';
for (let round = 0; round < 12; round++) {
  const { hold } = await call<Hold>(
    command, HOLDS, 'CreateHold', { requestId: randomUUID(), eventId, bestAvailable: { quantity: 2 } }, token);
  if (round % 4 === 1) transport.cut();
  await until('the held seats are shown', () => hold.seats.every((seat) => map.status(seat.seatId) === SeatStatus.Held));
  for (const seat of hold.seats) assert.equal(map.places.ordinal(seat.seatId), seat.ordinal);
  if (round % 4 === 3) transport.cut();
  await call(command, HOLDS, 'ReleaseHold', { requestId: randomUUID(), holdId: hold.holdId }, token);
  await until('they are free again', () => hold.seats.every((seat) => map.status(seat.seatId) === SeatStatus.Available));
}

// Another may be buying at this moment: compare at one and the same version.
let answered: Snapshot | undefined;
for (let tries = 0; tries < 50 && !answered; tries++) {
  const statuses = await call<Snapshot>(
    query, 'onsale.query.v1.SeatMapService', 'GetSeatStatuses', { eventId, oneBlock: true, minVersion: map.version.toString() });
  if (BigInt(statuses.asOf!.version!) === map.version) answered = statuses;
  else await new Promise((resolve) => setTimeout(resolve, 100));
}
assert.ok(answered, 'no answer for the version shown');
let seats = 0;
for (let ordinal = 0; ordinal < map.places.size; ordinal++) {
  if (map.places.isSeat(ordinal)) {
    seats++;
    assert.equal(map.status(ordinal), packedStatus(answered, ordinal), `ordinal ${ordinal}`);
  }
}
assert.ok(transport.resumed >= 4, `resumed ${transport.resumed} times`);
assert.deepEqual(gaps, []);
follower.close();
transport.close();
console.log(`${seats} seats as the service shows them, after ${updates} updates, ${transport.resumed} streams resumed, no gap`);
