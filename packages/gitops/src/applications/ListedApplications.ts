import { withPlaces } from '../traced/readTraced';
import { stringAt, type Origin, type Traced } from '../traced/traced';
import { readApplication, type Application } from './application';
import type { ArgocdManifest } from './manifests';

/**
 * Applications as a running Argo CD has them. What they say goes before what their manifests in the repository say; where both say the
 * same, it originates in the manifest.
 */
export class ListedApplications {
  readonly #values: Map<string, Traced>;
  readonly #used = new Set<string>();

  constructor(values: readonly Traced[]) {
    this.#values = new Map(values.map(value => [nameIn(value), value]));
  }

  get manifests(): ArgocdManifest[] {
    return [...this.#values.values()].map(value => ({ value, file: '', line: 0 }));
  }

  /** An Application of the repository as it is in Argo CD; itself, when it is not there. */
  replace(application: Application): Application {
    const live = this.#values.get(application.name);
    if (!live) return application;
    this.#used.add(application.name);
    const { file, line, applicationSet, madeFrom } = application;
    const place = { file, line, madeFrom, ...(applicationSet ? { applicationSet } : {}) };
    const read = readApplication(live, place);
    const sources = read.sources.map((source, index) => {
      const places = new Map<string, Origin | undefined>();
      const own = application.sources[index];
      if (own) collect(own.value, places);
      return { ...source, value: withPlaces(source.value, text => places.get(text)) };
    });
    return { ...read, sources };
  }

  /** Those of which nothing is in the repository. */
  others(): Application[] {
    return [...this.#values]
      .filter(([name]) => !this.#used.has(name))
      .map(([, value]) => readApplication(value, { file: '', line: 0, madeFrom: [] }));
  }
}

function nameIn(value: Traced): string {
  return stringAt(value, ['metadata', 'name']) ?? '';
}

/** What stands in more than one place has none. */
function collect(value: Traced, places: Map<string, Origin | undefined>): void {
  if (value.kind === 'scalar') {
    const text = typeof value.value === 'string' ? value.value : value.source;
    if (text !== '') places.set(text, places.has(text) ? undefined : value.origin);
  } else {
    for (const part of value.kind === 'map' ? value.entries.values() : value.items)
      collect(part, places);
  }
}
