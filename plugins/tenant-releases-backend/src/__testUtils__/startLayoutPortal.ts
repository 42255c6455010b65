import {
  directoryCheckout,
  discover,
  findHelm,
  findProgram,
  withDeployments,
} from '@internal/gitops';
import { GitRemote } from '@internal/gitops/testUtils';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject, JsonValue } from '@backstage/types';
import { readdirSync, readFileSync, rmSync, mkdtempSync } from 'node:fs';
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

/** The address by which the Applications of the examples know their repository. */
export const exampleAddress = 'https://git.example.com/acme/platform.git';

/** Where programs are: on the PATH, or where the set-up puts them. */
const searchPath = [process.env.PATH ?? '', path.resolve(__dirname, '../../../../.tools/bin')].join(
  path.delimiter,
);

/** The setting of a program that renders. @throws Error that says how to get it */
async function located(name: 'helm' | 'kubectl'): Promise<JsonObject> {
  const found = await findProgram(name, searchPath);
  if (found) return { [name]: { path: found } };
  throw new Error(`These tests need ${name}: run them with npm test, which brings it`);
}

const examples = path.resolve(__dirname, '../../../../examples');

/** The files of a repository in `examples/`. */
export function exampleFiles(name: string): Record<string, string> {
  const root = path.join(examples, name);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name))
      .map(file => [path.relative(root, file), readFileSync(file, 'utf8')]),
  );
}

/** The layouts that `gitops init` proposes for a repository in `examples/`. */
export async function proposedLayouts(name: string): Promise<JsonValue> {
  const checkout = directoryCheckout(path.join(examples, name));
  const found = await findHelm(undefined, searchPath);
  const helm = 'path' in found ? { helm: found.path } : {};
  const { layouts } = await withDeployments(
    checkout,
    { ...helm, addresses: [exampleAddress] },
    deployed => discover(checkout, deployed),
  );
  return JSON.parse(JSON.stringify(layouts));
}

/** A portal that reads a real repository by layouts. */
export class LayoutPortal {
  readonly remote = new GitRemote();
  readonly #directory = mkdtempSync(path.join(tmpdir(), 'layouts-'));
  #upstreams: Upstreams | undefined;
  #portal: TestPortal | undefined;

  get upstreams(): Upstreams {
    if (!this.#upstreams) throw new Error('open the portal first');
    return this.#upstreams;
  }

  /** Starts what the portal reads. */
  async open(): Promise<this> {
    this.#upstreams = await startUpstreams();
    await this.remote.start();
    return this;
  }

  async start(
    layouts: JsonValue,
    gitops: JsonObject = {},
    logger: Partial<LoggerService> = {},
    features: NonNullable<Parameters<typeof startTestPortal>[1]>['features'] = [],
  ) {
    const { host, origin } = new URL(this.remote.url);
    const usual = configFor(this.upstreams);
    const config = {
      ...usual,
      integrations: {
        github: [{ host, apiBaseUrl: this.upstreams.github.url, token: 'git-token' }],
      },
      tenantReleases: {
        ...(usual.tenantReleases as JsonObject),
        ...(await located('helm')),
        ...(await located('kubectl')),
        gitops: {
          repository: `${origin}/acme/platform`,
          aliases: [exampleAddress],
          pollSeconds: 1,
          mirrorDirectory: this.#directory,
          layouts,
          ...gitops,
        },
      },
    };
    this.#portal = await startTestPortal(this.upstreams, { config, logger, features });
  }

  async get(route: string) {
    const { server } = this.#portal!;
    return (await request(server).get(`/api/tenant-releases${route}`)).body;
  }

  /** The source `git`, with what it leaves out. */
  async git() {
    const { items } = await this.get('/sources');
    return items.find(({ id }: { id: string }) => id === 'git');
  }

  /** `tenant/service/environment version` of each row. */
  async rows(): Promise<string[]> {
    const { items = [] } = await this.get('/releases?limit=1000');
    return items.map(
      ({ tenant, service, environment, desired }: Record<string, any>) =>
        `${[tenant, service, environment].filter(Boolean).join('/')} ${desired?.version}`,
    );
  }

  async stop(): Promise<void> {
    if (this.#portal) await this.#portal.stop();
    else if (this.#upstreams) {
      await Promise.all(Object.values(this.#upstreams).map(upstream => upstream.stop()));
    }
    await this.remote.stop();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
