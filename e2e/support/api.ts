import type { Portal } from './portal.ts';

interface TaskEvent {
  type: string;
  body: { message: string; output?: { links?: Array<{ title?: string; url: string }> } };
}

/** Calls of the portal and the forge as signed-in people. */
export class Api {
  readonly #portal: Portal;
  readonly #token: string;

  private constructor(portal: Portal, token: string) {
    this.#portal = portal;
    this.#token = token;
  }

  /** Signs in as a person, by the command that gives scripts a token. */
  static async signIn(portal: Portal, person = 'ada'): Promise<Api> {
    const printed = await portal.sandbox('token', person);
    return new Api(portal, printed.trim());
  }

  /** Calls the portal; the answer with its parsed body. */
  async call<T = Record<string, unknown>>(
    path: string,
    init: { method?: string; body?: unknown } = {},
  ) {
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
    const tasks = '/api/scaffolder/v2/tasks';
    const created = await this.call<{ id: string }>(tasks, {
      method: 'POST',
      body: { templateRef: 'template:default/new-tenant', values },
    });
    if (created.status !== 201) {
      return { status: 'refused', message: JSON.stringify(created.body), links: [] };
    }
    const { id } = created.body;
    const status = await until(`task ${id} ends`, 60_000, async () => {
      const { body } = await this.call<{ status: string }>(`${tasks}/${id}`);
      return ['completed', 'failed', 'cancelled'].includes(body.status) ? body.status : undefined;
    });
    const { body: events } = await this.call<TaskEvent[]>(`${tasks}/${id}/events`);
    const completion = events.find(event => event.type === 'completion');
    return {
      status,
      message: events.map(event => event.body.message).join('\n'),
      links: completion?.body.output?.links ?? [],
    };
  }

  /** Calls the forge's API as `person`. */
  async forge<T = Record<string, unknown>>(
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
