import { readFileSync } from 'node:fs';

interface RecordedSignature {
  privateKey: string;
  publicKey: string;
  publicKeyUncompressed: string;
  method: string;
  path: string;
  payload: string;
  messageHex: string;
  sha256: string;
  signatureDer: string;
  signatureDerLowS: string;
}

export interface RecordedExchange {
  name: string;
  client: string;
  request: {
    method: string;
    target: string;
    headers: [name: string, value: string][];
    body: { text: string } | { base64: string } | null;
  };
  response: { status: number; headers: [string, string][]; body: { text: string } | null };
  signed?: {
    method: string;
    path: string;
    payload: string;
    publicKey: string;
    signature: string;
    valid: boolean;
  };
}

export interface RecordedFrame {
  from?: 'client' | 'server';
  text?: string;
  base64?: string;
  binaryLength?: number;
  sha256?: string;
  close?: number;
}

interface Recordings {
  signatures: {
    signatures: RecordedSignature[];
    fileHashes: {
      utf8Base64?: string;
      repeat?: { byte: number; count: number };
      sha256: string;
      fileHash: string;
    }[];
    passwords: { email: string; password: string; passwordHash: string; authorization: string }[];
  };
  exchanges: {
    about: {
      keys: { privateKey: string; publicKey: string; publicKeyUncompressed: string }[];
      accounts: { email: string; password: string }[];
    };
    cases: RecordedExchange[];
  };
  channel: {
    cases: {
      name: string;
      frames: RecordedFrame[];
      pointer?: { hash: string; token: string; operation: 'PULL'; channel: string };
    }[];
  };
}

/** The recordings as they are in the folder beside; see its README. */
export function recordings<K extends keyof Recordings>(name: K): Recordings[K] {
  const url = new URL(`./recordings/bridge-${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Recordings[K];
}

/** The text of a recorded body; file parts are decoded as Latin-1, so that no byte is lost. */
export function bodyText(body: RecordedExchange['request']['body']): string {
  if (!body) return '';
  return 'text' in body ? body.text : Buffer.from(body.base64, 'base64').toString('latin1');
}
