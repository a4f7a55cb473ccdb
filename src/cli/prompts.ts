import input from '@inquirer/input';
import password from '@inquirer/password';
import { Interrupted, UsageError } from './errors.ts';

/** Questions and their answers are not what the command puts out. */
const terminal = { output: process.stderr };

/** An e-mail address, asked for at a terminal. */
export async function askEmail(fallback: string | undefined): Promise<string> {
  if (!process.stdin.isTTY) throw new UsageError('Say who signs in: gett login EMAIL.');
  const question = { message: 'E-mail:', required: true, ...(fallback && { default: fallback }) };
  return (await answered(input(question, terminal))).trim();
}

/**
 * A password: at a terminal asked for without showing it, else the first line of standard input.
 * Never an argument, which other users of the machine see.
 */
export async function readPassword(): Promise<string> {
  const text = process.stdin.isTTY
    ? await answered(password({ message: 'Password:', mask: false }, terminal))
    : await firstLine();
  if (text) return text;
  throw new UsageError(
    'There is no password: write it to standard input as one line, or set GETT_PASSWORD.',
  );
}

async function answered(question: Promise<string>): Promise<string> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new Interrupted();
    throw error;
  }
}

async function firstLine(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split(/\r?\n/)[0] ?? '';
}
