/** Says a sentence to those who listen instead of looking, when they have time. */
export function announce(sentence: string): void {
  say('announcer', sentence);
}

/** Says at once what has gone wrong. */
export function alarm(sentence: string): void {
  say('alarm', sentence);
}

function say(id: string, sentence: string): void {
  const region = document.getElementById(id);
  if (region) region.textContent = sentence;
}
