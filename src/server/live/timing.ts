/** How long the Live API and early readers wait; milliseconds (spec sections 6.2, 6.3 and 6.5). */
export interface LiveTiming {
  /** Until a connection must have said who it is. */
  connect: number;
  /** Between two pings of the server. */
  ping: number;
  /** Without anything from a client until its connection is closed. */
  silence: number;
  /** Until a visitor who waits for a file that is not there yet is told so. */
  firstByte: number;
  /** How long visitors wait for a session that has disconnected to come back. */
  sessionBack: number;
}

export const LIVE_TIMING: LiveTiming = {
  connect: 30_000,
  ping: 60_000,
  silence: 150_000,
  firstByte: 30_000,
  sessionBack: 10_000,
};
