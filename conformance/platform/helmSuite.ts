import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/environment.ts';
import { findHelms, template } from '../support/helm.ts';

const helms = await findHelms();
const majors = new Set(helms.map(({ major }) => major));

/** Argo CD up to 3.2 renders with Helm 3, the portal and CI with Helm 4. */
export function helmSuite(): void {
  const missing = [3, 4].filter(major => !majors.has(major));
  const skip =
    missing.length > 0 && `Helm ${missing.join(' and ')} is not on the PATH (helm, helm3, helm4)`;
  describe('Helm 3 and Helm 4', { skip }, () => {
    for (const chart of ['tenant', 'tenant-fence']) {
      it(`render charts/${chart} the same`, async () => {
        const folder = path.join(repositoryRoot, 'charts', chart, 'ci');
        for (const file of await readdir(folder)) {
          const values = await readFile(path.join(folder, file), 'utf8');
          const namespace: string = parse(values).tenant.name;
          const [first, second] = await Promise.all(
            helms.map(helm => template(helm, chart, { release: namespace, namespace, values })),
          );
          assert.ok(first.length > 0);
          assert.deepEqual(first, second, file);
        }
      });
    }
  });
}
