import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { readChart, type ChartDependency } from '../charts/chart';
import { isEnabled } from '../charts/chartValues';
import type { Checkout } from '../checkout/checkout';
import { join } from '../checkout/paths';
import { withoutUser } from '../text/withoutUser';
import { at, plain, stringAt, type Traced } from '../traced/traced';
import { RenderError } from './RenderError';

/** More than this is no release. */
const maxFiles = 5_000;
const maxSize = 32 * 1024 * 1024;

/** A folder on disk that gets what a source is rendered from. */
export interface LaidTree {
  root: string;
  files: number;
  size: number;
}

/** An empty tree. @param root - absolute path of a folder that need not be there */
export async function emptyTree(root: string): Promise<LaidTree> {
  await mkdir(root, { recursive: true });
  return { root, files: 0, size: 0 };
}

/**
 * Writes a file, or everything below a folder, to a tree.
 *
 * @param to - where it goes, from the tree's root; by default where it is in the checkout
 * @throws RenderError when it is more than anybody renders, or a manifest that nobody can read
 */
export async function lay(checkout: Checkout, tree: LaidTree, from: string, to = from) {
  const prefix = join(from, '');
  const isFile = checkout.has(from);
  const files = isFile
    ? [from]
    : checkout.files.filter(file => from === '' || file.startsWith(prefix));
  if (!isFile) await mkdir(path.join(tree.root, to), { recursive: true });
  for (const file of files) {
    const text = checkout.text(file);
    if (text === undefined) {
      if (/\.(ya?ml|json)$/.test(file)) {
        throw new RenderError(`${file} cannot be read: it is too large or no text`);
      }
      continue;
    }
    tree.files += 1;
    tree.size += text.length;
    if (tree.files > maxFiles || tree.size > maxSize) {
      throw new RenderError(`${from || 'the repository'} holds more than is rendered here`);
    }
    const target = path.join(tree.root, isFile ? to : join(to, file.slice(prefix.length)));
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

/**
 * Writes a chart with the charts that it takes from elsewhere in the repository (`file://`) in its `charts` folder, as
 * `helm dependency build` does. Those that the values switch off are left out of its list.
 *
 * @throws RenderError that names a chart that is not in the repository
 */
export async function layChart(
  checkout: Checkout,
  tree: LaidTree,
  folder: string,
  values: Traced | undefined,
  { to = folder, above = [] }: { to?: string; above?: readonly string[] } = {},
): Promise<void> {
  await lay(checkout, tree, folder, to);
  const chart = readChart(checkout, folder);
  if (!chart) return;
  const here = [...above, folder];
  const missing: ChartDependency[] = [];
  for (const dependency of chart.dependencies) {
    const { name, key, folder: other, condition } = dependency;
    const place = join(to, `charts/${name}`);
    if (other === undefined) {
      if (isEnabled(values, condition)) throw notHere(checkout, folder, name);
      missing.push(dependency);
    } else if (here.includes(other)) {
      throw new RenderError(`the chart ${folder} takes in itself: ${[...here, other].join(', ')}`);
    } else await layChart(checkout, tree, other, at(values, [key]), { to: place, above: here });
  }
  if (missing.length === 0) return;
  const document = checkout.documents(join(folder, 'Chart.yaml'))[0];
  const { dependencies, ...rest } = plain(document.value) as { dependencies: unknown[] };
  const kept = dependencies.filter((_, index) => !missing.includes(chart.dependencies[index]));
  const place = path.join(tree.root, to);
  await writeFile(path.join(place, 'Chart.yaml'), stringify({ ...rest, dependencies: kept }));
  await rm(path.join(place, 'Chart.lock'), { force: true });
}

function notHere(checkout: Checkout, folder: string, name: string): RenderError {
  const packed = checkout.files.find(
    file => file.startsWith(join(folder, `charts/${name}-`)) && file.endsWith('.tgz'),
  );
  if (packed) return new RenderError(`${packed} is a packed chart, which is not read here`);
  const documents = checkout.documents(join(folder, 'Chart.yaml'));
  const list = at(documents[0]?.value, ['dependencies']);
  const items = list?.kind === 'list' ? list.items : [];
  const item = items.find(one => stringAt(one, ['name']) === name);
  const from = withoutUser(stringAt(item, ['repository']) ?? '');
  const version = stringAt(item, ['version']) ?? '';
  const whole = [name, version, from && `of ${from}`].filter(Boolean).join(' ');
  return new RenderError(`its chart takes in ${whole}, which is not in the repository`);
}
