import { setTimeout as wait } from 'node:timers/promises';
import { SandboxSettings, serverUrl } from '../settings';

/** Between two requests to a cluster that is away. */
const retryMilliseconds = 1000;

async function accepted(answer: Response, path: string): Promise<Response> {
  if (answer.ok) return answer;
  throw new Error(`Kubernetes answers ${answer.status} to ${path}: ${await answer.text()}`);
}

/** The Kubernetes API as an administrator. */
export class Cluster {
  constructor(private readonly settings: SandboxSettings, private readonly signal: AbortSignal) {}

  async wait(milliseconds: number): Promise<void> {
    await wait(milliseconds, undefined, { signal: this.signal });
  }

  /** Undefined for what is not there. */
  async get<T>(path: string): Promise<T | undefined> {
    const answer = await this.request(path);
    return answer.status === 404 ? undefined : ((await accepted(answer, path)).json() as T);
  }

  async patch(path: string, body: object): Promise<void> {
    const isBuiltIn = path.startsWith('/apis/apps/');
    const kind = isBuiltIn ? 'strategic-merge-patch' : 'merge-patch';
    const answer = await this.request(`${path}?fieldManager=kubectl-edit`, {
      method: 'PATCH',
      headers: { 'Content-Type': `application/${kind}+json` },
      body: JSON.stringify(body),
    });
    await (await accepted(answer, path)).text();
  }

  /** Waits for a server that is away: somebody may have stopped it. */
  private async request(path: string, init: RequestInit = {}): Promise<Response> {
    const { settings, signal } = this;
    const headers = { ...init.headers, Authorization: `Bearer ${settings.tokens.kubernetesAdmin}` };
    for (;;) {
      try {
        return await fetch(`${serverUrl(settings, 'kubernetes')}${path}`, {
          ...init,
          headers,
          signal,
        });
      } catch (error) {
        // Without an answer it has not been refused.
        if (signal.aborted) throw error;
        await this.wait(retryMilliseconds);
      }
    }
  }
}
