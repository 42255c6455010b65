/** The HTTP servers of the platform: by their URL, else through a forwarded port. */

import { quote } from './shell.mjs';

/** Service and port by which each server is found inside the cluster. */
const services = {
  prometheus: { name: 'prometheus', port: 9090 },
  loki: { name: 'loki', port: 3100 },
  grafana: { name: 'grafana', port: 3000 },
  argocd: { name: 'argocd-server', port: 80, namespace: 'argocd' },
};

/** A server that the platform does not have; not a failure. */
export class NotHereError extends Error {}

/** Requests to the servers of one platform. */
export class Servers {
  #kubectl;
  #target;
  #addresses = new Map();

  constructor(kubectl, target) {
    this.#kubectl = kubectl;
    this.#target = target;
  }

  /**
   * Asks a server for JSON. Throws an Error with the status when it refuses, {@link NotHereError} when it is not there.
   * @param name - prometheus, loki, grafana or argocd
   * @param request - `path`, and what it needs of `query` and `headers`
   */
  async json(name, { path, query = {}, headers = {} }) {
    const token = this.#target.tokens?.[name];
    const parameters = new URLSearchParams(query).toString();
    const url = (await this.#address(name)) + path + (parameters && `?${parameters}`);
    const answer = await fetch(url, {
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      signal: AbortSignal.timeout(15_000),
      redirect: 'error',
    }).catch(error => {
      throw new Error(`no answer: ${error.cause?.code ?? error.cause?.message ?? error.message}`);
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${text.trim().slice(0, 160)}`);
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`the answer is not JSON: ${text.trim().slice(0, 80)}`);
    }
  }

  /** The same request as a person makes it. Credentials stay variables. */
  command(name, { path, query = {}, headers = {} }) {
    const variable = name.toUpperCase();
    const words = ['curl', '-sG', quote((this.#target.urls[name] ?? `$${variable}_URL`) + path)];
    if (this.#target.tokens?.[name]) words.push(`-H "Authorization: Bearer $${variable}_TOKEN"`);
    for (const [key, value] of Object.entries(headers)) words.push('-H', quote(`${key}: ${value}`));
    for (const entry of Object.entries(query)) {
      words.push('--data-urlencode', quote(entry.join('=')));
    }
    return words.join(' ');
  }

  #address(name) {
    if (!this.#addresses.has(name)) this.#addresses.set(name, this.#find(name));
    return this.#addresses.get(name);
  }

  async #find(name) {
    if (this.#target.urls[name]) return this.#target.urls[name];
    const { name: service, port, namespace = this.#target.observability } = services[name];
    const { code } = await this.#kubectl.run(['-n', namespace, 'get', 'service', service]);
    if (code !== 0) {
      throw new NotHereError(
        `no service/${service} in namespace ${namespace}, and no --${name} <url>`,
      );
    }
    return this.#kubectl.forward(namespace, `service/${service}`, port);
  }
}
