const FIRST_MILLIS = 200;

/**
 * How long to wait before the next try: at random up to a bound that doubles, so that clients that were cut off together
 * do not come back together.
 */
export class Backoff {
  private bound = FIRST_MILLIS;

  constructor(
    private readonly most = 10_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds until the next try. */
  next(): number {
    const bound = Math.min(this.bound, this.most);
    this.bound = Math.min(this.bound * 2, this.most);
    return bound / 2 + (this.random() * bound) / 2;
  }

  reset(): void {
    this.bound = FIRST_MILLIS;
  }
}
