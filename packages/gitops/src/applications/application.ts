import { at, entriesAt, itemsAt, stringAt, type Traced } from '../traced/traced';

/** An Application of Argo CD, as far as it says what is applied. */
export interface Application {
  name: string;
  project: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  destination: { name?: string; server?: string; namespace?: string };
  sources: ApplicationSource[];
  /** File and line of the manifest that it, or its ApplicationSet, stands in. */
  file: string;
  line: number;
  /** Name of the ApplicationSet that makes it. */
  applicationSet?: string;
  /** Files and folders that the ApplicationSet, or the chart that makes it, has it from. */
  madeFrom: readonly string[];
}

/** A source of an Application. */
export interface ApplicationSource {
  repoURL: string;
  /** Folder in the repository; absent for a chart of a registry and for one that lends its files only. */
  path?: string;
  chart?: string;
  ref?: string;
  targetRevision: string;
  value: Traced;
}

/** Reads an Application. @param place - where it stands, when it does not say so itself */
export function readApplication(
  value: Traced,
  place: Pick<Application, 'file' | 'line' | 'applicationSet' | 'madeFrom'>,
): Application {
  const list = itemsAt(value, ['spec', 'sources']);
  const single =
    at(value, ['spec', 'source']) ?? at(value, ['spec', 'sourceHydrator', 'drySource']);
  const texts = (key: string) =>
    Object.fromEntries(
      [...entriesAt(value, ['metadata', key])].map(([name, text]) => [
        name,
        stringAt(text, []) ?? '',
      ]),
    );
  const destination = Object.fromEntries(
    ['name', 'server', 'namespace'].flatMap(key => {
      const text = stringAt(value, ['spec', 'destination', key]);
      return text ? [[key, text]] : [];
    }),
  );
  return {
    name: stringAt(value, ['metadata', 'name']) ?? '',
    project: stringAt(value, ['spec', 'project']) ?? 'default',
    labels: texts('labels'),
    annotations: texts('annotations'),
    destination,
    sources: [...(list.length > 0 || !single ? list : [single])].map(readSource),
    ...place,
  };
}

function readSource(value: Traced): ApplicationSource {
  const field = (key: string) => {
    const text = stringAt(value, [key]);
    return text === undefined || text === '' ? {} : { [key]: text };
  };
  return {
    repoURL: stringAt(value, ['repoURL']) ?? '',
    ...field('path'),
    ...field('chart'),
    ...field('ref'),
    targetRevision: stringAt(value, ['targetRevision']) || 'HEAD',
    value,
  };
}
