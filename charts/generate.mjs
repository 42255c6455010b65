// Writes what is derived in charts/: each README.md (from its README.md.in, values.yaml and the schema), and in the fence the files
// that both charts need and Helm cannot share. `node charts/generate.mjs`; with --check it writes nothing and names what differs.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';

const charts = import.meta.dirname;
const read = file => readFile(path.join(charts, file), 'utf8');
const scenarios = (await readdir(path.join(charts, 'tenant/ci'))).sort();

/** What the fence takes over from the workload's chart: the same file is checked by the same rules. */
const shared = [
  'values.schema.json',
  'tiers.yaml',
  'platform.yaml',
  ...scenarios.map(name => `ci/${name}`),
];

/** The property with its $ref followed. */
function resolve(schema, property) {
  const name = property.$ref?.replace('#/definitions/', '');
  return name ? schema.definitions[name] : property;
}

/** Rows of every key that holds a value: path, property, whether its parent asks for it. */
function keysOf(schema, node, prefix = '') {
  return Object.entries(node.properties ?? {}).flatMap(([key, property]) => {
    const target = resolve(schema, property);
    const name = `${prefix}${key}`;
    const below = keysOf(schema, target, `${name}.`);
    if (below.length > 0) return below;
    return [{ name, target, required: node.required?.includes(key) ?? false }];
  });
}

const valueAt = (values, name) => name.split('.').reduce((node, key) => node?.[key], values);
const cell = text => text.replaceAll('|', '\\|').replaceAll('<', '\\<');

function defaultOf(values, { name, required }) {
  const value = valueAt(values, name);
  if (value !== undefined) return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
  return required ? 'required' : '';
}

/** The table of a chart's keys; only those that `isShown` takes. */
function keyTable(schema, values, isShown) {
  const rows = keysOf(schema, schema)
    .filter(({ name }) => isShown(name))
    .map(row => `| \`${row.name}\` | ${defaultOf(values, row)} | ${cell(row.target.description)} |`);
  return ['| key | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

/** The comment that each scenario begins with. */
async function scenarioTable() {
  const rows = await Promise.all(
    scenarios.map(async name => {
      const [, comment] = /^# (.+)\n/.exec(await read(`tenant/ci/${name}`)) ?? [];
      if (!comment) throw new Error(`charts/tenant/ci/${name}: must begin with a comment`);
      return `| \`ci/${name}\` | ${cell(comment)} |`;
    }),
  );
  return ['| scenario | what it shows |', '|---|---|', ...rows].join('\n');
}

async function readme(chart, isShown) {
  const schema = JSON.parse(await read('tenant/values.schema.json'));
  const values = parse(await read(`${chart}/values.yaml`));
  const parts = { keys: keyTable(schema, values, isShown), scenarios: await scenarioTable() };
  const template = await read(`${chart}/README.md.in`);
  return template.replace(/^@(\w+)@$/gm, (_, name) => parts[name]);
}

/** Path below charts/ to text. */
async function outputs() {
  const files = new Map();
  for (const name of shared) files.set(`tenant-fence/${name}`, await read(`tenant/${name}`));
  files.set('tenant/README.md', await readme('tenant', () => true));
  const fenceReads = name => /^(tenant\.(name|tier|owner)|egress\..*)$/.test(name);
  files.set('tenant-fence/README.md', await readme('tenant-fence', fenceReads));
  return files;
}

const check = process.argv.includes('--check');
const files = await outputs();
const extra = (await readdir(path.join(charts, 'tenant-fence/ci')))
  .map(name => `tenant-fence/ci/${name}`)
  .filter(name => !files.has(name));
const differing = [];
for (const [name, text] of files) {
  if ((await read(name).catch(() => undefined)) !== text) differing.push(name);
}
if (check) {
  const problems = [...differing, ...extra];
  for (const name of problems) console.error(`charts/${name}: run "node charts/generate.mjs"`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} else {
  await mkdir(path.join(charts, 'tenant-fence/ci'), { recursive: true });
  for (const name of differing) await writeFile(path.join(charts, name), files.get(name));
  for (const name of extra) await rm(path.join(charts, name));
}
