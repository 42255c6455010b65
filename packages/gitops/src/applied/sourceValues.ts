import type { Checkout } from '../checkout/checkout';
import { isUnreadable, unreadable } from '../checkout/isUnreadable';
import { join, pathFrom, plainPath } from '../checkout/paths';
import { globExpression } from '../layout/glob';
import type { Application, ApplicationSource } from '../applications/application';
import { mergeTraced, setTraced } from '../traced/mergeTraced';
import { readInner } from '../traced/readTraced';
import {
  at,
  entriesAt,
  itemsAt,
  scalarOf,
  stringAt,
  type KeyPath,
  type Origin,
  type Traced,
} from '../traced/traced';

/** The values that a source gives to its chart, over the chart's own. */
export interface SourceValues {
  values: Traced | undefined;
  /** Values files of this repository that were read, in order. */
  files: string[];
  /** Why what they come to is not known: a file that is not here, a text that is no YAML. */
  problems: string[];
  /** Whether a text that cannot be read may overrule all others. */
  isBroken: boolean;
}

/**
 * The values of a Helm source: its files in order, then `valuesObject` or `values`, then the parameters.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-value-precedence
 */
export function sourceValues(
  checkout: Checkout,
  application: Application,
  source: ApplicationSource,
  isOurs: (source: ApplicationSource) => boolean,
): SourceValues {
  const helm = at(source.value, ['helm']);
  const mayMiss = stringAt(helm, ['ignoreMissingValueFiles']) === 'true';
  const files: string[] = [];
  const problems: string[] = [];
  const broken: string[] = [];
  let values: Traced | undefined;
  for (const entry of itemsAt(helm, ['valueFiles'])) {
    const name = substitute(stringAt(entry, []) ?? '', application);
    const found = filesAt(checkout, application, source, name, isOurs);
    if (found === undefined || (found.length === 0 && !mayMiss)) {
      // One that stands elsewhere and comes later has the last word.
      const list = found === undefined && files.length > 0 ? broken : problems;
      list.push(`its values file ${name} is not in this checkout`);
    }
    for (const file of found ?? []) {
      files.push(file);
      const value = checkout.documents(file)[0]?.value;
      if (isUnreadable(checkout, file)) broken.push(`its values file ${unreadable(file)}`);
      else if (isNoBlock(value)) broken.push(`its values file ${file} holds no keys and values`);
      else values = mergeTraced(values, value);
    }
  }
  const block = at(helm, ['valuesObject']);
  const inline = block?.kind === 'map' ? block : readInner(at(helm, ['values']));
  const written = stringAt(helm, ['values']) ?? '';
  const isNoYaml = inline === undefined && /^[ \t]*[^#\s]/m.test(written);
  if (isNoYaml || isNoBlock(inline)) broken.push('its values are no YAML that can be read');
  else values = mergeTraced(values, inline);
  const named = withParameters(values, helm);
  return {
    values: itemsAt(helm, ['fileParameters']).reduce<Traced | undefined>((result, item) => {
      const path = substitute(stringAt(item, ['path']) ?? '', application);
      const [file] = filesAt(checkout, application, source, path, isOurs) ?? [];
      // A file that is not here holds what nobody knows: it stands for a text without a place.
      const text = file === undefined ? undefined : checkout.text(file)?.trimEnd();
      const value = scalarOf(text ?? '', file === undefined ? undefined : wholeOf(file));
      return setTraced(result, parameterPath(stringAt(item, ['name']) ?? ''), value);
    }, named),
    files,
    problems: [...problems, ...broken],
    isBroken: broken.length > 0,
  };
}

/** All of a file as a text. */
function wholeOf(file: string): Origin {
  return { file, line: 1, document: 0, path: [], isText: true };
}

function isNoBlock(value: Traced | undefined): boolean {
  return value !== undefined && value.kind !== 'map' && stringAt(value, []) !== undefined;
}

/** How helm-secrets marks a file whose secrets it decrypts: the rest of it stands in clear. */
const encrypted = /^secrets(?:\+[^?]*\?|:\/\/)/;

/** Files that an entry of `valueFiles` names, undefined for one that stands elsewhere; Argo CD takes globs too. */
export function filesAt(
  checkout: Checkout,
  { sources }: Application,
  source: ApplicationSource,
  entry: string,
  isOurs: (source: ApplicationSource) => boolean,
): string[] | undefined {
  const name = entry.replace(encrypted, '');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return undefined;
  const [, ref, rest] = /^\$([^/]+)(\/.*)$/.exec(name) ?? [];
  const owner = ref === undefined ? source : sources.find(other => other.ref === ref);
  if (!owner || !isOurs(owner)) return undefined;
  const path = ref === undefined ? pathFrom(source.path ?? '', name) : plainPath(rest);
  if (path === undefined) return [];
  if (/[*?{]/.test(path)) {
    const expression = globExpression(path);
    return checkout.files.filter(file => expression.test(file));
  }
  return checkout.has(path) ? [path] : [];
}

/** `helm.parameters`: `image.tag`, `list[0].name`, and dots within a key behind a backslash. */
function withParameters(values: Traced | undefined, helm: Traced | undefined): Traced | undefined {
  return itemsAt(helm, ['parameters']).reduce<Traced | undefined>((result, parameter) => {
    const name = stringAt(parameter, ['name']);
    const value = at(parameter, ['value']);
    if (name === undefined || value?.kind !== 'scalar') return result;
    const origin = value.origin && { ...value.origin, path: byName(value.origin.path, name, helm) };
    return setTraced(result, parameterPath(name), {
      ...value,
      plain: false,
      ...(origin ? { origin } : {}),
    });
  }, values);
}

/** A parameter is found again by its name. */
function byName(path: KeyPath, name: string, helm: Traced | undefined): KeyPath {
  // What a generator puts in stands elsewhere.
  const [list, index, key] = path.slice(-3);
  if (list !== 'parameters' || typeof index !== 'number' || key !== 'value') return path;
  const all = itemsAt(helm, ['parameters']).filter(item => stringAt(item, ['name']) === name);
  if (all.length !== 1) return path;
  return [...path.slice(0, -2), { name }, ...path.slice(-1)];
}

function parameterPath(name: string): Array<string | number> {
  return name
    .split(/(?<!\\)\.|(?=\[\d+\])/)
    .filter(part => part !== '')
    .map(part =>
      /^\[\d+\]$/.test(part) ? Number(part.slice(1, -1)) : part.replaceAll('\\.', '.'),
    );
}

/** Argo CD's build environment, as far as it is known here. */
export function substitute(entry: string, { name, project, destination }: Application): string {
  const known: Record<string, string | undefined> = {
    ARGOCD_APP_NAME: name,
    ARGOCD_APP_NAMESPACE: destination.namespace,
    ARGOCD_APP_PROJECT_NAME: project,
  };
  return entry.replace(/\$\{?(ARGOCD_APP_\w+)\}?/g, (text, key: string) => known[key] ?? text);
}

/**
 * A source with what `.argocd-source.yaml` and `.argocd-source-<application>.yaml` of its folder set over it.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/parameters/#store-overrides-in-git
 */
export function withSourceFiles(
  checkout: Checkout,
  { name }: Application,
  source: ApplicationSource,
): { source: ApplicationSource; files: string[] } {
  const files = ['.argocd-source.yaml', `.argocd-source-${name}.yaml`]
    .map(file => join(plainPath(source.path ?? '') ?? '', file))
    .filter(file => checkout.has(file));
  const value = files.reduce<Traced>((result, file) => {
    const over = checkout.documents(file)[0]?.value;
    const kept = new Map(
      [...entriesAt(over, [])].filter(([key]) => /^(helm|kustomize|directory|plugin)$/.test(key)),
    );
    return mergeTraced(result, { kind: 'map', entries: kept }) ?? result;
  }, source.value);
  return { source: { ...source, value }, files };
}
