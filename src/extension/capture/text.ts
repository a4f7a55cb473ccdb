import { clean } from './name.ts';

/** Selected text as a file named after its page. */
export function textFile(text: string, pageTitle: string, fallback: string): File {
  const name = `${clean(pageTitle) || fallback}.txt`;
  return new File([text], name, { type: 'text/plain;charset=utf-8' });
}
