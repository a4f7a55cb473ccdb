import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { OperatorError } from '../errors.ts';

const MIN_PASSWORD = 8;

/**
 * A password from the terminal, without showing it, or the first line of standard input. Never an
 * argument, which other users of the machine see.
 */
export async function readPassword(): Promise<string> {
  const password = process.stdin.isTTY ? await ask('Password: ') : await firstLine();
  if (password === '') {
    throw new OperatorError('There is no password; write it to standard input as one line.');
  }
  if (Array.from(password).length < MIN_PASSWORD) {
    throw new OperatorError(`The password is too short; use ${MIN_PASSWORD} characters or more.`);
  }
  return password;
}

async function ask(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(question);
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

async function firstLine(): Promise<string> {
  let input = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    input += String(chunk);
    if (input.includes('\n')) break;
  }
  const [line = ''] = input.split(/\r?\n/);
  return line;
}
