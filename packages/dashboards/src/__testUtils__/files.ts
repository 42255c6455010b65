import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

/** Root of the checkout; the bundle of the live check lies as deep as this file's package. */
export const repositoryRoot = path.resolve(
  process.env.REPOSITORY_ROOT ?? `${__dirname}/../../../..`,
);

/** What Argo CD applies for the platform itself. */
export const platformDir = path.join(repositoryRoot, 'gitops/platform');

/** The parts that are tested here. */
export const parts = ['prometheus', 'alertmanager', 'loki', 'alloy', 'grafana'];

export function readText(...segments: string[]): string {
  return readFileSync(path.join(platformDir, ...segments), 'utf8');
}

/** @returns what the file says; the caller knows its shape */
export function readYaml<T>(...segments: string[]): T {
  return parse(readText(...segments)) as T;
}

/** Every document of a file, for manifests. */
export function readDocuments<T>(file: string): T[] {
  return parseAllDocuments(readText(file)).map(document => document.toJS() as T);
}

/** Files below a folder of the platform, relative to the platform's folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(path.join(platformDir, folder), { withFileTypes: true })
    .flatMap(entry => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(file) : [file];
    })
    .sort();
}
