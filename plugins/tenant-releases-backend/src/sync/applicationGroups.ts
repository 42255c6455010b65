import type { ApplicationRecord } from './ApplicationRecord';

/** Groups in which an Application is looked for: by what it reads, and by what it is called. */
export function groupsOf({ name, labels, labelSets, gitops }: ApplicationRecord): string[] {
  return [
    ...new Set([
      nameGroup(name),
      ...(labels.tenant ? [nameGroup(labels.tenant)] : []),
      ...(labelSets?.map(labelGroup) ?? []),
      ...(gitops?.files.map(file => fileGroup(file, gitops.repository)) ?? []),
      ...(gitops?.folder === undefined ? [] : [folderGroup(gitops.folder, gitops.repository)]),
    ]),
  ];
}

/** Groups of the Applications that may belong to a tenant with that file. @param repository - see GitopsUse */
export function groupsFor(tenant: string, path: string, repository?: string): string[] {
  const parts = path.split('/').slice(0, -1);
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return [
    fileGroup(path, repository),
    ...folders.map(folder => folderGroup(folder, repository)),
    nameGroup(tenant),
  ];
}

/** Groups of the Applications that read one of these files or folders. @param repository - see GitopsUse */
export function readingGroups(places: readonly string[], repository?: string): string[] {
  return places.flatMap(place => [fileGroup(place, repository), folderGroup(place, repository)]);
}

/** Group of the Applications that are called, or labelled, like a tenant. */
export function nameGroup(name: string): string {
  return `name:${name}`;
}

/** Group of the Applications with certain labels. */
export function labelGroup(labels: string): string {
  return `labels:${labels}`;
}

function fileGroup(path: string, repository?: string): string {
  return `file:${placeIn(repository, path)}`;
}

function folderGroup(folder: string, repository?: string): string {
  return `folder:${placeIn(repository, folder)}`;
}

function placeIn(repository: string | undefined, path: string): string {
  return repository === undefined ? path : `${repository}:${path}`;
}
