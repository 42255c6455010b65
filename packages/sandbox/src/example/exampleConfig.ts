import path from 'node:path';
import { stringify } from 'yaml';
import { SandboxSettings } from '../settings';
import { writeFileAtomically } from '../supervisor/files';
import { Example } from './readExample';

/**
 * Writes what somebody would paste into the portal's configuration for the repository of an example: the layouts, as `gitops init`
 * proposes them. The forge has no sources of its services, and
 * its registry none of their images.
 * @returns path of the file
 */
export async function writeExampleConfig(
  { stateDir }: Pick<SandboxSettings, 'stateDir'>,
  { layouts }: Pick<Example, 'layouts'>,
): Promise<string> {
  const file = path.join(stateDir, 'run', 'app-config.example.yaml');
  await writeFileAtomically(
    file,
    stringify({ tenantReleases: { gitops: { layouts }, services: [], registry: [] } }),
  );
  return file;
}
