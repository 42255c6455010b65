import type { Checkout } from '../../checkout/checkout';
import { folderOf } from '../../checkout/paths';
import type { Layout } from '../../layout/layout';
import { parseKeyPath } from '../../locate/keyPath';
import { ChangeRefusal } from '../ChangeRefusal';
import { addItem } from './appendItem';
import { addFile, changeFile, textOf, type Files } from './files';
import { isYaml, Marks, type Values } from './marks';
import type { OnboardingRequest } from './request';
import { labelOf } from './tenantWords';

/** `{tenant}`; what Go templates, Helm and shells write stays: `{{tenant}}`, `${tenant}`. */
const placeholder = /(?<![{$])\{([A-Za-z]\w*)\}(?!\})/g;

/** The layouts that say what a tenant of a request gets. */
export function layoutsFor(layouts: readonly Layout[], request: OnboardingRequest): Layout[] {
  return layouts.filter(
    ({ settings, fixed }) =>
      settings.onboarding !== undefined &&
      (['tenant', 'service', 'environment', 'cluster'] as const).every(
        key =>
          fixed[key] === undefined || request[key] === undefined || fixed[key] === request[key],
      ),
  );
}

/** Makes the files of a new tenant from the skeletons of layouts. @throws ChangeRefusal */
export function fromSkeletons(
  checkout: Checkout,
  layouts: readonly Layout[],
  request: OnboardingRequest,
): Files {
  const files: Files = new Map();
  const used = new Set<string>();
  for (const layout of layouts) {
    const { files: own = [], entries = [], defaults = {} } = layout.settings.onboarding ?? {};
    const values = valuesOf(layout, request, defaults);
    const texts = own.map(({ skeleton, text }) => {
      const place = skeleton === undefined ? '' : fillPath(skeleton, values, used);
      return { place, text: text ?? textOf(checkout, files, place) };
    });
    const shared = entries.map(({ file }) => textOf(checkout, files, fillPath(file, values, used)));
    const marks = new Marks([
      ...[...texts.map(({ text }) => text), ...shared, JSON.stringify(entries)],
      ...Object.values(values),
    ]);
    const mark = (where: string, text: string) => {
      const found = [...text.matchAll(placeholder)].map(([, name]) => name);
      for (const name of found) requireKnown(where, name, values, used);
      return text.replace(placeholder, (_, name: string) => marks.of(name));
    };
    const made = own.map(({ path }, index) => {
      const target = fillPath(path, values, used);
      const { place, text } = texts[index];
      // What a skeleton without an ending is, its target says.
      const where = place || `the text of ${path}`;
      const marked = mark(where, text);
      addFile(checkout, files, target, marks.fillFile(target, marked, values));
      return target;
    });
    requireOfLayout(layout, made);
    for (const { file, at, key, value } of entries) {
      const path = fillPath(file, values, used);
      const before = textOf(checkout, files, path);
      if (!isYaml(path)) throw new ChangeRefusal(`${path}: is neither YAML nor JSON by its name`);
      const marked = JSON.parse(mark(`the entry of ${file}`, JSON.stringify(value)));
      const marks0 = key === undefined ? undefined : mark(`the entry of ${file}`, key);
      const item = { ...(marks0 === undefined ? {} : { key: marks0 }), value: marked };
      const added = addItem(path, before, at === undefined ? [] : parseKeyPath(at) ?? [], item);
      changeFile(checkout, files, path, marks.fillFile(path, added, values));
    }
  }
  const unused = Object.keys(request.set ?? {}).find(name => !used.has(name));
  if (unused !== undefined) {
    throw new ChangeRefusal(`set ${unused}: no skeleton holds {${unused}}: leave it out`);
  }
  return files;
}

function valuesOf(layout: Layout, request: OnboardingRequest, defaults: Values): Values {
  const { tenant, service, version, environment, cluster, set } = request;
  const named = { service, version, environment, cluster };
  const known = Object.entries(named).filter(([, text]) => text !== undefined);
  return {
    ...defaults,
    ...layout.fixed,
    ...set,
    ...(Object.fromEntries(known) as Values),
    tenant,
    tenantLabel: labelOf(tenant),
  };
}

function fillPath(pattern: string, values: Values, used: Set<string>): string {
  return pattern.replace(placeholder, (_, name: string) => {
    requireKnown(pattern, name, values, used);
    if (!/^[\w.-]*[A-Za-z0-9]$/.test(values[name])) {
      throw new ChangeRefusal(
        `${name} ${JSON.stringify(values[name])}: cannot be part of ${pattern}`,
      );
    }
    return values[name];
  });
}

function requireKnown(where: string, name: string, values: Values, used: Set<string>): void {
  used.add(name);
  if (Object.hasOwn(values, name)) return;
  const cure = ['environment', 'cluster'].includes(name)
    ? `say --${name}`
    : `give it with --set ${name}=<text>, or correct the name`;
  throw new ChangeRefusal(`${where}: holds {${name}}, of which nobody says the value: ${cure}`);
}

/** Files that no layout meets would be found by nobody. */
function requireOfLayout({ path, settings, isExcluded }: Layout, files: readonly string[]): void {
  if (!path || files.length === 0) return;
  const places = files.flatMap(file => {
    const all = [file];
    for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) all.push(folder);
    return all;
  });
  if (places.some(place => path.match(place) && !isExcluded(place))) return;
  throw new ChangeRefusal(
    `onboarding.files: makes ${files.join(', ')}, and none is met by the layout's path ${
      settings.path
    }: correct one of both`,
  );
}
