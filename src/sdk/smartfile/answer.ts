import { isObject } from './decoders.ts';
import { type FieldErrors, SmartFileResponseError } from './errors.ts';

/** Compares the media type only; parameters such as `charset` do not matter (spec section 1.3). */
export function isJson(response: Response): boolean {
  const mediaType = response.headers.get('Content-Type')?.split(';')[0] ?? '';
  return mediaType.trim().toLowerCase() === 'application/json';
}

/** JSON, or the text itself when it is none; `undefined` for nothing at all. */
export function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/**
 * The content as a stream; `undefined` when there is not one byte.
 *
 * @param broken throws what a caller shall see of a failure to read
 */
export async function contentOf(
  response: Response,
  broken: (error: unknown) => never,
): Promise<ReadableStream<Uint8Array> | undefined> {
  const reader = response.body?.getReader();
  const first = await reader?.read().catch(broken);
  if (!reader || !first || first.done) return undefined;
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(first.value),
    async pull(controller) {
      const { done, value } = await reader.read().catch(broken);
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** A result that is a refusal, although the answer has a status of success (spec section 5). */
export function isRefusal(result: unknown): result is { detail: string; status?: unknown } {
  return isObject(result) && typeof result['detail'] === 'string' && !('path' in result);
}

export interface Refusal {
  endpoint: string;
  response: Response;
  status?: number;
  text: string;
  /** What it says, when it is one of several results. */
  detail?: string;
  retryAfter?: number | undefined;
}

/** The error of an answer that is not what the call promises. */
export function invalidAnswer(
  { endpoint }: { endpoint: string },
  { status, headers }: Response,
  reason: string,
  body?: unknown,
): SmartFileResponseError {
  return new SmartFileResponseError({ endpoint, status, detail: reason, headers, body });
}

/** The error of an answer of 400 and above, or of a refusal within one below (spec section 7). */
export function refusal(options: Refusal): SmartFileResponseError {
  const { endpoint, response, text, retryAfter, status = response.status } = options;
  const body = parseBody(text);
  const fieldErrors =
    status === 400 && isObject(body) ? fieldErrorsOf(body['field_errors']) : undefined;
  return new SmartFileResponseError({
    endpoint,
    status,
    detail: detailOf(status, body, fieldErrors, options.detail ?? text),
    fieldErrors,
    body,
    headers: response.headers,
    retryAfter,
  });
}

function detailOf(
  status: number,
  body: unknown,
  fieldErrors: FieldErrors | undefined,
  text: string,
): string {
  if (body === undefined || body === text) {
    return status === 404
      ? 'there is no such endpoint; check its name and the base URL.'
      : 'the answer was not JSON; see body.';
  }
  const fieldMessage = Object.values(fieldErrors ?? {}).flat()[0];
  if (fieldMessage !== undefined) return fieldMessage;
  if (!isObject(body)) return text;
  if (typeof body['detail'] === 'string') return body['detail'];
  return Object.values(body).find(isMessageList)?.[0] ?? text;
}

function fieldErrorsOf(value: unknown): FieldErrors | undefined {
  if (!isObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([field, messages]) => [field, [messages].flat().map(String)]),
  );
}

const isMessageList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string');
