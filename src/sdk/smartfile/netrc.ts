/** One entry of a netrc file. */
export interface NetrcEntry {
  login?: string;
  password?: string;
}

interface Word {
  text: string;
  line: number;
}

/**
 * The entry of a machine, or the `default` entry when none matches (spec section 2.1). Words may be
 * quoted. Macros and comments are skipped.
 * https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
 *
 * @param machine host, with `:port` when the address has one
 */
export function findInNetrc(text: string, machine: string): NetrcEntry | undefined {
  const words = wordsOf(text);
  const next = () => words.shift()?.text ?? '';
  let found: NetrcEntry | undefined;
  let fallback: NetrcEntry | undefined;
  let current: NetrcEntry = {};
  for (let word = words.shift(); word; word = words.shift()) {
    if (word.text.startsWith('#')) {
      skipWhileNear(words, word.line, 0);
      continue;
    }
    switch (word.text) {
      case 'machine':
        current = {};
        if (next() === machine) found ??= current;
        break;
      case 'default':
        current = {};
        fallback ??= current;
        break;
      case 'login':
      case 'user':
        current.login = next();
        break;
      case 'password':
        current.password = next();
        break;
      case 'account':
        next();
        break;
      case 'macdef':
        // A macro ends at the first empty line.
        skipWhileNear(words, word.line, 1);
        break;
    }
  }
  return found ?? fallback;
}

/** Drops words until one stands more than `distance` lines after the one before it. */
function skipWhileNear(words: Word[], line: number, distance: number): void {
  let previous = line;
  while (words[0] && words[0].line - previous <= distance) {
    previous = words[0].line;
    words.shift();
  }
}

function wordsOf(text: string): Word[] {
  return text.split('\n').flatMap((content, line) =>
    Array.from(content.matchAll(/"((?:\\.|[^"\\])*)"|\S+/g), ([whole, quoted]) => ({
      text: quoted === undefined ? whole : quoted.replace(/\\(.)/g, '$1'),
      line,
    })),
  );
}
