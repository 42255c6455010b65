/** The examples of layouts on a real Argo CD: what is said of them without it is what it does. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { loadWorkspace } from '../contract/servers/loadWorkspace.ts';
import { repositoryRoot } from '../support/environment.ts';
import { exampleSuite } from './exampleSuite.ts';
import { portalSuite } from './portalSuite.ts';

const workspace = await loadWorkspace();
const folder = path.join(repositoryRoot, 'examples');
const entries = await readdir(folder, { withFileTypes: true });

for (const { name } of entries.filter(entry => entry.isDirectory())) exampleSuite(workspace, name);
portalSuite(workspace, 'kustomize-overlays', { release: 'acme/web', version: '20260201' });
portalSuite(workspace, 'environment-folders', {
  release: 'acme/demo-api/production',
  version: '1.9.0',
});
