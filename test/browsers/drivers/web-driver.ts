/** A client of the W3C's WebDriver (https://www.w3.org/TR/webdriver2/), as far as the tests need it. */

interface Answer {
  readonly value: unknown;
}

/** An element, as JSON has it (W3C WebDriver, 12.2). */
export const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

export class WebDriverSession {
  readonly #base: string;
  readonly #path: string;

  private constructor(base: string, path: string) {
    this.#base = base;
    this.#path = path;
  }

  /** @param base address of the driver  @param patienceMs how long it may take to start */
  static async open(
    base: string,
    capabilities: Readonly<Record<string, unknown>>,
    patienceMs: number,
  ): Promise<WebDriverSession> {
    const until = Date.now() + patienceMs;
    while (!(await isReady(base))) {
      if (Date.now() > until) throw new Error(`No driver answers at ${base}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const value = await ask(base, 'POST', '/session', { capabilities: { alwaysMatch: capabilities } });
    const { sessionId } = value as { sessionId: string };
    return new WebDriverSession(base, `/session/${sessionId}`);
  }

  /** @throws {Error} as the driver says */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    return ask(this.#base, method, this.#path + path, body);
  }
}

async function isReady(base: string): Promise<boolean> {
  return ask(base, 'GET', '/status').then(
    () => true,
    () => false,
  );
}

async function ask(base: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(base + path, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }),
  });
  const { value } = (await response.json()) as Answer;
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${path}: ${error}: ${message}`);
}
