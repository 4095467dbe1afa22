import { Backoff } from './backoff.js';
import type { Layout, WatchMessage } from './messages.js';
import { Places } from './places.js';
import { SeatMap, type Step, type Update } from './seat-map.js';

/** Ends for good: no such event or section. */
export class Refused extends Error {}

/** One open stream. */
export interface Stream {
  cancel(): void;
}

/** What a stream is told to do with what comes. */
export interface Receiver {
  message(message: WatchMessage): void;
  /** The stream is over, for any reason. */
  ended(reason: Error): void;
}

/** How a server is reached. `grpc.ts` is one for `@grpc/grpc-js`. */
export interface Transport {
  /** The layout an event has now. Rejects with `Refused` if there is no such event. */
  layoutOf(eventId: string): Promise<Layout>;
  /** A layout by its hash. */
  layout(hash: string): Promise<Layout>;
  watch(eventId: string, sections: readonly string[], resumeVersion: bigint, receiver: Receiver): Stream;
}

/** Is told what happens, in order. */
export interface Listener {
  updated(map: SeatMap, update: Update): void;
  gap?(gap: Step & { kind: 'gap' }): void;
  waiting?(reason: Error, millis: number): void;
  refused?(reason: Refused): void;
}

export interface FollowOptions {
  /** Only these sections and areas; empty: all. */
  sections?: readonly string[];
  /** A stream that says nothing for so long is left. The server speaks every 10 s. */
  silenceMillis?: number;
  backoff?: Backoff;
}

/**
 * Follows one event's seats until it is closed: takes up broken streams where they broke off, asks anew when something is
 * missing, and gives up a stream that has fallen silent.
 */
export class Follower {
  private map: SeatMap | undefined;
  private stream: Stream | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;
  private readonly backoff: Backoff;
  private readonly sections: readonly string[];
  private readonly silenceMillis: number;

  constructor(
    private readonly transport: Transport,
    private readonly eventId: string,
    private readonly listener: Listener,
    options: FollowOptions = {},
  ) {
    this.backoff = options.backoff ?? new Backoff();
    this.sections = options.sections ?? [];
    this.silenceMillis = options.silenceMillis ?? 30_000;
    void this.open();
  }

  /** Stops; the listener hears nothing more. */
  close(): void {
    this.turn = -1;
    this.leave();
  }

  private async open(): Promise<void> {
    if (this.turn < 0) return;
    this.leave();
    const turn = ++this.turn;
    try {
      const map = this.map ?? new SeatMap(new Places(await this.transport.layoutOf(this.eventId)));
      if (turn !== this.turn) return;
      this.map = map;
      this.watch(map, turn);
    } catch (reason) {
      if (turn === this.turn) this.broken(reason as Error);
    }
  }

  private watch(map: SeatMap, turn: number): void {
    const number = map.open();
    let before: Promise<void> | undefined;
    this.listenForSilence(turn);
    this.stream = this.transport.watch(this.eventId, this.sections, map.resumeVersion, {
      message: (message) => {
        if (turn !== this.turn) return;
        this.listenForSilence(turn);
        const hash = message.snapshot?.layoutHash;
        if (before || (hash && hash !== map.places.hash)) {
          // What comes meanwhile waits for the new layout.
          before = (before ?? Promise.resolve())
            .then(() => (turn === this.turn && hash && hash !== map.places.hash ? this.move(map, hash) : undefined))
            .then(() => this.take(map, number, turn, message))
            .catch((reason: Error) => (turn === this.turn ? this.broken(reason) : undefined));
        } else {
          this.take(map, number, turn, message);
        }
      },
      ended: (reason) => {
        if (turn === this.turn) this.broken(reason);
      },
    });
  }

  private async move(map: SeatMap, hash: string): Promise<void> {
    map.relocate(new Places(await this.transport.layout(hash)));
  }

  private take(map: SeatMap, number: number, turn: number, message: WatchMessage): void {
    if (turn !== this.turn) return;
    const step = map.take(number, message);
    if (step.kind === 'applied') {
      this.backoff.reset();
      this.listener.updated(map, step.update);
    } else if (step.kind === 'gap') {
      this.listener.gap?.(step);
      void this.open();
    }
  }

  private broken(reason: Error): void {
    this.leave();
    if (this.turn < 0) return;
    if (reason instanceof Refused) {
      this.turn = -1;
      this.listener.refused?.(reason);
      return;
    }
    this.turn++;
    const millis = this.backoff.next();
    this.listener.waiting?.(reason, millis);
    this.timer = setTimeout(() => void this.open(), millis);
  }

  private listenForSilence(turn: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (turn === this.turn) this.broken(new Error('The stream fell silent'));
    }, this.silenceMillis);
  }

  private leave(): void {
    clearTimeout(this.timer);
    const left = this.stream;
    this.stream = undefined;
    left?.cancel();
  }
}
