/** For a message to be noticed before the next one takes its place, in milliseconds. */
const MOMENT = 1_000;

/** Shows messages to screen readers one after another, each for long enough. */
export function inTurn(show: (text: string) => void): (text: string) => void {
  /** The first is being shown. */
  const messages: string[] = [];
  const next = () => {
    const [text] = messages;
    if (text === undefined) return;
    show(text);
    setTimeout(() => {
      messages.shift();
      next();
    }, MOMENT);
  };
  return (text) => {
    if (messages.push(text) === 1) next();
  };
}
