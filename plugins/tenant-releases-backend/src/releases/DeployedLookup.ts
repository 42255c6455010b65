import type { DesiredEntry } from '../desired/DesiredEntries';
import type { DesiredIndex } from '../desired/DesiredIndex';
import { defaultSelector, filled, parseSelector, selectedBy } from '../running/labelSelector';
import { placedLabels } from '../running/PodWatch';

/** What an Application reads of the repository, and what it is called. */
export interface ApplicationReading {
  name: string;
  files: readonly string[];
  folder?: string;
  labelSets?: readonly string[];
  /** See GitopsUse. */
  repository?: string;
}

interface Tables {
  generation: object;
  /** Tenants by the name of the Application, by its labels, and by what is rendered. */
  tenants: Map<string, Set<string>>;
  /** By what is rendered: those that are deployed together. */
  deployments: Map<string, Set<string>>;
  /** Tenants by the labels of their pods. */
  labels: Map<string, Set<string>>;
}

/** Whose the Applications and pods are that a repository of another layout than our own deploys. */
export class DeployedLookup {
  readonly #desired: Pick<DesiredIndex, 'entries' | 'generation'>;
  #known: Tables | undefined;

  constructor(desired: Pick<DesiredIndex, 'entries' | 'generation'>) {
    this.#desired = desired;
  }

  /** The tenants that may look different when an Application changes. */
  tenantsOf({ name, files, folder, labelSets = [], repository }: ApplicationReading): string[] {
    const { tenants } = this.#tables();
    const keys = [
      `name:${name}`,
      ...labelSets.map(set => `labels:${set}`),
      ...[...files, folder ?? []].flat().map(place => placeKey(place, repository)),
    ];
    return [...new Set(keys.flatMap(key => [...(tenants.get(key) ?? [])]))];
  }

  /** The tenants whose pods carry labels in a namespace. */
  tenantsAt(placed: string): readonly string[] {
    return [...(this.#tables().labels.get(placed) ?? [])];
  }

  /** Whether a file or folder is rendered for one deployment alone: who reads it deploys that one. */
  isParticular(place: string, repository?: string): boolean {
    return this.#tables().deployments.get(placeKey(place, repository))?.size === 1;
  }

  #tables(): Tables {
    const { generation } = this.#desired;
    if (this.#known?.generation === generation) return this.#known;
    const tables: Tables = {
      generation,
      tenants: new Map(),
      deployments: new Map(),
      labels: new Map(),
    };
    for (const entry of this.#desired.entries()) addTo(tables, entry);
    this.#known = tables;
    return tables;
  }
}

/** One deployment may have several services. */
export function deploymentKey({ repository, tenant, environment, deployed }: DesiredEntry): string {
  return [repository ?? '', tenant, environment ?? '', deployed?.application ?? ''].join('\n');
}

/** The labels of the pods of a release, as labelSets has them; empty while they are not known. */
export function labelsOf({ deployed }: DesiredEntry, application: string | undefined): string {
  if (!deployed) return '';
  const names = { ...deployed.names, application: application ?? deployed.application ?? '' };
  return selectedBy(parseSelector(deployed.selector ?? defaultSelector), names) ?? '';
}

/** What the Application of a release is called and how it is labelled, as its layout says; empty where it does not. */
export function wantedOf({ deployed }: DesiredEntry): { name?: string; labels?: string } {
  if (!deployed?.wanted) return {};
  const { name, labelSelector } = deployed.wanted;
  const names = { ...deployed.names, application: '' };
  const called = name && filled(name, names);
  const labels = labelSelector && selectedBy(parseSelector(labelSelector), names);
  return { ...(called ? { name: called } : {}), ...(labels ? { labels } : {}) };
}

function addTo({ tenants, deployments, labels }: Tables, entry: DesiredEntry): void {
  const { tenant, deployed, repository } = entry;
  if (!deployed) return;
  const { application, reads, target } = deployed;
  if (application !== undefined) add(tenants, `name:${application}`, tenant);
  const wanted = wantedOf(entry);
  if (wanted.name !== undefined) add(tenants, `name:${wanted.name}`, tenant);
  if (wanted.labels !== undefined) add(tenants, `labels:${wanted.labels}`, tenant);
  for (const place of reads) {
    const key = placeKey(place, repository);
    add(tenants, key, tenant);
    add(deployments, key, deploymentKey(entry));
  }
  const namespace = target?.destination.namespace;
  if (namespace) add(labels, placedLabels(namespace, labelsOf(entry, undefined)), tenant);
}

function placeKey(place: string, repository = ''): string {
  return `place:${repository}:${place}`;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}
