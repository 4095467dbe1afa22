import type { AreaStatuses, AsOf, Delta, Long, Snapshot, WatchMessage } from './messages.js';
import type { Places } from './places.js';

/** What a seat is, as far as anybody may know: the 2 bits on the wire. */
export enum SeatStatus {
  Available = 0,
  Held = 1,
  Sold = 2,
  Blocked = 3,
}

/** How many places are what. */
export interface Counts {
  readonly available: number;
  readonly held: number;
  readonly sold: number;
  readonly blocked: number;
}

/** A seat that is something else now; before the first snapshot every seat was Blocked. */
export interface SeatChange {
  readonly ordinal: number;
  readonly before: SeatStatus;
  readonly now: SeatStatus;
}

/** What one message changed. */
export interface Update {
  readonly snapshot: boolean;
  readonly fromVersion: bigint;
  readonly version: bigint;
  /** The read side is cut off from its sources: what is shown may be older than usual. */
  readonly stale: boolean;
  readonly seats: readonly SeatChange[];
  readonly areas: ReadonlyMap<string, Counts>;
}

/** What became of one message: applied; known already, and passed over; or something before it is missing. */
export type Step =
  | { readonly kind: 'applied'; readonly update: Update }
  | { readonly kind: 'known' }
  | { readonly kind: 'gap'; readonly version: bigint; readonly fromVersion: bigint };

const KNOWN: Step = { kind: 'known' };
const STATUSES = 4;

/**
 * How an event's seats stand, as far as a watcher has been told. It applies what builds on what it knows, passes over what
 * it knows, and never anything else: at every version it shows what the server showed at that version.
 */
export class SeatMap {
  private codes: Uint8Array;
  private counts: Uint32Array;
  private known = new Map<string, Counts>();
  private shown = 0n;
  private stream = 0;
  private started = false;
  private old = true;

  constructor(private where: Places) {
    this.codes = blank(where);
    this.counts = new Uint32Array(where.sections.length * STATUSES);
  }

  /** Begins a stream and gives its number; messages of the streams before it are passed over from now on. */
  open(): number {
    return ++this.stream;
  }

  /**
   * Where a new stream may go on; 0: begin with a snapshot. A state that the read side called stale is not built on: what
   * it got wrong, no delta would put right.
   */
  get resumeVersion(): bigint {
    return this.started && !this.old ? this.shown : 0n;
  }

  get places(): Places {
    return this.where;
  }

  /** 0 before the first snapshot. */
  get version(): bigint {
    return this.shown;
  }

  /** Whether there was a snapshot. */
  get begun(): boolean {
    return this.started;
  }

  /** Whether what is shown may be older than usual, or lack something. */
  get stale(): boolean {
    return this.old;
  }

  /** Takes the next message of a stream. */
  take(of: number, message: WatchMessage): Step {
    if (of !== this.stream) return KNOWN;
    if (message.snapshot) return { kind: 'applied', update: this.takeSnapshot(message.snapshot) };
    return message.delta ? this.takeDelta(message.delta) : KNOWN;
  }

  /** Changes the layout; the next message must be a snapshot. */
  relocate(other: Places): void {
    this.where = other;
    this.codes = blank(other);
    this.counts = new Uint32Array(other.sections.length * STATUSES);
    this.known = new Map();
    this.started = false;
  }

  /** What a seat is, by its id or ordinal; throws if there is no seat of that id. */
  status(seat: string | number): SeatStatus {
    const ordinal = typeof seat === 'number' ? seat : this.where.ordinal(seat);
    if (ordinal === undefined) throw new RangeError(`No seat ${seat}`);
    return (this.codes[ordinal] ?? SeatStatus.Blocked) as SeatStatus;
  }

  /** Counts by section code, best first; sections that are not watched count nothing. */
  sections(): Map<string, Counts> {
    return new Map(
      this.where.sections.map((code, index) => {
        const [available = 0, held = 0, sold = 0, blocked = 0] = this.counts.subarray(index * STATUSES);
        return [code, { available, held, sold, blocked }];
      }),
    );
  }

  /** Counts by area id. */
  areas(): ReadonlyMap<string, Counts> {
    return this.known;
  }

