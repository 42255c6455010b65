import path from 'node:path';
import { stringify } from 'yaml';
import { SandboxSettings, serverUrl } from '../settings';
import { writeFileAtomically } from './files';
import { ProcessSpecification } from './managedProcess';
import { writeOverlay } from './portal';

/** Where the frontend with hot reload is served. */
export const devPortalUrl = 'http://localhost:3000';

/** Frontend with hot reload on port 3000 and backend that restarts on changes, by Backstage's own command. */
export async function devProcess(options: {
  settings: SandboxSettings;
  extraConfig: string[];
}): Promise<ProcessSpecification> {
  const { settings } = options;
  const root = settings.repositoryRoot;
  const overlay = await writeOverlay(settings);
  const development = path.join(settings.stateDir, 'run', 'app-config.dev.yaml');
  await writeFileAtomically(
    development,
    stringify({
      app: { baseUrl: devPortalUrl },
      backend: { baseUrl: serverUrl(settings, 'portal'), cors: { origin: devPortalUrl } },
    }),
  );
  const files = [
    path.join(root, 'app-config.yaml'),
    path.join(root, 'app-config.sandbox.yaml'),
    ...(overlay ? [overlay] : []),
    development,
    ...options.extraConfig,
  ];
  return {
    name: 'portal',
    command: process.execPath,
    args: [
      path.join(root, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      'repo',
      'start',
      'packages/app',
      'packages/backend',
      ...files.flatMap(file => ['--config', file]),
    ],
    cwd: root,
    environment: { ...process.env },
  };
}
