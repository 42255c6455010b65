import type { Checkout } from '../checkout/checkout';
import { withoutUser } from '../text/withoutUser';
import { mergeTraced } from '../traced/mergeTraced';
import { readInner } from '../traced/readTraced';
import { at, entriesAt, itemsAt, stringAt, type Traced } from '../traced/traced';
import { clusterParameters } from './clusterGenerator';
import { gitParameters } from './gitGenerator';
import { flatParameter, type Parameters } from './parameters';
import { meetsSelector } from './selector';
import { TemplateError } from './TemplateError';
import { renderValue, type TemplateStyle } from './templateValue';

/** What generators are run with. */
export interface Generation {
  checkout: Checkout;
  isOurs(address: string): boolean;
  style: TemplateStyle;
}

/** A set of parameters, and what its generator changes in the template. */
export interface Generated {
  parameters: Parameters;
  template?: Traced;
  /** Files and folders that it is made of. */
  places: string[];
}

type GeneratedSet = Omit<Generated, 'template'>;

/** More Applications of one ApplicationSet are a mistake. */
const maxSets = 20_000;

/** The parameters of a generator. @throws TemplateError for one that only a running Argo CD knows */
export function generate(generator: Traced, run: Generation, given?: Parameters): Generated[] {
  const filled = given ? renderValue(generator, given, run.style) : generator;
  const [kind, body] = [...entriesAt(filled, [])].find(([key]) => key !== 'selector') ?? [];
  const template = at(body, ['template']);
  const sets = setsOf(kind, body, generator, run, given)
    .map(({ parameters, places }) => ({
      parameters: withValues(parameters, at(body, ['values']), run),
      places,
    }))
    .filter(({ parameters }) =>
      meetsSelector(at(filled, ['selector']), name =>
        stringAt(flatParameter(parameters, name), []),
      ),
    );
  if (sets.length > maxSets) throw new TemplateError(`it makes more than ${maxSets} Applications`);
  return sets.map(set => ({ ...set, ...(template ? { template } : {}) }));
}

function setsOf(
  kind: string | undefined,
  body: Traced | undefined,
  generator: Traced,
  run: Generation,
  given: Parameters | undefined,
): GeneratedSet[] {
  const alone = (parameters: Parameters) => ({ parameters, places: [] });
  if (kind === 'clusters') {
    return clusterParameters(run.checkout, body ?? { kind: 'map', entries: new Map() }).map(alone);
  }
  if (!body) throw new TemplateError('it holds a generator without content');
  if (kind === 'list') {
    const written = at(body, ['elementsYaml']);
    const more = readInner(written);
    if (stringAt(written, []) && more?.kind !== 'list') {
      throw new TemplateError('the elementsYaml of its list generator is no list');
    }
    return [...itemsAt(body, ['elements']), ...itemsAt(more, [])].map(alone);
  }
  if (kind === 'git') {
    const address = stringAt(body, ['repoURL']) ?? '';
    if (address === '') throw new TemplateError('its git generator has no repoURL');
    if (!run.isOurs(address))
      throw new TemplateError(`its generator reads another repository, ${withoutUser(address)}`);
    return gitParameters(run.checkout, body, run.style.isGo).map(({ parameters, place }) => ({
      parameters,
      places: [place],
    }));
  }
  // What is within a combination is rendered on its own, when more is known.
  const inner = itemsAt(at(generator, [kind ?? '']), ['generators']);
  if (kind === 'matrix') {
    const [first, second] = inner;
    if (!first || !second) throw new TemplateError('its matrix generator wants two generators');
    return generate(first, run, given).flatMap(({ parameters, places }) => {
      const known = given ? combined(given, parameters) : parameters;
      return generate(second, run, known).map(other => ({
        parameters: combined(parameters, other.parameters),
        places: [...places, ...other.places],
      }));
    });
  }
  if (kind === 'merge') return mergeGenerator(inner, keysOf(body), run, given);
  throw new TemplateError(`its ${kind} generator is known to a running Argo CD only`);
}

function keysOf(body: Traced): string[] {
  return itemsAt(body, ['mergeKeys']).map(item => stringAt(item, []) ?? '');
}

function mergeGenerator(
  [base, ...others]: readonly Traced[],
  keys: readonly string[],
  run: Generation,
  given: Parameters | undefined,
): GeneratedSet[] {
  if (!base) throw new TemplateError('its merge generator has no generators');
  const keyOf = (set: Parameters) =>
    JSON.stringify(keys.map(key => stringAt(flatParameter(set, key), []) ?? null));
  const results = new Map(
    generate(base, run, given).map(set => [keyOf(set.parameters), set as GeneratedSet]),
  );
  for (const other of others) {
    for (const { parameters, places } of generate(other, run, given)) {
      const known = results.get(keyOf(parameters));
      if (!known) continue;
      results.set(keyOf(parameters), {
        parameters: combined(known.parameters, parameters),
        places: [...known.places, ...places],
      });
    }
  }
  return [...results.values()];
}

function combined(one: Parameters, other: Parameters): Parameters {
  return mergeTraced(one, other) ?? one;
}

/** `values` of a generator may use the other parameters. */
function withValues(set: Parameters, values: Traced | undefined, run: Generation): Parameters {
  if (values?.kind !== 'map' || set.kind !== 'map') return set;
  const rendered = renderValue(values, set, run.style);
  const known = set.entries.get('values');
  const merged = combined(known ?? { kind: 'map', entries: new Map() }, rendered);
  return { ...set, entries: new Map([...set.entries, ['values', merged]]) };
}
