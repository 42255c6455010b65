import type { ApplicationRecord } from './ApplicationRecord';

/** Groups in which an Application is looked for: by what it reads, and by what it is called. */
export function groupsOf({ name, labels, labelSets, gitops }: ApplicationRecord): string[] {
  return [
    ...new Set([
      nameGroup(name),
      ...(labels.tenant ? [nameGroup(labels.tenant)] : []),
      ...(labelSets?.map(labelGroup) ?? []),
      ...(gitops?.files.map(fileGroup) ?? []),
      ...(gitops?.folder === undefined ? [] : [folderGroup(gitops.folder)]),
    ]),
  ];
}

/** Groups of the Applications that may belong to a tenant with that file. */
export function groupsFor(tenant: string, path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  const folders = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return [fileGroup(path), ...folders.map(folderGroup), nameGroup(tenant)];
}

/** Groups of the Applications that read one of these files or folders. */
export function readingGroups(places: readonly string[]): string[] {
  return places.flatMap(place => [fileGroup(place), folderGroup(place)]);
}

/** Group of the Applications that are called, or labelled, like a tenant. */
export function nameGroup(name: string): string {
  return `name:${name}`;
}

/** Group of the Applications with certain labels. */
export function labelGroup(labels: string): string {
  return `labels:${labels}`;
}

function fileGroup(path: string): string {
  return `file:${path}`;
}

function folderGroup(folder: string): string {
  return `folder:${folder}`;
}
