import { z } from 'zod';
import type { NewPull, Pull, PullChange, PullRequestHost } from '../PullRequestHost';
import { PatientCalls, type GithubConnection } from './PatientCalls';

const pullSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
});

/** The pull requests of one repository, over GitHub's REST API (docs.github.com/rest/pulls). */
export class GithubRepository implements PullRequestHost {
  readonly #calls: PatientCalls;

  constructor(readonly slug: { owner: string; repo: string }, connection: GithubConnection) {
    this.#calls = new PatientCalls(connection);
  }

  async openPull(branch: string, base: string): Promise<Pull | undefined> {
    const parameters = { state: 'open', head: `${this.slug.owner}:${branch}`, base };
    const route = 'GET /repos/{owner}/{repo}/pulls';
    const [pull] = await this.call(z.array(pullSchema), route, parameters);
    return pull && toPull(pull);
  }

  async createPull(pull: NewPull): Promise<Pull> {
    return toPull(await this.call(pullSchema, 'POST /repos/{owner}/{repo}/pulls', { ...pull }));
  }

  async updatePull(number: number, change: PullChange): Promise<void> {
    const parameters = { pull_number: number, ...change };
    await this.call(pullSchema, 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}', parameters);
  }

  async comment(number: number, body: string): Promise<void> {
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    await this.call(z.object({ id: z.number() }), route, { issue_number: number, body });
  }

  /** @throws GithubError also for an answer of another shape, such as a page to sign in */
  private call<T>(
    schema: z.ZodType<T>,
    route: string,
    parameters: Record<string, unknown>,
  ): Promise<T> {
    return this.#calls.call(route, { ...this.slug, ...parameters }, schema);
  }
}

function toPull({ number, html_url: url, title, body }: z.infer<typeof pullSchema>): Pull {
  return { number, url, title, body: body ?? '' };
}
