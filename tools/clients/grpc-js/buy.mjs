// Buys two tickets on a running system and checks them in: a foreign client, made from the published protos alone.
//
// Usage: node buy.mjs   (tools/clients/grpc-js/run.sh fetches what it needs and makes the tokens)
// Environment: FAN_TOKEN, RIVAL_TOKEN, SUPPORT_TOKEN, SCANNER_TOKEN, PROTO, PROTO_IMPORTS; ONSALE_COMMAND, ONSALE_QUERY.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const command = process.env.ONSALE_COMMAND ?? '127.0.0.1:7001';
const query = process.env.ONSALE_QUERY ?? '127.0.0.1:7002';

const definition = loader.loadSync(
  [
    'onsale/inventory/v1/hold_service.proto',
    'onsale/booking/v1/booking_service.proto',
    'onsale/ticket/v1/ticket_service.proto',
    'onsale/query/v1/catalog_query_service.proto',
    'onsale/query/v1/seat_map_service.proto',
    'onsale/query/v1/availability_service.proto',
    'onsale/query/v1/booking_search_service.proto',
  ],
  { includeDirs: [process.env.PROTO, process.env.PROTO_IMPORTS], longs: String, enums: String, defaults: true, oneofs: true },
);
const { onsale } = grpc.loadPackageDefinition(definition);
const plain = grpc.credentials.createInsecure();
const holds = new onsale.inventory.v1.HoldService(command, plain);
const bookings = new onsale.booking.v1.BookingService(command, plain);
const tickets = new onsale.ticket.v1.TicketService(command, plain);
const catalog = new onsale.query.v1.CatalogQueryService(query, plain);
const seatMap = new onsale.query.v1.SeatMapService(query, plain);
const availability = new onsale.query.v1.AvailabilityService(query, plain);
const search = new onsale.query.v1.BookingSearchService(query, plain);

function metadata(token) {
  const headers = new grpc.Metadata();
  if (token) headers.set('authorization', `Bearer ${token}`);
  return headers;
}

function call(client, method, request, token) {
  return new Promise((resolve, reject) => {
    client[method](request, metadata(token), { deadline: Date.now() + 15_000 }, (error, answer) =>
      error ? reject(error) : resolve(answer));
  });
}

/** The google.rpc.ErrorInfo in a refusal's details. proto-loader decodes services only, so its few fields are read here. */
function errorInfo(error) {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  assert.ok(bytes, `no details in ${error}`);
  const details = [...fields(bytes)].filter(([field]) => field === 3).map(([, any]) => Object.fromEntries(fields(any)));
  const info = details.find((any) => any[1].toString().endsWith('/google.rpc.ErrorInfo'));
  const metadata = {};
  const found = { metadata };
  for (const [field, value] of fields(info[2])) {
    if (field === 1) found.reason = value.toString();
    if (field === 2) found.domain = value.toString();
    if (field === 3) {
      const entry = Object.fromEntries(fields(value));
      metadata[entry[1].toString()] = entry[2].toString();
    }
  }
  return found;
}

/** The fields of an encoded message: number and value (a number, or the bytes). */
function* fields(buffer) {
  let at = 0;
  const varint = () => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = buffer[at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  };
  while (at < buffer.length) {
    const tag = varint();
    if ((tag & 7) === 0) yield [tag >> 3, varint()];
    else {
      const length = varint();
      yield [tag >> 3, buffer.subarray(at, at + length)];
      at += length;
    }
  }
}

