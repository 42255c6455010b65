/**
 * Mends the part of the frontend's configuration schema that Roadie's plugin brings. As it is, everyone who opens the page
 * sees the address by which the portal reaches Argo CD, and an instance without one stops the portal. What stays visible
 * is `frontendUrl`, the address for people, to which the card links.
 *
 *     node scripts/hideUpstreams.mjs <folder of the built frontend>
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const packageName = '@roadiehq/backstage-plugin-argo-cd';

/**
 * Answers the schema with `argocd.appLocatorMethods[].instances[].url` hidden and nothing there required. Throws when the
 * schema has no such key: the plugin has changed then, and somebody must look at what it shows.
 * @param schema - `.config-schema.json` as `backstage-cli package build` writes it for an app
 */
export function withoutUpstreams(schema) {
  const copy = structuredClone(schema);
  const { value } = copy.schemas.find(entry => entry.packageName === packageName) ?? {};
  const method = value?.properties?.argocd?.properties?.appLocatorMethods?.items;
  const instance = method?.properties?.instances?.items;
  if (!instance?.properties?.url) {
    throw new Error(
      `The schema of ${packageName} has no argocd.appLocatorMethods[].instances[].url: see scripts/hideUpstreams.mjs.`,
    );
  }
  delete method.required;
  delete instance.required;
  delete instance.properties.url;
  return copy;
}

async function main(folder) {
  const file = path.join(folder, '.config-schema.json');
  const schema = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(withoutUpstreams(schema), null, 2));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
