// A server as the contract describes it, small enough to be seen through, and its random numbers.
import type { Layout, SeatMap, WatchMessage } from '../src/index.js';

const RUN = 5;
export const PLACES = 23; // Runs of five, each but the last followed by a place that is no seat.
const STATUSES = ['SEAT_STATUS_AVAILABLE', 'SEAT_STATUS_HELD', 'SEAT_STATUS_SOLD', 'SEAT_STATUS_BLOCKED'];

/** Random numbers that a seed repeats (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** What a map shows, as text: every place, then what is sold of the floor. */
export function picture(map: SeatMap): string {
  const codes = Array.from({ length: PLACES }, (_, ordinal) => map.status(ordinal)).join('');
  return `${codes} ${map.areas().get('FLOOR')?.sold ?? 0}`;
}

interface State {
  version: bigint;
  codes: number[];
  sold: number;
}

export class ModelServer {
  private readonly history = new Map<bigint, State>();
  now: State;

  constructor(private readonly random: (below: number) => number) {
    const codes = Array.from({ length: PLACES }, (_, place) => (place % (RUN + 1) === RUN ? 3 : 0));
    this.now = { version: 1n << 32n, codes, sold: 0 };
    this.history.set(this.now.version, this.now);
  }

  static layout(): Layout {
    const run = (row: string, firstOrdinal: number) => ({ row, firstNumber: 11, firstOrdinal, length: RUN });
    const section = (code: string, first: number) => ({ section: code, runs: [run('1', first), run('2', first + RUN + 1)] });
    return { layoutHash: 'h', sections: [section('A', 0), section('B', 2 * (RUN + 1))] };
  }

  pictureAt(version: bigint): string {
    const state = this.history.get(version);
    if (!state) throw new Error(`There was no version ${version}`);
    return `${state.codes.join('')} ${state.sold}`;
  }

  change(): void {
    const codes = [...this.now.codes];
    let { sold } = this.now;
    if (this.random(5) === 0) sold++;
    else {
      const place = this.random(PLACES);
      if (place % (RUN + 1) !== RUN) codes[place] = this.random(4);
    }
    this.publish({ version: this.now.version + 1n, codes, sold });
  }

  /** The inventory is loaded anew: versions begin again in the next epoch. */
  reload(): void {
    this.publish({ ...this.now, version: ((this.now.version >> 32n) + 1n) << 32n });
  }

  sameEpoch(version: bigint): boolean {
    return version >> 32n === this.now.version >> 32n;
  }

  snapshot(): WatchMessage {
    const packed = new Uint8Array(Math.ceil(PLACES / 4));
    this.now.codes.forEach((code, place) => (packed[place >> 2]! |= code << ((place & 3) * 2)));
    return { snapshot: { block: { length: PLACES, packed }, areas: [this.area()], asOf: { version: `${this.now.version}` } } };
  }

  delta(from: bigint): WatchMessage {
    const before = this.history.get(from)!;
    const seats = STATUSES.map((status, code) => ({
      status,
      ordinals: this.now.codes.flatMap((now, place) => (now === code && before.codes[place] !== now ? [place] : [])),
    })).filter((delta) => delta.ordinals.length > 0);
    return {
      delta: {
        fromVersion: `${from}`,
        toVersion: `${this.now.version}`,
        seats,
        areas: before.sold === this.now.sold ? [] : [this.area()],
        asOf: { version: `${this.now.version}` },
      },
    };
  }

  private area() {
    return { areaId: 'FLOOR', available: 1000 - this.now.sold, sold: this.now.sold };
  }

  private publish(state: State): void {
    this.history.set(state.version, state);
    this.now = state;
  }
}