async function eventually(what, attempt) {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const found = await attempt();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within 15 s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function watchToEnd(bookingId, token) {
  return new Promise((resolve, reject) => {
    let last;
    const stream = bookings.WatchBooking({ bookingId }, metadata(token), { deadline: Date.now() + 30_000 });
    stream.on('data', (update) => {
      last = update.booking;
      console.log(`booking ${last.reference}: ${last.status} at ${last.step}`);
    });
    stream.on('error', reject);
    stream.on('end', () => resolve(last));
  });
}

/** The two bits of one ordinal in packed statuses: 0 available, 1 held, 2 reserved or sold, 3 blocked. */
function statusOf(sections, ordinal) {
  const section = sections.find((s) => ordinal >= s.firstOrdinal && ordinal < s.firstOrdinal + s.length);
  const place = ordinal - section.firstOrdinal;
  return (section.packed[place >> 2] >> ((place & 3) * 2)) & 3;
}

const fan = process.env.FAN_TOKEN;

const { events } = await call(catalog, 'SearchEvents', { query: process.env.EVENT_NAME ?? 'breakwaters', pageSize: 1 });
assert.equal(events.length, 1, 'the demo event is on sale');
const { eventId } = events[0];
console.log(`${events[0].name}: from ${events[0].priceFrom.units} ${events[0].priceFrom.currencyCode}`);
const before = await call(availability, 'GetAvailability', { eventId });
console.log(`${before.total.available} free of ${events[0].capacity}`);

const wanted = { requestId: randomUUID(), eventId, bestAvailable: { quantity: 2 } };
const { hold } = await call(holds, 'CreateHold', wanted, fan);
console.log(`held ${hold.seats.map((s) => s.seatId).join(' ')} for ${hold.quote.total.units} ${hold.quote.total.currencyCode}`);
const again = await call(holds, 'CreateHold', wanted, fan);
assert.equal(again.hold.holdId, hold.holdId, 'the same request id gets the same hold');

const taken = await call(
  holds,
  'CreateHold',
  { requestId: randomUUID(), eventId, seats: { seatIds: hold.seats.map((s) => s.seatId) } },
  process.env.RIVAL_TOKEN,
).then(() => assert.fail('a rival got the same seats'), (error) => error);
assert.equal(taken.code, grpc.status.ABORTED);
const info = errorInfo(taken);
assert.equal(info.reason, 'SEAT_TAKEN');
assert.equal(info.domain, 'onsale.dev');
assert.ok(hold.seats.every((s) => info.metadata.seats.includes(s.seatId)), 'all conflicting seats are listed');
console.log(`a rival is refused: ${info.reason} ${info.metadata.seats}`);

const { booking } = await call(
  bookings,
  'CreateBooking',
  {
    requestId: randomUUID(),
    holdId: hold.holdId,
    fence: hold.fence,
    paymentToken: 'tok_approve',
    contact: { name: 'Ada Buyer', email: 'ada@example.com' },
  },
  fan,
);
const done = await watchToEnd(booking.bookingId, fan);
assert.equal(done.status, 'BOOKING_STATUS_CONFIRMED');
assert.deepEqual(done.total, hold.quote.total, 'the quote is what is charged');

const issued = await call(tickets, 'ListTickets', { bookingId: booking.bookingId }, fan);
assert.equal(issued.tickets.length, 2);
const document = await call(
  tickets, 'GetTicketDocument', { ticketId: issued.tickets[0].ticketId, format: 'TICKET_FORMAT_PDF' }, fan);
assert.equal(document.document.subarray(0, 5).toString(), '%PDF-');
console.log(`tickets ${issued.tickets.map((t) => t.reference).join(' ')}, a PDF of ${document.document.length} bytes`);

await eventually('the seats are sold in the seat map', async () => {
  const statuses = await call(seatMap, 'GetSeatStatuses', { eventId });
  return hold.seats.every((s) => statusOf(statuses.sections, s.ordinal) === 2);
});
console.log('the seat map shows them sold');

await eventually('the booking is found', async () => {
  const found = await call(search, 'SearchBookings', { reference: done.reference }, process.env.SUPPORT_TOKEN);
  return found.bookings.some((b) => b.bookingId === booking.bookingId);
});
console.log('support finds the booking');

const admitted = await call(
  tickets,
  'CheckInTicket',
  { requestId: randomUUID(), eventId, code: document.code, gate: 'west' },
  process.env.SCANNER_TOKEN,
);
assert.equal(admitted.ticket.status, 'TICKET_STATUS_CHECKED_IN');
console.log('the ticket opened the gate');
for (const client of [holds, bookings, tickets, catalog, seatMap, availability, search]) client.close();