  private takeSnapshot(snapshot: Snapshot): Update {
    const before = this.codes;
    this.codes = blank(this.where);
    this.counts = new Uint32Array(this.counts.length);
    if (snapshot.block) this.unpack(0, snapshot.block.length ?? 0, snapshot.block.packed);
    for (const section of snapshot.sections ?? []) {
      this.unpack(section.firstOrdinal ?? 0, section.length ?? 0, section.packed);
    }
    const changes: SeatChange[] = [];
    this.codes.forEach((now, ordinal) => {
      const was = before[ordinal]!;
      if (was !== now) changes.push({ ordinal, before: was, now });
    });
    const areasBefore = this.known;
    this.known = new Map();
    const areas = this.takeAreas(snapshot.areas, areasBefore);
    return this.done(true, snapshot.asOf, long(snapshot.asOf?.version), changes, areas);
  }

  private takeDelta(delta: Delta): Step {
    const fromVersion = long(delta.fromVersion);
    const toVersion = long(delta.toVersion);
    if (!this.started || fromVersion !== this.shown) {
      const known = this.started && toVersion <= this.shown;
      return known ? KNOWN : { kind: 'gap', version: this.shown, fromVersion };
    }
    const changes: SeatChange[] = [];
    for (const seats of delta.seats ?? []) {
      const code = codeOf(seats.status);
      for (const ordinal of seats.ordinals ?? []) this.set(ordinal, code, changes);
    }
    const areas = this.takeAreas(delta.areas, this.known);
    return { kind: 'applied', update: this.done(false, delta.asOf, toVersion, changes, areas) };
  }

  private done(
    snapshot: boolean,
    asOf: AsOf | null | undefined,
    version: bigint,
    seats: SeatChange[],
    areas: Map<string, Counts>,
  ): Update {
    const fromVersion = this.shown;
    this.shown = version;
    this.started = true;
    this.old = asOf?.stale ?? false;
    return { snapshot, fromVersion, version, stale: this.old, seats, areas };
  }

  private unpack(first: number, length: number, packed: Uint8Array): void {
    for (let place = 0; place < length; place++) {
      const ordinal = first + place;
      const section = this.where.sectionIndex(ordinal);
      if (section < 0) continue;
      const code = (packed[place >> 2]! >> ((place & 3) << 1)) & 3;
      this.codes[ordinal] = code;
      this.counts[section * STATUSES + code]!++;
    }
  }

  private set(ordinal: number, now: SeatStatus, changes: SeatChange[]): void {
    const section = this.where.sectionIndex(ordinal);
    const before = this.codes[ordinal];
    if (section < 0 || before === undefined || before === now) return;
    this.codes[ordinal] = now;
    this.counts[section * STATUSES + before]!--;
    this.counts[section * STATUSES + now]!++;
    changes.push({ ordinal, before, now });
  }

  private takeAreas(told: AreaStatuses[] | undefined, before: ReadonlyMap<string, Counts>): Map<string, Counts> {
    const changed = new Map<string, Counts>();
    for (const area of told ?? []) {
      const { available = 0, held = 0, sold = 0, blocked = 0 } = area;
      const was = before.get(area.areaId);
      const now: Counts = { available, held, sold, blocked };
      const same =
        was && was.available === available && was.held === held && was.sold === sold && was.blocked === blocked;
      if (!same) changed.set(area.areaId, now);
      this.known.set(area.areaId, now);
    }
    return changed;
  }
}

function codeOf(status: string): SeatStatus {
  switch (status) {
    case 'SEAT_STATUS_AVAILABLE':
      return SeatStatus.Available;
    case 'SEAT_STATUS_HELD':
      return SeatStatus.Held;
    case 'SEAT_STATUS_RESERVED':
    case 'SEAT_STATUS_SOLD':
      return SeatStatus.Sold;
    default:
      return SeatStatus.Blocked;
  }
}

function long(value: Long | undefined): bigint {
  return BigInt(value ?? 0);
}

function blank(places: Places): Uint8Array {
  return new Uint8Array(places.size).fill(SeatStatus.Blocked);
}
