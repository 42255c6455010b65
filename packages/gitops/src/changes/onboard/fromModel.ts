import { isMap } from 'yaml';
import type { Checkout } from '../../checkout/checkout';
import { folderOf, pathFrom } from '../../checkout/paths';
import type { FoundRelease } from '../../doctor/release';
import { ownKeys } from '../../facts/readFacts';
import { parseKeyPath } from '../../locate/keyPath';
import { shorten } from '../../text/shorten';
import { nameOfPart } from '../../traced/traced';
import { ChangeRefusal } from '../ChangeRefusal';
import { repeatItem } from './appendItem';
import { addFile, changeFile, textOf, type Files } from './files';
import { markModel, type ModelFile } from './markModel';
import { isYaml, Marks, type Values } from './marks';
import type { ModelFiles } from './modelFiles';
import type { OnboardingRequest } from './request';
import { requireCopyable } from './requireCopyable';
import type { PlacedScalar } from './scalars';
import { sharedItems } from './sharedItems';
import { labelOf, TenantWords } from './tenantWords';
import { writeCopied } from './writeCopied';

const facts = ['displayName', 'owner', 'tier', 'ring', 'contact'] as const;
/** Facts that say who a tenant is: nobody else has them. */
const identity = ['displayName', 'owner', 'contact'] as const;

/** So many other tenants tell what is whose. */
const enoughPeers = 20;

/** Files of a copy, and for people what was left as it is. */
export interface Copy {
  files: Files;
  notes: string[];
}

/**
 * Copies the files and items of a model for a new tenant.
 *
 * @param known - ids of all tenants
 * @param chosen - the model's releases
 * @throws ChangeRefusal
 */
export function fromModel(
  checkout: Checkout,
  known: readonly string[],
  chosen: readonly FoundRelease[],
  model: ModelFiles,
  request: OnboardingRequest,
): Copy {
  const { words } = model;
  const set = request.set ?? {};
  requireFacts(chosen[0], words.tenant, set);
  const values: Values = { ...set, tenant: request.tenant, tenantLabel: labelOf(request.tenant) };
  const texts = new Map(
    [...model.files, ...model.shared].map(file => [file, textOf(checkout, new Map(), file)]),
  );
  const marks = new Marks([...texts.values(), ...Object.values(values)]);
  const named = identity.flatMap(fact => {
    const name = chosen[0].facts[fact];
    return name === undefined || set[fact] === undefined ? [] : [[fact, name] as const];
  });
  const copy: Copy = { files: new Map(), notes: [...model.notes] };
  const used = new Set<string>();
  const mark = (file: Omit<ModelFile, 'identity' | 'isPath'>) => {
    const { text, kept } = markModel(
      {
        ...file,
        identity: new Map(named),
        isPath: path => isPath(checkout, file.file, path),
      },
      words,
      marks,
    );
    for (const name of marks.namesIn(text)) used.add(name);
    copy.notes.push(...kept.map(place => `left as it is: ${place}`));
    return text;
  };
  const others = known.filter(id => id !== words.tenant);
  const peersOf = (file: string) => {
    const peers: Array<ModelFile['peers'][number]> = [];
    for (const id of others) {
      const path = model.pathOf(file, name => (name === 'tenant' ? id : labelOf(id)));
      const text = path === file ? undefined : checkout.text(path);
      const rest = known.filter(one => one !== id);
      if (text !== undefined) peers.push({ words: new TenantWords(id, rest), text });
      if (peers.length === enoughPeers) break;
    }
    return peers;
  };
  for (const file of model.files) {
    const text = texts.get(file) ?? '';
    const peers = peersOf(file);
    requireCopyable(
      file,
      text,
      words.tenant,
      peers.map(peer => peer.text),
    );
    const target = model.pathOf(file, name => values[name]);
    if (known.includes(request.tenant) && checkout.text(target) !== undefined) {
      copy.notes.push(`is there already: ${target}`);
      continue;
    }
    const marked = mark({
      file,
      text,
      factAt: factsOfFile(chosen, file, set),
      peers,
    });
    addFile(checkout, copy.files, target, marks.fillFile(target, marked, values));
  }
  for (const file of model.shared.filter(isYaml)) {
    const isTaken = (source: string) => !model.isOfOthers(source);
    const count = sharedItems(texts.get(file) ?? '', words, isTaken).length;
    for (let index = 0; index < count; index += 1) {
      const before = textOf(checkout, copy.files, file);
      const one = sharedItems(before, words, isTaken)[index];
      const { text, ...range } = repeatItem(file, before, one.collection, one.item);
      requireCopyable(file, text.slice(range.start, range.end), words.tenant);
      const marked = mark({
        file,
        text,
        range,
        factAt: factsOfEntry(chosen, file, set),
        peers: [],
      });
      if (marked === text) continue;
      const filled = marks.fillFile(file, marked, values);
      const key = isMap(one.collection)
        ? words.replace(String(one.path.at(-1)), name => values[name])
        : undefined;
      const releases = chosen.filter(({ service }) => service === request.service);
      const written = writeCopied(file, filled, one, key, releases, request.version);
      changeFile(checkout, copy.files, file, written);
    }
  }
  const unused = Object.keys(set).find(name => !used.has(name));
  if (unused !== undefined) {
    throw new ChangeRefusal(
      `set ${unused}: the files of ${words.tenant} have no place for it: leave it out, or use skeletons (onboarding.files)`,
    );
  }
  return copy;
}

