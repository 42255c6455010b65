import type { KeyPath, Origin } from '../traced/traced';
import { formatKeyPath, parseKeyPath } from './keyPath';

/** What a version is to the file that holds it. */
export const locatorKinds = ['yaml', 'json', 'image', 'kustomize', 'chart', 'text'] as const;
/** One of {@link locatorKinds}. */
export type LocatorKind = (typeof locatorKinds)[number];

/** Where a version stands within a file. */
export interface Locator {
  kind: LocatorKind;
  /** Position of the YAML document, from 0. */
  document: number;
  path: KeyPath;
  /** Path within the YAML text at `path`. */
  inner?: KeyPath;
}

/**
 * Writes a locator: `yaml:image.tag`, `kustomize:images[demo-api].newTag`, `image:spec.containers[0].image`; `yaml#2:` is the
 * second document of a file, and what follows `|` stands within a YAML text: `yaml:spec.source.helm.values|image.tag`.
 */
export function formatLocator({ kind, document, path, inner }: Locator): string {
  const place = document > 0 ? `#${document + 1}` : '';
  const within = inner ? `|${formatKeyPath(inner)}` : '';
  return `${kind}${place}:${formatKeyPath(path)}${within}`;
}

/** Reads a locator; undefined for a text that is none. */
export function parseLocator(text: string): Locator | undefined {
  const [, kind, number, rest] = /^([a-z]+)(?:#([1-9]\d{0,4}))?:(.*)$/s.exec(text) ?? [];
  if (!locatorKinds.includes(kind as LocatorKind)) return undefined;
  const [outer, inner] = splitInner(rest);
  const path = outer === '' && kind === 'text' ? [] : parseKeyPath(outer);
  const within = inner === undefined ? undefined : parseKeyPath(inner);
  if (!path || (inner !== undefined && !within)) return undefined;
  return {
    kind: kind as LocatorKind,
    document: number === undefined ? 0 : Number(number) - 1,
    path,
    ...(within ? { inner: within } : {}),
  };
}

/** The locator of a kind at the place where a value originates. */
export function locatorAt(kind: LocatorKind, { document, path, inner }: Origin): Locator {
  return { kind, document, path, ...(inner ? { inner } : {}) };
}

/** A `|` within brackets is part of a name. */
function splitInner(text: string): [outer: string, inner?: string] {
  const found = /^((?:[^[|]|\["(?:[^"\\]|\\.)*"\]|\[[^\]]*\])*)\|(.*)$/s.exec(text);
  return found ? [found[1], found[2]] : [text];
}
