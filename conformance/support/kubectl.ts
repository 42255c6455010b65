import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { servers } from './environment.ts';
import type { KubernetesObject } from './objects.ts';
import { output, run, type Outcome } from './run.ts';

/** kubectl as one person or service account. */
export class Kubectl {
  readonly #identity: string[];

  /** @param identity - arguments that say who asks; none is the administrator of KUBECONFIG */
  constructor(identity: string[] = []) {
    this.#identity = identity;
  }

  /** A person as the API server would know them after sign-in: by impersonation. */
  static person(user: string, ...groups: string[]): Kubectl {
    const all = [...groups, 'system:authenticated'];
    return new Kubectl([`--as=${user}`, ...all.map(group => `--as-group=${group}`)]);
  }

  /** A service account, with a real token of its own and nothing else. */
  static async serviceAccount(namespace: string, name: string): Promise<Kubectl> {
    const admin = new Kubectl();
    const token = await admin.output(['create', 'token', name, '-n', namespace]);
    const config = JSON.parse(
      await admin.output(['config', 'view', '--raw', '--minify', '-o', 'json']),
    );
    // The administrator's certificate would go before the token.
    config.users = config.users.map((user: { name: string }) => ({
      name: user.name,
      user: { token: token.trim() },
    }));
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'conformance-')), 'kubeconfig');
    await writeFile(file, JSON.stringify(config), { mode: 0o600 });
    return new Kubectl([`--kubeconfig=${file}`]);
  }

  run(args: string[], input?: string): Promise<Outcome> {
    const env = { ...process.env, KUBECONFIG: servers.kubeconfig };
    return run('kubectl', [...this.#identity, ...args], { input, env });
  }

  output(args: string[], input?: string): Promise<string> {
    const env = { ...process.env, KUBECONFIG: servers.kubeconfig };
    return output('kubectl', [...this.#identity, ...args], { input, env });
  }

  async get(...args: string[]): Promise<KubernetesObject> {
    return JSON.parse(await this.output(['get', ...args, '-o', 'json']));
  }

  /** The objects of a list; none when there is no such kind. */
  async list(...args: string[]): Promise<KubernetesObject[]> {
    const answer = JSON.parse(await this.output(['get', ...args, '-o', 'json']));
    return answer.items;
  }

  async exists(...args: string[]): Promise<boolean> {
    const text = await this.output(['get', ...args, '--ignore-not-found', '-o', 'name']);
    return text.trim() !== '';
  }

  /** Server-side apply. */
  apply(objects: KubernetesObject[], ...args: string[]): Promise<Outcome> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    return this.run(
      ['apply', '--server-side', '--field-manager=conformance', ...args, '-f', '-'],
      JSON.stringify(list),
    );
  }
}
