import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

interface Token {
  token: string;
  secret: string;
}

interface RequestToken extends Token {
  callback: string | undefined;
  verifier: string | undefined;
}

class OAuthRefusal extends Error {}

/** OAuth 1.0a with PLAINTEXT as spec section 2.2 has it: each nonce once, callbacks, verifiers. */
export class OAuthProvider {
  readonly #client: Token;
  readonly #nonces = new Set<string>();
  readonly #requestTokens = new Map<string, RequestToken>();
  readonly #accessTokens = new Map<string, Token>();

  constructor(client: Token) {
    this.#client = client;
  }

  /** Whether an API call is signed for an account. */
  accepts(authorization: string): boolean {
    try {
      const { oauth_token: token = '' } = parametersOf(authorization);
      const access = this.#accessTokens.get(token);
      if (!access) return false;
      this.#verify(authorization, access);
      return true;
    } catch (error) {
      if (error instanceof OAuthRefusal) return false;
      throw error;
    }
  }

  /** As when the user takes the consent back. */
  revoke(): void {
    this.#accessTokens.clear();
  }

  handle(request: IncomingMessage, response: ServerResponse, url: URL): void {
    try {
      this.#route(request, response, url);
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) throw error;
      response.writeHead(403, { 'Content-Type': 'text/plain' }).end(error.message);
    }
  }

  #route(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const route = `${request.method} ${url.pathname}`;
    const authorization = request.headers.authorization ?? '';
    if (route === 'POST /oauth/request_token/') {
      const parameters = this.#verify(authorization, undefined);
      const callback = parameters['oauth_callback'];
      const issued = { ...newToken(), callback, verifier: undefined };
      this.#requestTokens.set(issued.token, issued);
      answerWith(response, issued);
    } else if (url.pathname === '/oauth/authorize/') {
      this.#authorize(request, response, url);
    } else if (route === 'POST /oauth/access_token/') {
      const pending = this.#pending(parametersOf(authorization)['oauth_token']);
      const parameters = this.#verify(authorization, pending);
      if (!pending.verifier || parameters['oauth_verifier'] !== pending.verifier) {
        throw new OAuthRefusal('Invalid OAuth verifier.');
      }
      this.#requestTokens.delete(pending.token);
      const access = newToken();
      this.#accessTokens.set(access.token, access);
      answerWith(response, access);
    } else {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not Found</h1>');
    }
  }

  /** GET asks the user, POST is the consent. */
  #authorize(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const pending = this.#pending(url.searchParams.get('oauth_token') ?? undefined);
    if (request.method !== 'POST') {
      response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end('<form method="post"><button id="allow">Allow</button></form>');
      return;
    }
    pending.verifier = randomBytes(6).toString('hex');
    if (pending.callback && pending.callback !== 'oob') {
      const back = new URL(pending.callback);
      back.searchParams.set('oauth_token', pending.token);
      back.searchParams.set('oauth_verifier', pending.verifier);
      response.writeHead(302, { Location: back.href }).end();
      return;
    }
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(`<p>Your code: <output id="verifier">${pending.verifier}</output></p>`);
  }

  #pending(token: string | undefined): RequestToken {
    const pending = this.#requestTokens.get(token ?? '');
    if (!pending) throw new OAuthRefusal('Invalid request token.');
    return pending;
  }

  #verify(authorization: string, token: Token | undefined): Record<string, string> {
    const parameters = parametersOf(authorization);
    const { oauth_nonce: nonce = '', oauth_timestamp: timestamp = '' } = parameters;
    const signature = `${escape(this.#client.secret)}&${escape(token?.secret ?? '')}`;
    const expected = {
      oauth_version: '1.0',
      oauth_signature_method: 'PLAINTEXT',
      oauth_consumer_key: this.#client.token,
      oauth_signature: signature,
      ...(token && { oauth_token: token.token }),
    };
    for (const [name, value] of Object.entries(expected)) {
      if (parameters[name] !== value) throw new OAuthRefusal(`Invalid ${name}.`);
    }
    if (!/^[A-Za-z0-9]{1,64}$/.test(nonce) || this.#nonces.has(nonce)) {
      throw new OAuthRefusal('Invalid nonce.');
    }
    if (!/^\d{10}$/.test(timestamp)) throw new OAuthRefusal('Invalid timestamp.');
    this.#nonces.add(nonce);
    return parameters;
  }
}

function parametersOf(authorization: string): Record<string, string> {
  if (!authorization.startsWith('OAuth ')) throw new OAuthRefusal('Missing OAuth header.');
  return Object.fromEntries(
    Array.from(authorization.matchAll(/(\w+)="([^"]*)"/g), ([, name = '', value = '']) => [
      name,
      decodeURIComponent(value),
    ]),
  );
}

/** RFC 3986, written apart from the client's own. */
function escape(text: string): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.~-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

const newToken = (): Token => ({
  token: randomBytes(16).toString('hex'),
  secret: randomBytes(16).toString('hex'),
});

function answerWith(response: ServerResponse, { token, secret }: Token): void {
  const body = new URLSearchParams({ oauth_token: token, oauth_token_secret: secret });
  response
    .writeHead(200, { 'Content-Type': 'application/x-www-form-urlencoded' })
    .end(body.toString());
}
