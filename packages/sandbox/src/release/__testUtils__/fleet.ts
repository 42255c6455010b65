import { subscribe, unsubscribe, type ChannelListener } from 'node:diagnostics_channel';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { runGitops } from '@internal/gitops-cli';
import { personalToken } from '../../forge';
import { authorOf, git, startTestForge, type TestForge } from '../../forge/__testUtils__/testForge';
import type { SandboxSettings } from '../../settings';

const branch = 'bump/demo-api/ring-1';
const schema = 'charts/tenant/values.schema.json';

/** A valid tenant file; `replicas` is the last line, far from the tag. */
export function tenantText(name: string): string {
  return `tenant:
  name: ${name}
  displayName: Customer ${name}
  owner: group:default/${name}-owners
  tier: standard
  ring: 1
  contact: platform@example.com
image:
  repository: ghcr.io/acme/demo-api
  tag: sha-1111111
# Set by the platform team.
replicas: 2
`;
}

/** Path of a tenant's file. */
export const fileOf = (name: string) => `gitops/tenants/${name}-values.yaml`;

/** A forge with tenants in one ring, a checkout of it, and the `gitops bump` of a workflow. */
export interface Fleet {
  forge: TestForge;
  clone: string;
  names: string[];
  /** Runs `gitops bump --open-pr` at a time of that day. */
  bump(version?: string, options?: { more?: string[]; at?: string }): Promise<Bumped>;
  /** Calls the API as a person. */
  api(method: string, path: string, body?: unknown, login?: 'ada' | 'berta'): Promise<any>;
  /** Commits on main through the API, as the merge of another pull request does. */
  onMain(change: { name: string; edit(text: string): string }): Promise<void>;
  /** Pushes a commit of a person with real Git. */
  push(...args: string[]): Promise<void>;
  tip(): Promise<string>;
  /** States of the reviews of a pull request. */
  reviews(pull: number): Promise<string[]>;
  close(): Promise<void>;
}

/** What a run came to, and which requests it made. */
export interface Bumped {
  code: number;
  err: string;
  failed?: string;
  pullRequests: Array<{ outcome: string; number: number; reason?: string; branch: string }>;
  /** `METHOD path`, also of Git. */
  writes: string[];
  /** How many requests it made in all. */
  requests: number;
}

/** Starts a fleet of so many tenants. */
export async function startFleet(
  size: number,
  forgeLimits?: SandboxSettings['forgeLimits'],
): Promise<Fleet> {
  const names = Array.from({ length: size }, (_, index) => `t${String(index).padStart(4, '0')}`);
  const schemaText = await readFile(path.resolve(__dirname, '../../../../..', schema));
  const forge = await startTestForge({
    settings: forgeLimits ? { forgeLimits } : {},
    seed: seeded =>
      seeded.commitFiles({
        repository: 'platform',
        branch: 'main',
        files: {
          [schema]: schemaText,
          [fileOf('tenant-a')]: null,
          [fileOf('tenant-b')]: null,
          ...Object.fromEntries(names.map(name => [fileOf(name), tenantText(name)])),
        },
        executable: [fileOf(names[0])],
        message: 'Tenants',
        author: authorOf('ada'),
      }),
  });
  const clone = path.join(forge.settings.stateDir, 'clone');
  await git(forge.settings.stateDir, 'clone', '--quiet', `${forge.url}/acme/platform.git`, clone);
  let requests: string[] = [];
  const note: ChannelListener = message => {
    const { method, url } = (message as { request: IncomingMessage }).request;
    requests.push(`${method} ${url?.split(/\/acme\/platform(?:\.git)?\//)[1]}`);
  };
  subscribe('http.server.request.start', note);

  const api: Fleet['api'] = async (method, where, body, login = 'ada') => {
    const answer = await forge.api(`/repos/acme/platform/${where}`, {
      method,
      headers: { authorization: `token ${personalToken(login)}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };

  return {
    forge,
    clone,
    names,
    api,
    async bump(version = 'sha-2222222', { more = [], at = '12:00' } = {}) {
      const ran = { out: '', err: '' };
      requests = [];
      const args = ['bump', '--service', 'demo-api', '--version', version, '--open-pr'];
      const code = await runGitops([...args, '--output', 'json', ...more], {
        directory: clone,
        env: {
          GITHUB_TOKEN: personalToken('github-actions[bot]'),
          GITHUB_API_URL: `${forge.url}/api/v3`,
          GITHUB_REPOSITORY: 'acme/platform',
        },
        now: () => new Date(`2026-11-23T${at}:00Z`),
        write: text => {
          ran.out += text;
        },
        warn: text => {
          ran.err += `${text}\n`;
        },
      });
      const made = requests;
      const writes = made.filter(call => !/^(GET|HEAD) |git-upload-pack$/.test(call));
      return { code, err: ran.err, ...JSON.parse(ran.out || '{}'), writes, requests: made.length };
    },
    async onMain({ name, edit }) {
      const file = `contents/${fileOf(name)}`;
      const { content, sha } = await api('GET', file);
      const text = edit(Buffer.from(content, 'base64').toString());
      const body = { message: 'Change', sha, content: Buffer.from(text).toString('base64') };
      await api('PUT', file, { ...body, branch: 'main' });
    },
    async push(...args) {
      const token = Buffer.from(`x:${personalToken('ada')}`).toString('base64');
      const header = `http.extraHeader=authorization: Basic ${token}`;
      await git(clone, '-c', header, 'push', '--quiet', 'origin', ...args);
    },
    tip: async () => (await api('GET', `git/ref/heads/${branch}`)).object.sha,
    reviews: async pull =>
      (await api('GET', `pulls/${pull}/reviews`)).map(({ state }: { state: string }) => state),
    async close() {
      unsubscribe('http.server.request.start', note);
      await forge.close();
    },
  };
}
