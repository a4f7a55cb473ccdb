import { MemoryTransport } from '../../../src/sdk/jetstream/index.ts';

interface Message {
  id: number;
  method: string;
  params: Record<string, unknown>;
}

/** The far end of a connection, played by a test line by line. */
export interface ScriptedServer {
  /** The end for the client. */
  readonly transport: MemoryTransport;
  /** Texts as they arrived. */
  readonly texts: string[];
  readonly messages: Message[];
  say(text: string): Promise<void>;
  close(): Promise<void>;
}

/** `answer` gives the result of each call; without it, calls stay open until the test speaks. */
export function scriptedServer(answer?: (message: Message) => unknown): ScriptedServer {
  const [transport, far] = MemoryTransport.pair();
  const texts: string[] = [];
  const messages: Message[] = [];
  far.onMessage((text) => {
    texts.push(text);
    const message: Message = JSON.parse(text);
    messages.push(message);
    if (!answer) return;
    void far.send(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: answer(message) }));
  });
  return {
    transport,
    texts,
    messages,
    say: (text) => far.send(text),
    close: () => far.close(),
  };
}
