// Whatever becomes of the messages, the follower shows what the server showed at the same version.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff, Follower, Places, SeatMap, type Layout, type Listener, type Receiver, type Transport } from '../src/index.js';
import { ModelServer, picture, seeded } from './model.js';

const SEEDS = 150;
const STEPS = 150;

/** The model server behind a network that loses, repeats and cuts. */
class ModelTransport implements Transport {
  receiver: Receiver | undefined;
  sent = 0n;
  watches = 0;
  resumed = 0;
  constructor(readonly server: ModelServer, private readonly random: (below: number) => number) {}

  layoutOf(): Promise<Layout> {
    return Promise.resolve(ModelServer.layout());
  }

  layout(): Promise<Layout> {
    return Promise.reject(new Error('There is no other layout'));
  }

  watch(_event: string, _sections: readonly string[], resume: bigint, receiver: Receiver) {
    this.receiver = receiver;
    this.watches++;
    const goOn = resume !== 0n && this.server.sameEpoch(resume) && this.random(4) !== 0;
    if (goOn) this.resumed++;
    const first = goOn ? this.server.delta(resume) : this.server.snapshot();
    this.sent = this.server.now.version;
    // The first message comes after `watch` has returned, as on any network.
    queueMicrotask(() => receiver.message(first));
    return { cancel: () => undefined };
  }

  next() {
    const message = this.server.sameEpoch(this.sent) ? this.server.delta(this.sent) : this.server.snapshot();
    this.sent = this.server.now.version;
    return message;
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Reconnects at once: time is not what is tested here. */
class Impatient extends Backoff {
  override next(): number {
    return 0;
  }
}

test('shows what the server showed at that version, whatever is lost, repeated or cut off', async (t) => {
  let gaps = 0;
  let resumed = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const random = seeded(seed);
    const transport = new ModelTransport(new ModelServer(random), random);
    let last: SeatMap | undefined;
    const faults: unknown[] = [];
    const listener: Listener = {
      updated: (map) => {
        last = map;
        if (picture(map) !== transport.server.pictureAt(map.version)) faults.push(map.version);
        for (const counts of map.sections().values()) {
          if (counts.available + counts.held + counts.sold + counts.blocked !== 10) faults.push(counts);
        }
      },
      gap: () => gaps++,
    };
    const follower = new Follower(transport, 'event', listener, { backoff: new Impatient() });
    t.after(() => follower.close());
    await settled();
    for (let step = 0; step < STEPS; step++) {
      const receiver = transport.receiver!;
      const what = random(14);
      if (what < 6) transport.server.change();
      else if (what < 9) receiver.message(transport.next());
      else if (what === 9) transport.next(); // Lost.
      else if (what === 10) {
        const message = transport.next();
        receiver.message(message);
        receiver.message(message);
      } else if (what === 11) {
        receiver.ended(new Error('cut'));
        receiver.message(transport.next()); // Too late.
        await new Promise((resolve) => setTimeout(resolve, 1));
      } else if (what === 12 && random(3) === 0) transport.server.reload();
      await settled();
    }
    assert.deepEqual(faults, [], `seed ${seed}`);
    for (let tries = 0; last?.version !== transport.server.now.version; tries++) {
      assert.ok(tries < 5, `seed ${seed} does not converge`);
      transport.receiver!.message(transport.next());
      await settled();
    }
    assert.equal(picture(last!), transport.server.pictureAt(transport.server.now.version), `seed ${seed}`);
    resumed += transport.resumed;
    follower.close();
    assert.deepEqual(faults, [], `seed ${seed}`);
  }
  assert.ok(gaps > SEEDS, `${gaps} gaps`);
  assert.ok(resumed > SEEDS, `${resumed} resumed`);
});

test('a delta that builds on nothing known is a gap, and changes nothing', () => {
  const server = new ModelServer(seeded(1));
  const map = new SeatMap(new Places(ModelServer.layout()));
  const stream = map.open();
  assert.equal(map.take(stream, server.delta(server.now.version)).kind, 'gap');
  map.take(stream, server.snapshot());
  const before = picture(map);
  server.change();
  const missed = server.now.version;
  server.change();
  assert.equal(map.take(stream, server.delta(missed)).kind, 'gap');
  assert.equal(picture(map), before);
});

test('seat ids lead to ordinals and back', () => {
  const places = new Places(ModelServer.layout());
  for (let ordinal = -1; ordinal <= places.size; ordinal++) {
    const id = places.seatId(ordinal);
    assert.equal(id !== undefined, places.isSeat(ordinal));
    if (id) assert.equal(places.ordinal(id), ordinal);
  }
  assert.equal(places.seatId(12), 'B-1-11');
  for (const none of ['A-1-16', 'A-3-11', 'A-1-x', '', 'A-1-']) assert.equal(places.ordinal(none), undefined);
});

test('waits longer and longer, and never beyond the bound', () => {
  const backoff = new Backoff(2000);
  for (let bound = 200; bound < 10_000; bound *= 2) {
    const most = Math.min(bound, 2000);
    const millis = backoff.next();
    assert.ok(millis >= most / 2 && millis <= most, `${millis} of ${most}`);
  }
  backoff.reset();
  assert.ok(backoff.next() <= 200);
});

test('leaves a stream that has fallen silent', async () => {
  const random = seeded(3);
  const transport = new ModelTransport(new ModelServer(random), random);
  const reasons: string[] = [];
  const follower = new Follower(
    transport,
    'event',
    { updated: () => undefined, waiting: (reason) => reasons.push(reason.message) },
    { silenceMillis: 20, backoff: new Impatient() },
  );
  for (let tries = 0; transport.watches < 2 && tries < 100; tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  follower.close();
  assert.ok(transport.watches >= 2);
  assert.equal(reasons[0], 'The stream fell silent');
});
