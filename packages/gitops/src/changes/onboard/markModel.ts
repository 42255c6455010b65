import { ChangeRefusal } from '../ChangeRefusal';
import { isYaml, type Marks } from './marks';
import { scalarsOf, type PlacedScalar } from './scalars';
import { escapeExpression, type TenantWords } from './tenantWords';

/** The text of a model with marks in the place of what is the tenant's own. */
export interface MarkedText {
  text: string;
  /** What was left though the model's id stands in it, and no other tenant tells whether it is its own; for people. */
  kept: string[];
}

/** What is known of a file of the model. */
export interface ModelFile {
  file: string;
  text: string;
  /** Only what stands there is marked; without it, all. */
  range?: { start: number; end: number };
  /** The fact that stands at a path: all of the value is replaced. */
  factAt(path: PlacedScalar['path']): string | undefined;
  /** What the model is called elsewhere, by the name of the fact. */
  identity: ReadonlyMap<string, string>;
  /** The same file of other tenants. */
  peers: ReadonlyArray<{ words: TenantWords; text: string }>;
  /** Whether a text is a path of the repository. */
  isPath(text: string): boolean;
}

/** Keys of which the value is the same for all tenants, as long as no other tenant shows otherwise. */
const sharedKeys = /^(image|repository|registry|repoURL|newName|chart|url)$/;
const address =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|git@)|^[a-z0-9-]+(?:(?:\.[a-z0-9-]+)+|(?=:\d))(?::\d+)?\//i;

/**
 * Puts marks in the place of the model's id and facts. Whether an id in a value is the tenant is told by the other tenants: where
 * the same file of another one has its own id there it is, and where it has the same text it is not. Where none tells, the path of
 * an address or image is everybody's.
 */
export function markModel(model: ModelFile, words: TenantWords, marks: Marks): MarkedText {
  const { file, text, range, factAt, identity } = model;
  const { start: from, end: to } = range ?? { start: 0, end: text.length };
  const scalars = (isYaml(file) && scalarsOf(text)) || [];
  const peers = model.peers.map(peer => peerOf(peer.words, peer.text));
  const kept: string[] = [];
  const isIn = ({ start, end }: PlacedScalar) => start >= from && end <= to;
  const marked = (part: string) => {
    let named = part;
    for (const [fact, name] of identity) named = replaceWord(named, name, marks.of(fact));
    return words.replace(named, name => marks.of(name));
  };
  let result = text.slice(0, from);
  let offset = from;
  for (const scalar of scalars.filter(isIn)) {
    const source = text.slice(scalar.start, scalar.end);
    const fact = scalar.isKey ? undefined : factAt(scalar.path);
    let written = source;
    if (fact !== undefined) written = within(model, scalar, marks.of(fact));
    else if (marked(scalar.value) !== scalar.value && isShared(scalar, words, peers))
      written = source;
    else if (isAddress(scalar, peers, words) && !model.isPath(scalar.value)) {
      const isInPath = (at: number) => /[^/]\/(?:[^/].*)?$/s.test(source.slice(0, at));
      written = words.replace(source, (name, at) => (isInPath(at) ? undefined : marks.of(name)));
      if (words.isIn(written)) kept.push(describe(model, scalar));
    } else written = marked(source);
    result += `${between(text.slice(offset, scalar.start), marked)}${written}`;
    offset = scalar.end;
  }
  const isRead = scalars.length > 0;
  const rest = text.slice(offset, to);
  result += isRead ? between(rest, marked) : marked(rest);
  return { text: `${result}${text.slice(to)}`, kept };
}

/** Comments, anchors and tags; what is part of an address in them stays. */
function between(text: string, marked: (part: string) => string): string {
  return text.replace(/[^\s]+/g, word => (word.includes('/') ? word : marked(word)));
}

function within(model: ModelFile, scalar: PlacedScalar, mark: string): string {
  if (scalar.style === 'single') return `'${mark}'`;
  if (scalar.style === 'double') return `"${mark}"`;
  if (scalar.style === 'plain') return mark;
  throw new ChangeRefusal(`${describe(model, scalar)}: goes over several lines: write it on one`);
}

interface Peer {
  words: TenantWords;
  /** What stands at a path, without ids. */
  at: ReadonlyMap<string, string>;
}

function placeOf({ path, isKey }: PlacedScalar, blank: (text: string) => string): string {
  return JSON.stringify([
    isKey,
    ...path.map(part => (typeof part === 'string' ? blank(part) : part)),
  ]);
}

function peerOf(words: TenantWords, text: string): Peer {
  const at = new Map<string, string>();
  for (const scalar of scalarsOf(text) ?? []) {
    at.set(
      placeOf(scalar, part => part),
      scalar.value,
    );
    at.set(
      placeOf(scalar, part => words.blank(part)),
      scalar.value,
    );
  }
  return { words, at };
}

/** What the other tenants say of the id in a value: their own stands there, or the same text. */
function votes(scalar: PlacedScalar, words: TenantWords, peers: readonly Peer[]) {
  return peers.map(peer => {
    const own = peer.at.get(placeOf(scalar, part => words.blank(part)));
    if (own !== undefined && own !== scalar.value) {
      if (peer.words.blank(own) === words.blank(scalar.value)) return 'own';
    }
    const same = own ?? peer.at.get(placeOf(scalar, part => part));
    return same === scalar.value ? 'same' : undefined;
  });
}

/** Whether other tenants have the same text there, and none its own. */
function isShared(scalar: PlacedScalar, words: TenantWords, peers: readonly Peer[]): boolean {
  const told = votes(scalar, words, peers);
  return told.includes('same') && !told.includes('own');
}

function isAddress(scalar: PlacedScalar, peers: readonly Peer[], words: TenantWords): boolean {
  if (!words.isIn(scalar.value) || scalar.isKey) return false;
  const keys = scalar.path.filter(part => typeof part === 'string');
  const isOfImage = sharedKeys.test(keys.at(-1) ?? '') || keys.at(-2) === 'images';
  return (
    (isOfImage ? scalar.value.includes('/') : address.test(scalar.value)) &&
    !votes(scalar, words, peers).includes('own')
  );
}

function describe({ file, text }: ModelFile, { start, value }: PlacedScalar): string {
  return `${file}:${text.slice(0, start).split('\n').length} ${value.slice(0, 100)}`;
}

/** A name as a whole word; one that may be any word of a configuration is none. */
function replaceWord(text: string, name: string, mark: string): string {
  if (name.length < 3 || /^[a-z0-9-]+$/.test(name)) return text;
  const source = escapeExpression(name);
  return text.replace(
    new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'gu'),
    () => mark,
  );
}
