import path from 'node:path';

/** The checkout that this file is part of. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../..');

/** The address that the repository's own files name. */
export const publicRepository = 'https://github.com/acme/platform.git';

/** Reads a variable that scripts/conformance.mjs has made sure of. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** The servers that the tests of the platform talk to. */
export const servers = {
  /** A cluster administrator's. */
  get kubeconfig() {
    return required('KUBECONFIG');
  },
  /** Base URL without a slash at the end. */
  get argocd() {
    return baseUrl(required('ARGOCD_SERVER'));
  },
  get argocdToken() {
    return required('ARGOCD_TOKEN');
  },
};

/** `host:port` as the argocd command takes it, or a URL. */
export function baseUrl(server: string): string {
  if (/^https?:\/\//.test(server)) return server.replace(/\/$/, '');
  const local = /^(localhost|127\.0\.0\.1)(:|$)/.test(server);
  return `${local ? 'http' : 'https'}://${server}`;
}
