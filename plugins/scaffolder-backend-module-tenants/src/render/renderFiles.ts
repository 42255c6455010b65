import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ownerGroupPath, type GitopsConfig } from '@internal/gitops';
import { parseAllDocuments } from 'yaml';
import { sharedCluster, type TenantInput } from '../input/tenantInput';
import { renderSkeleton } from './renderSkeleton';
import { ownerGroupText, tenantFileText } from './tenantFileText';

/** A file of the pull request. */
export interface RenderedFile {
  /** From the repository's root. */
  path: string;
  text: string;
}

/**
 * Renders everything that a new tenant adds to the repository: its values file and one file for each of the skeleton's.
 *
 * @param skeletonDir - absolute; its paths are paths of the repository and may hold placeholders too
 * @param service - what the tenant runs, and its image
 * @throws Error when the skeleton is missing or does not make YAML
 */
export async function renderFiles(
  input: TenantInput,
  gitops: GitopsConfig,
  skeletonDir: string,
  service: { name: string; imageRepository: string },
): Promise<RenderedFile[]> {
  const valuesFile = gitops.tenantFilePath(input.name, service.name);
  const values = {
    name: input.name,
    repository: `${gitops.repository.url}.git`,
    branch: gitops.branch,
    valuesFile,
    cluster: input.cluster,
    ownCluster: String(input.cluster !== sharedCluster),
  };
  const entries = await readdir(skeletonDir, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile());
  if (files.length === 0) throw new Error('The skeleton of a new tenant holds no file');
  const rendered = await Promise.all(
    files.map(async entry => {
      const file = path.join(entry.parentPath, entry.name);
      return {
        path: renderSkeleton(path.relative(skeletonDir, file).split(path.sep).join('/'), values),
        text: renderSkeleton(await readFile(file, 'utf8'), values),
      };
    }),
  );
  for (const { path: name, text } of rendered) requireYaml(name, text);
  return [
    { path: valuesFile, text: tenantFileText(input, service.imageRepository) },
    ...(input.newGroup
      ? [{ path: ownerGroupPath(input.newGroup.name), text: ownerGroupText(input.newGroup) }]
      : []),
    ...rendered,
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function requireYaml(name: string, text: string): void {
  const problem = parseAllDocuments(text).flatMap(document => document.errors)[0];
  if (problem)
    throw new Error(`The skeleton makes ${name} no YAML: ${problem.message.split('\n')[0]}`);
}
