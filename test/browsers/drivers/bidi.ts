import { WebSocket } from 'ws';

/** A client of WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), as far as the tests need it. */
export class BidiConnection {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  readonly #onEvent: (method: string, parameters: unknown) => void;
  #calls = 0;

  private constructor(socket: WebSocket, onEvent: (method: string, parameters: unknown) => void) {
    this.#socket = socket;
    this.#onEvent = onEvent;
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('close', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('The browser is gone.'));
      this.#pending.clear();
    });
  }

  /** @param onEvent told of what was subscribed to */
  static async open(
    address: string,
    onEvent: (method: string, parameters: unknown) => void,
  ): Promise<BidiConnection> {
    const socket = new WebSocket(address, { maxPayload: 2 ** 30 });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return new BidiConnection(socket, onEvent);
  }

  /** @throws {Error} as the browser says */
  send(method: string, params: Readonly<Record<string, unknown>>): Promise<unknown> {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as {
      readonly type: 'success' | 'error' | 'event';
      readonly id?: number;
      readonly result?: unknown;
      readonly error?: string;
      readonly message?: string;
      readonly method?: string;
      readonly params?: unknown;
    };
    if (message.type === 'event') {
      this.#onEvent(message.method ?? '', message.params);
      return;
    }
    const pending = this.#pending.get(message.id ?? -1);
    this.#pending.delete(message.id ?? -1);
    if (message.type === 'success') pending?.resolve(message.result);
    else pending?.reject(new Error(`${message.error}: ${message.message}`));
  }
}
