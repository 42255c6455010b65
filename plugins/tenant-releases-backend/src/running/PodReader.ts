import { toVersion } from '../sync/RecordReader';
import { unreadableEvent, type WatchEvent } from '../upstream/ListWatch';
import { readOrName } from '../upstream/readOrName';
import type { PodEvent } from './KubernetesClient';
import type { LabelSelector } from './labelSelector';
import { toPodRecord, type PodLabels, type PodRecord } from './PodRecord';
import { readPod, type ReadPod } from './podSchema';

/** Reads pods by their labels, and counts those that are nobody's because they cannot be read. */
export class PodReader {
  unnamed = 0;
  readonly #labels: PodLabels;
  readonly #selectors: readonly LabelSelector[] | undefined;
  readonly #hasLabels: boolean;

  /** @param hasLabels - whether the labels count beside selectors, since there is a repository of our own layout, too */
  constructor(labels: PodLabels, selectors?: readonly LabelSelector[], hasLabels = !selectors) {
    this.#hasLabels = hasLabels;
    this.#labels = labels;
    this.#selectors = selectors;
  }

  list(items: readonly unknown[]): Map<string, PodRecord> {
    const records = new Map<string, PodRecord>();
    this.unnamed = 0;
    for (const item of items) {
      const { read, record } = this.#read(item) ?? {};
      if (read && record) records.set(keyOf(read), record);
      else if (!read || read.unreadable.some(field => field.startsWith('metadata.labels'))) {
        this.unnamed += 1;
      }
    }
    return records;
  }

  event({ type, pod }: PodEvent): WatchEvent<PodRecord> | typeof unreadableEvent {
    const found = this.#read(pod);
    if (!found || !type) return unreadableEvent;
    const { read, record: value } = found;
    const version = toVersion(read.pod.metadata.resourceVersion);
    // A pod that has lost its labels is the tenant's no more; of a deletion only the key matters.
    if (!value || type === 'DELETED') return { type: 'DELETED', key: keyOf(read), version, value };
    return { type, key: keyOf(read), version, value };
  }

  #read(pod: unknown): { read: ReadPod; record?: PodRecord } | undefined {
    return readOrName(pod, (value, more) => {
      const found = readPod(value);
      if (!found) return undefined;
      const read = { ...found, unreadable: [...found.unreadable, ...more] };
      return { read, record: toPodRecord(read, this.#labels, this.#selectors, this.#hasLabels) };
    });
  }
}

function keyOf({ pod: { metadata } }: ReadPod): string {
  return `${metadata.namespace}/${metadata.name}`;
}
