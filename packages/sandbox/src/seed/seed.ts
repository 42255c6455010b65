import { rm } from 'node:fs/promises';
import path from 'node:path';
import { tenantFilePath } from '@internal/gitops';
import { openForge } from '../forge';
import { BumpSubject } from '../release/bumpSubject';
import { imageRepository, pushImages } from '../release/imageRegistry';
import { SandboxSettings, serverUrl } from '../settings';
import { demoFiles } from './demoTenants';
import { readMarker, writeMarker } from './marker';
import { before, identity, seedPlatform } from './platformHistory';
import { changedByHand } from './releasePlan';
import { serviceHistory } from './serviceHistory';
import { Files, hashOf, readTree } from './sourceTree';

/** What of a checkout is acme/platform. */
const platformEntries = ['README.md', 'catalog-info.yaml', 'charts', 'gitops', 'templates'];
/** The part of it that somebody who changes it expects to see in effect. */
const deliveredEntries = ['charts', 'gitops', 'templates'];
const serviceFolder = 'services/demo-api';

/** The address that the repository's own files name; the forge serves the same repository. */
const publicUrl = 'https://github.com/acme/platform.git';

/**
 * Fills the forge and the image registry when they are empty: acme/demo-api with one commit for each version, acme/platform
 * with the releases of the last five weeks. Dates are relative to `now`; apart from them the result is always the same.
 * A run that was interrupted is begun anew.
 */
export async function seedIfNeeded(
  settings: SandboxSettings,
  options: {
    now: Date;
    log: (line: string) => void;
    /** Whether the tenants that only the demo has are there, too; by default they are. */
    demo?: boolean;
  },
): Promise<void> {
  const own = await readTree(settings.repositoryRoot, platformEntries);
  const files = options.demo === false ? own : { ...demoFiles(own), ...own };
  const service = await readService(settings.repositoryRoot);
  const sources = hashOf(await readTree(settings.repositoryRoot, deliveredEntries));
  const marker = await readMarker(settings.stateDir);
  if (marker) {
    if (marker.sources !== sources) {
      options.log(
        'gitops/, charts/ or templates/ changed since the forge was filled; npm run sandbox -- reset starts over with them.',
      );
    }
    return;
  }
  for (const folder of ['forge', 'registry']) {
    await rm(path.join(settings.stateDir, folder), { recursive: true, force: true });
  }
  options.log('Filling the forge with acme/platform and acme/demo-api ...');
  const started = Date.now();
  const forge = await openForge(settings);
  let versions: BumpSubject[];
  try {
    versions = await seedService(forge, settings.stateDir, service, options.now);
    const hosted = withForgeUrl(files, `${serverUrl(settings, 'forge')}/acme/platform.git`);
    await seedPlatform(forge, { files: hosted, versions, now: options.now });
  } finally {
    await forge.close();
  }
  const { tenant, version } = changedByHand;
  const byHand = files[tenantFilePath(tenant)]
    ? { tenant, image: `${imageRepository}:${versions[version].version}` }
    : undefined;
  // Written last: without it the next start begins anew.
  await writeMarker(settings.stateDir, { sources, ...(byHand ? { byHand } : {}) });
  options.log(`Filled in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

async function seedService(
  forge: Awaited<ReturnType<typeof openForge>>,
  stateDir: string,
  sources: Files,
  now: Date,
): Promise<BumpSubject[]> {
  const versions: BumpSubject[] = [];
  const images = [];
  for (const { message, author, hoursAgo, environment, files } of serviceHistory(sources)) {
    const date = before(now, hoursAgo);
    const { name, email } = identity(author);
    const commit = await forge.commitFiles({
      repository: 'demo-api',
      branch: 'main',
      files,
      message,
      author: { name, email },
      date,
    });
    const version = `sha-${commit.slice(0, 7)}`;
    versions.push({ version, commit, author: name, message });
    images.push({
      repository: imageRepository,
      tag: version,
      commit,
      createdAt: before(date, -0.1).toISOString(),
      author: name,
      message,
      ...(environment ? { environment } : {}),
    });
  }
  await pushImages(stateDir, images);
  return versions;
}

async function readService(repositoryRoot: string): Promise<Files> {
  const files = await readTree(repositoryRoot, [serviceFolder]);
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name.slice(serviceFolder.length + 1), text]),
  );
}

function withForgeUrl(files: Files, url: string): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replaceAll(publicUrl, url)]),
  );
}
