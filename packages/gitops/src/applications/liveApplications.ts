import { readTraced } from '../traced/readTraced';
import { at, itemsAt, stringAt, type Traced } from '../traced/traced';

/** A list answer of Argo CD is none; the message says why, as the end of a sentence. */
export class LiveError extends Error {
  override name = 'LiveError';
}

/**
 * The Applications of a list answer of Argo CD (`GET /api/v1/applications`, `argocd app list -o json`, `kubectl get -o json`).
 * Their parts have no place in the repository.
 *
 * @throws LiveError
 */
export function liveApplications(text: string): Traced[] {
  const value = readTraced('', text)[0]?.value;
  const items = value?.kind === 'list' ? value.items : itemsAt(value, ['items']);
  if (!value || (value.kind === 'map' && !at(value, ['items']))) {
    throw new LiveError('is no list of Applications: write what "argocd app list -o json" prints');
  }
  return items
    .filter(item => at(item, ['spec']) && stringAt(item, ['metadata', 'name']))
    .map(item => {
      const placed = withoutPlaces(item);
      if (placed.kind !== 'map') return placed;
      const kind: Traced = {
        kind: 'scalar',
        value: 'Application',
        source: 'Application',
        plain: false,
      };
      return { ...placed, entries: new Map([...placed.entries, ['kind', kind]]) };
    });
}

function withoutPlaces(value: Traced): Traced {
  if (value.kind === 'list') return { kind: 'list', items: value.items.map(withoutPlaces) };
  if (value.kind === 'map') {
    return {
      kind: 'map',
      entries: new Map([...value.entries].map(([key, entry]) => [key, withoutPlaces(entry)])),
    };
  }
  return { ...value, origin: undefined };
}
