/** Whether the browser may store no more. https://webidl.spec.whatwg.org/#quotaexceedederror */
export function isNoRoom(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
