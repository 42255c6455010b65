import type { Checkout } from '../checkout/checkout';
import { isUnreadable, unreadable } from '../checkout/isUnreadable';
import { folderOf, nameOf } from '../checkout/paths';
import { globExpression } from '../layout/glob';
import { at, itemsAt, scalarOf, stringAt, type Traced, type TracedMap } from '../traced/traced';
import { normalize } from './goFunctions';
import { TemplateError } from './TemplateError';

/** A set of parameters, and the file or folder that it is made of. */
export interface GitParameters {
  parameters: Traced;
  place: string;
}

/**
 * The parameters that a Git generator makes of a checkout: one set a folder, or one a file (one an element where the file is a
 * list). https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/
 */
export function gitParameters(checkout: Checkout, git: Traced, isGo: boolean): GitParameters[] {
  const prefix = stringAt(git, ['pathParamPrefix']);
  const folders = itemsAt(git, ['directories']);
  if (folders.length > 0) {
    return chosen(allFolders(checkout), folders).map(folder => ({
      parameters: pathBlock(folder, undefined, isGo, prefix),
      place: folder,
    }));
  }
  return chosen(checkout.files, itemsAt(git, ['files'])).flatMap(file => {
    if (isUnreadable(checkout, file)) {
      throw new TemplateError(`its generator reads ${unreadable(file)}`);
    }
    return checkout
      .documents(file)
      .slice(0, 1)
      .flatMap(({ value }) => {
        const sets = value.kind === 'list' ? value.items : [value];
        return sets.map(set => {
          const entries = set.kind === 'map' ? set.entries : new Map<string, Traced>();
          const block = pathBlock(folderOf(file), nameOf(file), isGo, prefix);
          const parameters = { ...block, entries: new Map([...entries, ...block.entries]) };
          return { parameters, place: file };
        });
      });
  });
}

/** What meets one of the patterns and none that excludes. */
function chosen(paths: readonly string[], patterns: readonly Traced[]): string[] {
  const all = patterns.map(item => {
    const exclude = at(item, ['exclude']);
    return {
      expression: globExpression((stringAt(item, ['path']) ?? '').replace(/^\/+|\/+$/g, '')),
      isExclude: exclude?.kind === 'scalar' && exclude.value === true,
    };
  });
  return paths.filter(
    path =>
      all.some(({ expression, isExclude }) => !isExclude && expression.test(path)) &&
      !all.some(({ expression, isExclude }) => isExclude && expression.test(path)),
  );
}

const foldersOf = new WeakMap<Checkout, string[]>();

function allFolders(checkout: Checkout): string[] {
  const known = foldersOf.get(checkout);
  if (known) return known;
  const folders = new Set<string>();
  for (const file of checkout.files) {
    for (
      let folder = folderOf(file);
      folder !== '' && !folders.has(folder);
      folder = folderOf(folder)
    ) {
      folders.add(folder);
    }
  }
  // Hidden folders are none to the generator.
  const all = [...folders].filter(folder => !/(^|\/)\./.test(folder)).sort();
  foldersOf.set(checkout, all);
  return all;
}

function pathBlock(
  folder: string,
  file: string | undefined,
  isGo: boolean,
  prefix: string | undefined,
): TracedMap {
  const parts = folder.split('/');
  const base = nameOf(folder);
  const fields: Array<[string, Traced]> = [
    ['basename', scalarOf(base)],
    ['basenameNormalized', scalarOf(normalize(base.replaceAll('_', '-')))],
  ];
  if (file !== undefined) {
    fields.push(['filename', scalarOf(file)]);
    fields.push(['filenameNormalized', scalarOf(normalize(file.replaceAll('_', '-')))]);
  }
  const segments: Traced = { kind: 'list', items: parts.map(part => scalarOf(part)) };
  if (isGo) {
    const path: TracedMap = {
      kind: 'map',
      entries: new Map([...fields, ['path', scalarOf(folder)], ['segments', segments]]),
    };
    return under(prefix, new Map([['path', path]]));
  }
  const start = prefix === undefined ? 'path' : `${prefix}.path`;
  const flat: Array<[string, Traced]> = [
    [start, scalarOf(folder)],
    ...fields.map(([key, value]): [string, Traced] => [`${start}.${key}`, value]),
    ...parts.map((part, index): [string, Traced] => [`${start}[${index}]`, scalarOf(part)]),
  ];
  return { kind: 'map', entries: new Map(flat) };
}

function under(prefix: string | undefined, entries: Map<string, Traced>): TracedMap {
  if (prefix === undefined) return { kind: 'map', entries };
  return { kind: 'map', entries: new Map([[prefix, { kind: 'map', entries }]]) };
}
