import { readOrName } from '../upstream/readOrName';
import { applicationKey } from './ApplicationRecord';
import { readApplication } from './applicationSchema';
import { toRecord, type RecordOptions } from './toRecord';

/** Reads objects of one instance, and counts those without a name. */
export class RecordReader {
  unnamed = 0;
  readonly #options: RecordOptions;

  constructor(options: RecordOptions) {
    this.#options = options;
  }

  read(value: unknown, isWhole: boolean) {
    return readOrName(value, (object, more) => {
      const found = readApplication(object);
      if (!found) return undefined;
      const { application, unreadable } = found;
      const read = { application, unreadable: [...unreadable, ...more] };
      const record = toRecord(this.#options, read, isWhole);
      const version = toVersion(application.metadata.resourceVersion);
      return { key: applicationKey(record), version, value: record };
    });
  }
}

/** Kubernetes' resourceVersion as a number; undefined when it is none. */
export function toVersion(resourceVersion: string | undefined): number | undefined {
  const version = Number(resourceVersion || NaN);
  return Number.isFinite(version) ? version : undefined;
}
