export * from './messages.js';
export { Places } from './places.js';
export { SeatMap, SeatStatus } from './seat-map.js';
export type { Counts, SeatChange, Step, Update } from './seat-map.js';
export { Backoff } from './backoff.js';
export { Follower, Refused } from './follower.js';
export type { FollowOptions, Listener, Receiver, Stream, Transport } from './follower.js';
