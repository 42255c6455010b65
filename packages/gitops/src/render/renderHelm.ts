import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { helmEnvironment } from '../helm/runHelm';
import type { ApplicationSource } from './applicationSource';
import { pathInRepository } from './pathInRepository';
import { RenderError } from './RenderError';
import { ProgramError, runProgram } from './runProgram';

/** Bounds of one chart, in milliseconds and bytes. */
const limits = { timeoutMs: 30_000, maxBytes: 32 * 1024 * 1024 };

/** What a chart is rendered with, beside its source. */
export interface RenderContext {
  /** Release name where the source names none. */
  applicationName: string;
  /** Namespace of the destination. */
  namespace: string;
  /** For example `1.36.4`; empty leaves it to Helm. */
  kubernetesVersion: string;
  /** What `.Capabilities.APIVersions.Has` knows. */
  apiVersions: string[];
}

/** The trees of other sources on disk, by the name that value files refer to them with: `$name/file`. */
export type ReferencedTrees = ReadonlyMap<string, string>;

/** What a value file of another source names; undefined for one of the source's own. */
export function referencedFile(entry: string): { ref: string; file: string } | undefined {
  const [, ref, file] = /^\$([^/]+)(\/.*)$/.exec(entry) ?? [];
  return ref === undefined ? undefined : { ref, file };
}

/**
 * Renders a chart as Argo CD does, with `helm template` in the chart's directory.
 *
 * @param root - the tree of the commit on disk
 * @returns YAML documents
 * @throws RenderError with Helm's own words
 */
export async function renderHelm(
  helm: string,
  root: string,
  source: ApplicationSource,
  context: RenderContext,
  trees: ReferencedTrees,
): Promise<string> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'argocd-helm-'));
  try {
    const args = [
      ...baseArguments(source, context),
      ...(await valueArguments(root, source, scratch, trees)),
      ...context.apiVersions.flatMap(version => ['--api-versions', version]),
      ...flagArguments(source),
    ];
    return await runProgram({
      program: helm,
      args,
      cwd: path.join(root, source.path ?? '.'),
      env: helmEnvironment(scratch),
      ...limits,
    }).catch(error => {
      throw new RenderError(describeFailure(args, error), saidBy(error));
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function baseArguments(source: ApplicationSource, context: RenderContext): string[] {
  const namespace = source.helm?.namespace || context.namespace;
  const version = context.kubernetesVersion;
  return [
    ...['template', '.', '--name-template', source.helm?.releaseName || context.applicationName],
    ...(namespace ? ['--namespace', namespace] : []),
    ...(version ? ['--kube-version', version] : []),
  ];
}

async function valueArguments(
  root: string,
  source: ApplicationSource,
  scratch: string,
  trees: ReferencedTrees,
): Promise<string[]> {
  const directory = source.path ?? '.';
  const helm = source.helm ?? {};
  const args: string[] = [];
  for (const parameter of helm.parameters ?? []) {
    const value = (parameter.value ?? '').replace(/(?<!\\),/g, '\\,');
    args.push(parameter.forceString ? '--set-string' : '--set', `${parameter.name}=${value}`);
  }
  for (const parameter of helm.fileParameters ?? []) {
    const file = await pathInRepository(root, directory, parameter.path);
    args.push('--set-file', `${parameter.name}=${file ?? path.join(root, parameter.path)}`);
  }
  for (const entry of helm.valueFiles ?? []) {
    const other = referencedFile(entry);
    const tree = other ? trees.get(other.ref) : root;
    if (!tree) {
      throw new RenderError(
        `source referenced "$${other?.ref}", but no source has a 'ref' field defined`,
      );
    }
    const name = other?.file ?? entry;
    const file = await pathInRepository(tree, directory, name);
    if (!file && helm.ignoreMissingValueFiles) continue;
    // Helm itself says that the file is not there.
    args.push('--values', file ?? path.join(tree, name.startsWith('/') ? '.' : directory, name));
  }
  const values = helm.valuesObject ? stringify(helm.valuesObject) : helm.values;
  if (values) {
    const file = path.join(scratch, 'values.yaml');
    await writeFile(file, values);
    args.push('--values', file);
  }
  return args;
}

function flagArguments(source: ApplicationSource): string[] {
  return [
    ...(source.helm?.skipCrds ? [] : ['--include-crds']),
    ...(source.helm?.skipSchemaValidation ? ['--skip-schema-validation'] : []),
    ...(source.helm?.skipTests ? ['--skip-tests'] : []),
  ];
}

/** Helm's own words, or why it had none. */
function saidBy(error: unknown): string {
  if (!(error instanceof ProgramError)) return String(error);
  return error.fault === 'exit' ? error.stderr : `helm: ${error.message}`;
}

/** The words of Argo CD's repo-server, which leaves the many `--api-versions` out. */
function describeFailure(args: string[], error: unknown): string {
  const shown: string[] = [];
  for (let at = 0; at < args.length; at++) {
    if (args[at] !== '--api-versions') shown.push(args[at]);
    else if (args[++at] && shown.at(-1) !== '<api versions removed>') {
      shown.push('<api versions removed>');
    }
  }
  const reason = error instanceof ProgramError ? error.message : String(error);
  return `failed to execute helm template command: \`helm ${shown.join(' ')}\` failed ${reason}`;
}
