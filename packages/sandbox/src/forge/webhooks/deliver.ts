import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** One message for one receiver. */
export interface Delivery {
  /** GitHub's name of the event, for example `push`. */
  event: string;
  payload: object;
}

/** Milliseconds before the second and the third attempt. */
const pauses = [250, 1000];

/** Milliseconds that a receiver has to answer. */
const timeout = 2000;

/** Messages that wait for one receiver; more than that and the oldest go. */
const maxWaiting = 200;

/**
 * The value of X-Hub-Signature-256.
 *
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function signature(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Sends messages to one receiver, in their order, in the background. */
export class Receiver {
  private readonly waiting: Delivery[] = [];
  private readonly stopped = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly secret: string,
    private readonly log: (line: string) => void,
  ) {}

  /** Puts a message at the end. Returns at once and never throws. */
  send(delivery: Delivery): void {
    this.waiting.push(delivery);
    this.waiting.splice(0, this.waiting.length - maxWaiting);
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
    });
  }

  /** Gives up what is not delivered yet. */
  async close(): Promise<void> {
    this.waiting.length = 0;
    this.stopped.abort();
    await this.running;
  }

  private async drain(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      await this.deliver(next);
    }
  }

  private async deliver({ event, payload }: Delivery): Promise<void> {
    const body = JSON.stringify(payload);
    const headers = {
      'Content-Type': 'application/json',
      'User-Agent': 'GitHub-Hookshot/sandbox',
      'X-GitHub-Event': event,
      'X-GitHub-Delivery': randomUUID(),
      'X-GitHub-Hook-ID': '1',
      'X-Hub-Signature-256': signature(this.secret, body),
    };
    let problem = '';
    for (let attempt = 0; attempt <= pauses.length && !this.stopped.signal.aborted; attempt += 1) {
      problem = await this.attempt(headers, body);
      if (!problem) {
        return;
      }
      if (attempt < pauses.length) {
        await wait(pauses[attempt], undefined, { signal: this.stopped.signal }).catch(
          () => undefined,
        );
      }
    }
    if (!this.stopped.signal.aborted) {
      this.log(`webhook ${event} to ${this.url} given up: ${problem}`);
    }
  }

  /** One attempt; an empty text when it went well. */
  private async attempt(headers: Record<string, string>, body: string): Promise<string> {
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.stopped.signal, AbortSignal.timeout(timeout)]),
      });
      await response.body?.cancel();
      return response.ok ? '' : `status ${response.status}`;
    } catch (error) {
      const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
      return cause?.code ?? cause?.message ?? message;
    }
  }
}
