/** demo-api's images: built here, pushed to the registry of the cluster. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { logDir, root } from '../lib/paths.mjs';
import { run, runStep } from '../lib/processes.mjs';

/** The registry that cluster.yaml replaces by its own. */
const replaced = 'ghcr.io/';

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

/**
 * Builds what is not there, each image with the version that its tag names, and pushes all to the cluster's registry, which
 * stands in for {@link replaced}.
 */
export async function provideImages({ docker, registryPort, images }) {
  for (const image of images.filter(name => name.startsWith(replaced))) {
    const local = `127.0.0.1:${registryPort}/${image.slice(replaced.length)}`;
    const step = (title, args, cure) =>
      runStep(`${title} ${image}`, docker, args, { cwd: root, logDir, cure });
    if ((await run(docker, ['image', 'inspect', '--format', '{{.Id}}', local])).code !== 0) {
      const version = image.slice(image.lastIndexOf(':') + 1);
      const source = [
        '--file',
        'services/demo-api/Dockerfile',
        '--build-arg',
        `VERSION=${version}`,
      ];
      await step(
        'Building',
        ['build', ...source, '--tag', local, '.'],
        'With --no-images the cluster pulls the image instead.',
      );
    }
    await step(
      'Pushing',
      ['push', '--quiet', local],
      "The cluster's registry has to run: docker ps.",
    );
  }
}
