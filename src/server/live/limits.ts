/** How many Live connections are taken; further ones are sent away with {@link TRY_AGAIN_LATER}. */
export interface LiveLimits {
  /** In this process, whoever they are. */
  connections: number;
  /** Of one user. */
  perUser: number;
}

/** `npm run bench -- idle-sockets` tells what one costs; a person has a few browsers and tools. */
export const LIVE_LIMITS: LiveLimits = { connections: 20_000, perUser: 200 };

/** Too many connections; a WebSocket close code, https://www.iana.org/assignments/websocket */
export const TRY_AGAIN_LATER = 1013;
