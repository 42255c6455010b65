import type { SourceStatus } from '@internal/plugin-tenant-releases-common';

/** An optional part whose configuration is wrong: it is left out, and shown as a source that is down. */
export interface PartProblem {
  source: Pick<SourceStatus, 'id' | 'kind' | 'name'>;
  /** One line for log and people that names the key and the cure; no address, no secret. */
  message: string;
}

/** Parts that can be used, and what is wrong with the others. */
export interface PartList<T> {
  parts: T[];
  problems: PartProblem[];
}

/** Says in one line what is wrong with an address; undefined when it can be used. */
export function urlProblem(value: string | undefined): string | undefined {
  if (!value) return 'is missing; set it to the address of the server';
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return 'is not a URL; write it with http:// or https://';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return 'must start with http:// or https://';
  }
  if (url.username || url.password) {
    return 'holds credentials; take them out and use the settings for them';
  }
  if (url.search || url.hash) return 'holds more than an address; take out what begins with ? or #';
  return undefined;
}
