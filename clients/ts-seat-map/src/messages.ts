// What the contract's messages look like once decoded, as `@grpc/proto-loader` gives them (longs and enums as strings), or
// as their JSON says them, where fields that are zero may be missing.

/** A 64-bit number: a string where it comes from the wire. */
export type Long = string | number | bigint;

export interface SeatRun {
  row: string;
  firstNumber?: number;
  firstOrdinal?: number;
  length?: number;
}

export interface SectionLayout {
  section: string;
  runs?: SeatRun[];
}

export interface Layout {
  layoutHash: string;
  sections?: SectionLayout[];
}

export interface SectionStatuses {
  section: string;
  firstOrdinal?: number;
  length?: number;
  packed: Uint8Array;
}

export interface AreaStatuses {
  areaId: string;
  available?: number;
  held?: number;
  sold?: number;
  blocked?: number;
}

export interface AsOf {
  version?: Long;
  stale?: boolean;
}

export interface Snapshot {
  sections?: SectionStatuses[];
  areas?: AreaStatuses[];
  asOf?: AsOf | null;
  block?: { length?: number; packed: Uint8Array } | null;
  layoutHash?: string;
}

export interface SeatDelta {
  status: string;
  ordinals?: number[];
}

export interface Delta {
  fromVersion?: Long;
  toVersion?: Long;
  seats?: SeatDelta[];
  areas?: AreaStatuses[];
  asOf?: AsOf | null;
}

/** `WatchSeatStatusesResponse`. */
export interface WatchMessage {
  snapshot?: Snapshot | null;
  delta?: Delta | null;
}
