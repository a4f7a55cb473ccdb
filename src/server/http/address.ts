import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from. Behind a proxy that is what the proxy has added last: everything
 * before it was said by the client and may be anything.
 */
export function addressOf(
  { headers, socket }: IncomingMessage,
  { behindProxy }: { behindProxy: boolean },
): string {
  const forwarded = behindProxy ? [headers['x-forwarded-for'] ?? []].flat().join(',') : '';
  return forwarded.split(',').at(-1)?.trim() || (socket.remoteAddress ?? 'unknown');
}
