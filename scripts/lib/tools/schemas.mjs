/** The JSON schemas that kubeconform checks against, kept in .tools/schemas, so that it needs no network. */
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readIfThere, writeAtomically } from '../files.mjs';
import { CureError } from '../output.mjs';
import { root } from '../paths.mjs';
import { customResources, kubernetesVersion } from './catalogue.mjs';
import { schemasDir } from './folders.mjs';
import { moduleFolder } from './go.mjs';
import { schemasOf, standalone } from './jsonSchema.mjs';
import { bringPythonTools, packageFolder } from './python.mjs';

/** What the folder was made from: another version of a source makes it anew. */
const wantedState = JSON.stringify({ kubernetesVersion, customResources });

/**
 * kubeconform's `-schema-location` values.
 * @throws {CureError} when a source of schemas is not to be had
 */
export async function schemaLocations(env = process.env) {
  const stateFile = path.join(schemasDir, '.tenant-portal-state');
  if ((await readIfThere(stateFile)) !== wantedState) {
    const partial = `${schemasDir}.partial`;
    await rm(partial, { recursive: true, force: true });
    await writeKubernetes(partial, env);
    await writeCustomResources(partial, env);
    await writeAtomically(path.join(partial, '.tenant-portal-state'), wantedState);
    await rm(schemasDir, { recursive: true, force: true });
    await rename(partial, schemasDir);
  }
  return [
    path.join(schemasDir, 'kubernetes', '{{ .ResourceKind }}{{ .KindSuffix }}.json'),
    path.join(
      schemasDir,
      'custom',
      '{{ .ResourceKind }}-{{ .Group }}-{{ .ResourceAPIVersion }}.json',
    ),
  ];
}

/** kubernetes-validate's copies of Kubernetes' OpenAPI document, one file a kind. */
async function writeKubernetes(target, env) {
  const brought = await bringPythonTools(env);
  const folder = brought && (await packageFolder('kubernetes_validate'));
  if (!folder) throw new CureError('Schemas of Kubernetes need python3 with venv: install them.');
  const source = path.join(folder, 'kubernetes-json-schema', `v${kubernetesVersion}-local-strict`);
  const read = async name => JSON.parse(await readFile(path.join(source, name), 'utf8'));
  const { $defs: definitions } = await read('_definitions.json');
  for (const name of await readdir(source)) {
    const schema = await read(name);
    // The others are parts of these.
    if (!schema['x-kubernetes-group-version-kind']) continue;
    const file = path.join(target, 'kubernetes', name);
    await writeAtomically(file, JSON.stringify(standalone(schema, definitions)));
  }
}

async function writeCustomResources(target, env) {
  const require = createRequire(path.join(root, 'packages', 'gitops-cli', 'package.json'));
  const { parseAllDocuments } = require('yaml');
  for (const source of customResources) {
    const folder = await moduleFolder(source, env);
    if (!folder) throw new CureError('Schemas of custom resources need Go: install it.');
    for (const file of source.files) {
      const documents = parseAllDocuments(await readFile(path.join(folder, file), 'utf8'));
      const definitions = documents.map(document => document.toJS()).filter(Boolean);
      for (const { name, schema } of definitions.flatMap(schemasOf)) {
        await writeAtomically(path.join(target, 'custom', name), JSON.stringify(schema));
      }
    }
  }
}
