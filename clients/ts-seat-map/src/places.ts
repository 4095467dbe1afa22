import type { Layout } from './messages.js';

interface Run {
  readonly prefix: string;
  readonly firstNumber: number;
  readonly firstOrdinal: number;
  readonly length: number;
}

const NO_SECTION = -1;

/** Where the places of a layout are: seat ids, ordinals, sections. Never changes. */
export class Places {
  /** Content hash of the layout. */
  readonly hash: string;
  /** Codes of the sections, best first. */
  readonly sections: readonly string[];
  /** One more than the last seat's ordinal. */
  readonly size: number;
  private readonly runs: readonly Run[];
  private readonly runsByRow = new Map<string, Run[]>();
  private readonly sectionOf: Int32Array;

  constructor(layout: Layout) {
    this.hash = layout.layoutHash;
    const sections = layout.sections ?? [];
    this.sections = sections.map((section) => section.section);
    const runs = sections.flatMap((section, index) =>
      (section.runs ?? []).map((run) => ({
        index,
        prefix: `${section.section}-${run.row}-`,
        firstNumber: run.firstNumber ?? 0,
        firstOrdinal: run.firstOrdinal ?? 0,
        length: run.length ?? 0,
      })),
    );
    this.size = runs.reduce((most, run) => Math.max(most, run.firstOrdinal + run.length), 0);
    this.sectionOf = new Int32Array(this.size).fill(NO_SECTION);
    for (const run of runs) {
      this.sectionOf.fill(run.index, run.firstOrdinal, run.firstOrdinal + run.length);
      const row = this.runsByRow.get(run.prefix);
      if (row) row.push(run);
      else this.runsByRow.set(run.prefix, [run]);
    }
    this.runs = runs.sort((a, b) => a.firstOrdinal - b.firstOrdinal);
  }

  /** Whether an ordinal is a seat; the places between the runs are none. */
  isSeat(ordinal: number): boolean {
    return this.sectionIndex(ordinal) !== NO_SECTION;
  }

  /** `section-row-number` of a seat; undefined if the ordinal is none. */
  seatId(ordinal: number): string | undefined {
    if (!this.isSeat(ordinal)) return undefined;
    let low = 0;
    let high = this.runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.runs[middle]!.firstOrdinal <= ordinal) low = middle;
      else high = middle - 1;
    }
    const run = this.runs[low]!;
    return run.prefix + (run.firstNumber + ordinal - run.firstOrdinal);
  }

  /** The ordinal of a seat; undefined if there is no such seat. */
  ordinal(seatId: string): number | undefined {
    const cut = seatId.lastIndexOf('-') + 1;
    const digits = seatId.slice(cut);
    if (!/^\d+$/.test(digits)) return undefined;
    const number = Number(digits);
    const run = this.runsByRow
      .get(seatId.slice(0, cut))
      ?.find((one) => number >= one.firstNumber && number < one.firstNumber + one.length);
    return run && run.firstOrdinal + number - run.firstNumber;
  }

  /** Index into `sections`, or -1. */
  sectionIndex(ordinal: number): number {
    return this.sectionOf[ordinal] ?? NO_SECTION;
  }
}
