/** The cause of a refusal, in one word that programs can compare. */
export type BridgeErrorCode =
  | 'unauthorized'
  | 'invalid-nonce'
  | 'not-activated'
  | 'invalid-token'
  | 'invalid-key'
  | 'not-found'
  | 'already-registered'
  | 'bad-size'
  | 'bad-request'
  | 'hash-mismatch'
  | 'unexpected-answer'
  | 'unknown';

/** In order: the first sentence that fits decides. */
const SENTENCES: readonly (readonly [RegExp, BridgeErrorCode])[] = [
  [/nonce/i, 'invalid-nonce'],
  [/not (been )?activated/i, 'not-activated'],
  [/already (registered|exists|in use)/i, 'already-registered'],
  [/token/i, 'invalid-token'],
  [/file-?\s?size|\bbytes\b/i, 'bad-size'],
  [/not found/i, 'not-found'],
  [
    /signature|authenticat|authoriz|e-?mail or password|(key|user).*not registered/i,
    'unauthorized',
  ],
  [/\bkey/i, 'invalid-key'],
];

const STATUSES: Readonly<Record<number, BridgeErrorCode>> = {
  400: 'bad-request',
  401: 'unauthorized',
  404: 'not-found',
};

/** Sentence first: until March 2016 nearly every refusal had status 500 (spec section 8). */
export function errorCode(status: number, sentence: string): BridgeErrorCode {
  const known = SENTENCES.find(([pattern]) => pattern.test(sentence));
  return known?.[1] ?? STATUSES[status] ?? 'unknown';
}
