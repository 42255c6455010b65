import { createBackendModule } from '@backstage/backend-plugin-api';
import { eventsServiceRef, type EventsService } from '@backstage/plugin-events-node';
import type { JsonObject } from '@backstage/types';
import { GitRemote } from '@internal/gitops/testUtils';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import {
  configFor,
  startTestPortal,
  startUpstreams,
  type TestPortal,
  type Upstreams,
} from './startTestPortal';

/** A portal over a list of repositories: two real ones, on hosts of two kinds, and one that is read by GitHub's API. */
export class ListPortal {
  /** On a host like GitHub. */
  readonly shop = new GitRemote();
  /** On a host like GitLab. */
  readonly bank = new GitRemote();
  upstreams!: Upstreams;
  readonly #directory = mkdtempSync(path.join(tmpdir(), 'list-'));
  #portal: TestPortal | undefined;
  #events: EventsService | undefined;

  async open(): Promise<this> {
    this.upstreams = await startUpstreams();
    await Promise.all([this.shop.start(), this.bank.start()]);
    return this;
  }

  /** The settings of a real repository. */
  entry(remote: GitRemote, more: JsonObject = {}): JsonObject {
    return {
      repository: remote.url.replace(/\.git$/, ''),
      pollSeconds: 1,
      mirrorDirectory: this.#directory,
      ...more,
    };
  }

  /** The settings of the repository of our own layout, which GitHub's API tells. */
  get own(): JsonObject {
    return { repository: 'https://git.example.com/acme/platform', pollSeconds: 1 };
  }

  async start(gitops: JsonObject[] | JsonObject): Promise<void> {
    const usual = configFor(this.upstreams);
    const { host, origin } = new URL(this.bank.url);
    const gitlab = { host, baseUrl: origin, apiBaseUrl: `${origin}/api/v4`, token: 'gitlab-token' };
    const apiBaseUrl = this.upstreams.github.url;
    const github = ['git.example.com', new URL(this.shop.url).host].map(one => ({
      host: one,
      apiBaseUrl,
      token: 'git-token',
    }));
    const listen = createBackendModule({
      pluginId: 'tenant-releases',
      moduleId: 'pushes',
      register: env =>
        env.registerInit({
          deps: { events: eventsServiceRef },
          init: async ({ events }) => {
            this.#events = events;
          },
        }),
    });
    this.#portal = await startTestPortal(this.upstreams, {
      config: {
        ...usual,
        integrations: { github, gitlab: [gitlab] },
        tenantReleases: { ...(usual.tenantReleases as JsonObject), gitops },
      },
      features: [listen],
    });
  }

  /** What GitHub tells of a push to a repository's branch. */
  async push(remote: GitRemote): Promise<void> {
    await this.#events!.publish({
      topic: 'github.push',
      eventPayload: {
        ref: 'refs/heads/main',
        repository: {
          full_name: 'acme/platform',
          html_url: remote.url.replace(/\.git$/, ''),
        },
      },
    });
  }

  async ask(route: string) {
    return request(this.#portal!.server).get(`/api/tenant-releases${route}`);
  }

  async get(route: string) {
    return (await this.ask(route)).body;
  }

  /** `tenant/service/environment version` of each row; what is late has a `?`. */
  async rows(): Promise<string[]> {
    const { items = [] } = await this.get('/releases?limit=1000');
    return items.map(
      ({ tenant, service, environment, desired, staleSeconds }: Record<string, any>) =>
        `${[tenant, service, environment].filter(Boolean).join('/')} ${desired?.version}${
          staleSeconds === undefined ? '' : '?'
        }`,
    );
  }

  /** The sources of Git. */
  async sources(): Promise<Array<Record<string, any>>> {
    const { items } = await this.get('/sources');
    return items.filter(({ kind }: { kind: string }) => kind === 'git');
  }

  async stop(): Promise<void> {
    if (this.#portal) await this.#portal.stop();
    else await Promise.all(Object.values(this.upstreams).map(upstream => upstream.stop()));
    await Promise.all([this.shop.stop(), this.bank.stop()]);
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
