import type { Portal } from './portal.ts';

/** Calls of the portal and the forge as signed-in people. */
export class Api {
  readonly #portal: Portal;
  readonly #token: string;

  private constructor(portal: Portal, token: string) {
    this.#portal = portal;
    this.#token = token;
  }

  /** Signs in as the guest, who is ada of the platform group. */
  static async signIn(portal: Portal): Promise<Api> {
    const answer = await fetch(`${portal.url}/api/auth/guest/refresh`, {
      method: 'POST',
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    const body = (await answer.json()) as { backstageIdentity: { token: string } };
    return new Api(portal, body.backstageIdentity.token);
  }

  /** Calls the portal; the answer with its parsed body. */
  async call<T = any>(path: string, init: { method?: string; body?: unknown } = {}) {
    const answer = await fetch(`${this.#portal.url}${path}`, {
      method: init.method ?? 'GET',
      headers: {
        Authorization: `Bearer ${this.#token}`,
        ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: init.body === undefined ? undefined : JSON.stringify(init.body),
    });
    const text = await answer.text();
    let body: unknown = text;
    if (answer.headers.get('content-type')?.includes('json')) body = JSON.parse(text);
    return { status: answer.status, body: body as T };
  }

  /** Runs the form's template; resolves when the task has ended. */
  async onboard(values: Record<string, unknown>) {
    const created = await this.call('/api/scaffolder/v2/tasks', {
      method: 'POST',
      body: { templateRef: 'template:default/new-tenant', values },
    });
    if (created.status !== 201)
      return { status: 'refused', message: JSON.stringify(created.body), output: {} as any };
    const id = created.body.id as string;
    const task = await until(`task ${id} ends`, 60_000, async () => {
      const { body } = await this.call(`/api/scaffolder/v2/tasks/${id}`);
      return ['completed', 'failed', 'cancelled'].includes(body.status) ? body : undefined;
    });
    const { body: events } = await this.call(`/api/scaffolder/v2/tasks/${id}/events`);
    const completion = events.find((event: any) => event.type === 'completion');
    return {
      status: task.status as string,
      message: events.map((event: any) => event.body.message).join('\n') as string,
      output: (completion?.body.output ?? {}) as any,
    };
  }

  /** Calls the forge's API as `person`. */
  async forge<T = any>(
    path: string,
    init: { method?: string; body?: unknown; person?: string } = {},
  ) {
    const answer = await fetch(`${this.#portal.forge}/api/v3${path}`, {
      method: init.method ?? 'GET',
      headers: {
        Authorization: `Bearer sandbox-forge-${init.person ?? 'ada'}`,
        'Content-Type': 'application/json',
      },
      body: init.body === undefined ? undefined : JSON.stringify(init.body),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  /** Merges a pull request as soon as its checks are green. */
  async merge(number: number) {
    return until(`pull request ${number} can be merged`, 30_000, async () => {
      const { status, body } = await this.forge(`/repos/acme/platform/pulls/${number}/merge`, {
        method: 'PUT',
        body: {},
      });
      return status === 200 ? body : undefined;
    });
  }
}

/** Asks every 200 ms until there is an answer; throws after `milliseconds`. */
export async function until<T>(
  what: string,
  milliseconds: number,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + milliseconds;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && (answer as unknown) !== false) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      throw new Error(`not within ${milliseconds / 1000} s: ${what}${last ? ` (${last})` : ''}`);
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
