import { isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import type { Checkout } from '../checkout/checkout';
import { stringAt, type Traced } from '../traced/traced';

/** Keys of a list's items that may name the tenant. */
const nameKeys = ['name', 'tenant', 'id'];

/** Entries of a registry file by the tenant's name, and for people what is wrong with it. */
export interface Registry {
  entries: ReadonlyMap<string, Traced>;
  /** Sentences; `tenant` where it is about one. */
  problems: Array<{ tenant?: string; reason: string }>;
}

/**
 * Reads a registry file: entries by tenant, or a list of entries with `name`, `tenant` or `id`, at the root or below `tenants`. A
 * tenant that it names twice has no facts: which of the two hold is not for the portal to say.
 */
export function readRegistry(checkout: Checkout, file: string): Registry {
  if (!checkout.has(file)) {
    return { entries: new Map(), problems: [{ reason: 'the registry file is missing' }] };
  }
  const root = checkout.documents(file)[0]?.value;
  const below = root?.kind === 'map' ? root.entries.get('tenants') ?? root : root;
  if (!below || below.kind === 'scalar') {
    const reason =
      'the registry file cannot be read: it holds neither a list nor entries by tenant';
    return { entries: new Map(), problems: [{ reason }] };
  }
  const found: Array<[name: string, line: number, value?: Traced]> =
    below.kind === 'list'
      ? below.items.flatMap(item => {
          const name = nameKeys.map(key => stringAt(item, [key])).find(Boolean);
          return name ? [[name, item.origin?.line ?? 1, item]] : [];
        })
      : keysOf(checkout.text(file) ?? '', below !== root).map(([name, line]) => [
          name,
          line,
          below.entries.get(name),
        ]);
  const entries = new Map<string, Traced>();
  const lines = new Map<string, number[]>();
  for (const [name, line, value] of found) {
    lines.set(name, [...(lines.get(name) ?? []), line]);
    if (value) entries.set(name, value);
  }
  const problems = [...lines].flatMap(([tenant, at]) => {
    if (at.length === 1) return [];
    entries.delete(tenant);
    const reason = `the registry file names it ${at.length} times (lines ${at.join(
      ', ',
    )}): keep one, until then no facts are taken from it`;
    return [{ tenant, reason }];
  });
  return { entries, problems };
}

/** The keys of the entries with their lines, each as often as it is written. */
function keysOf(text: string, isBelow: boolean): Array<[name: string, line: number]> {
  const counter = new LineCounter();
  const options = { uniqueKeys: false, lineCounter: counter, logLevel: 'silent' } as const;
  const documents = parseAllDocuments(text.replace(/^\ufeff/, ''), options);
  const root = Array.isArray(documents) ? documents[0]?.contents : undefined;
  const map = isBelow && isMap(root) ? root.get('tenants') : root;
  if (!isMap(map)) return [];
  return map.items.flatMap(({ key }) =>
    isScalar(key)
      ? [[String(key.source ?? key.value), counter.linePos(key.range?.[0] ?? 0).line]]
      : [],
  );
}
