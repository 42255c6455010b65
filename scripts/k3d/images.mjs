/** demo-api's image for a cluster that has no registry: built here, put into the nodes. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { logDir, root } from '../lib/paths.mjs';
import { run, runStep } from '../lib/processes.mjs';

/**
 * The image of a tenant file: `repository:tag`, or undefined when it names none.
 * @param text - of gitops/tenants/<tenant>-values.yaml
 */
export function imageOf(text) {
  const block = /^image:[^\S\n]*(?:#.*)?\n((?:[^\S\n]+.*\n|[^\S\n]*(?:#.*)?\n)*)/m.exec(
    `${text}\n`,
  )?.[1];
  const value = key => new RegExp(`^\\s+${key}:\\s*['"]?([^'"#\\s]+)`, 'm').exec(block ?? '')?.[1];
  const [repository, tag] = [value('repository'), value('tag')];
  return repository && tag ? `${repository}:${tag}` : undefined;
}

/** Every image that the tenants of this checkout name. */
export async function wantedImages() {
  const folder = path.join(root, 'gitops', 'tenants');
  const files = (await readdir(folder)).filter(file => file.endsWith('-values.yaml'));
  const texts = await Promise.all(files.map(file => readFile(path.join(folder, file), 'utf8')));
  return [...new Set(texts.map(imageOf).filter(Boolean))].sort();
}

/** Builds what is not there, each image with the version that its tag names, and puts all into the cluster. */
export async function provideImages({ programs, name, images }) {
  for (const image of images) {
    const known = await run(programs.docker, ['image', 'inspect', '--format', '{{.Id}}', image]);
    if (known.code === 0) continue;
    const version = image.slice(image.lastIndexOf(':') + 1);
    await runStep(
      `Building ${image}`,
      programs.docker,
      [
        'build',
        '--file',
        'services/demo-api/Dockerfile',
        '--build-arg',
        `VERSION=${version}`,
        '--tag',
        image,
        '.',
      ],
      { cwd: root, logDir, cure: 'With --no-images the cluster pulls the image instead.' },
    );
  }
  await runStep(
    'Putting the images into the cluster',
    programs.k3d,
    ['image', 'import', '--cluster', name, ...images],
    {
      logDir,
      cure: 'Look at docker ps.',
    },
  );
}