/** @throws ChangeRefusal when what makes the model who it is would become the new tenant's */
function requireFacts({ facts: known }: FoundRelease, model: string, set: Values): void {
  if (known.hold) {
    throw new ChangeRefusal(
      `from ${model}: is held (${shorten(known.hold.reason, 80)}): choose a model that is not`,
    );
  }
  const missing = identity.find(fact => known[fact] !== undefined && set[fact] === undefined);
  if (missing !== undefined) {
    throw new ChangeRefusal(
      `set ${missing}: is needed, because that of ${model} is its own: give it with --set ${missing}=<text>`,
    );
  }
  const odd = Object.keys(set).find(name => !facts.some(fact => fact === name));
  if (odd !== undefined) {
    throw new ChangeRefusal(`set ${odd}: is no fact about a tenant: use ${facts.join(', ')}`);
  }
}

type FactAt = (path: PlacedScalar['path']) => string | undefined;

/** Where facts stand in a file that stands for a release. */
function factsOfFile(chosen: readonly FoundRelease[], file: string, set: Values): FactAt {
  const release = chosen.find(({ deployed }) => deployed.place === file);
  const { registry, keys = {} } = release?.deployed.layout.settings.facts ?? {};
  return release && registry === undefined ? factAt(keys, set, 1) : () => undefined;
}

/** Where facts stand in an entry of a registry file. */
function factsOfEntry(chosen: readonly FoundRelease[], file: string, set: Values): FactAt {
  const found = chosen.find(({ deployed }) => deployed.layout.settings.facts?.registry === file);
  if (!found) return () => undefined;
  const keys = { ...ownKeys, ...found.deployed.layout.settings.facts?.keys };
  const [root, below] = [factAt(keys, set, 2), factAt(keys, set, 3)];
  return path => (path[1] === 'tenants' ? below(path) : root(path));
}

function factAt(keys: Partial<Record<string, string>>, set: Values, depth: number): FactAt {
  const places = facts.flatMap(fact => {
    const path = keys[fact] === undefined ? undefined : parseKeyPath(keys[fact]);
    if (!path || set[fact] === undefined) return [];
    return [{ fact, path: JSON.stringify(path.map(nameOfPart)) }];
  });
  return path => places.find(one => one.path === JSON.stringify(path.slice(depth)))?.fact;
}

/** Whether a text leads to something in the repository, from its root or from the file. */
function isPath(checkout: Checkout, file: string, text: string): boolean {
  return [pathFrom('', text), pathFrom(folderOf(file), text)].some(
    path => path !== undefined && (checkout.has(path) || checkout.isFolder(path)),
  );
}
