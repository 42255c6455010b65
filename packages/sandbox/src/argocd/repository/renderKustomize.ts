import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ApplicationSource } from '../application';
import { KubernetesObject } from '../kubernetes/types';
import { ManifestError } from './manifestError';
import { parseManifests } from './parseManifests';
import { ProgramError, runProgram } from './runProgram';

/** kustomize gets this long for one folder; milliseconds. */
const kustomizeTimeout = 30_000;

/** Files that make a folder a kustomization; https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/**
 * Builds a kustomization with the kustomize that kubectl brings.
 * @param root - the tree of the commit on disk.
 * @throws {@link ManifestError} with kustomize's own words, and for `spec.source.kustomize`, which is not followed here.
 */
export async function renderKustomize(
  kubectl: string,
  root: string,
  source: ApplicationSource,
): Promise<KubernetesObject[]> {
  if (Object.keys(source.kustomize ?? {}).length > 0) {
    throw new ManifestError(
      'the embedded Argo CD does not follow spec.source.kustomize: write it into the kustomization',
    );
  }
  const home = await mkdtemp(path.join(os.tmpdir(), 'argocd-kustomize-'));
  const folder = path.join(root, source.path ?? '.');
  try {
    const text = await runProgram(kubectl, ['kustomize', folder], {
      cwd: root,
      // Nothing of the person's own at the machine takes part.
      env: { PATH: process.env.PATH, HOME: home },
      timeout: kustomizeTimeout,
    });
    return parseManifests(text, source.path ?? 'kustomization');
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const said = error.message.replaceAll(root, '<path to cached source>');
    // The program of its own writes the word large.
    const reason = said.replace(': error: ', ': Error: ');
    throw new ManifestError(
      `\`kustomize build <path to cached source>/${source.path ?? ''}\` failed ${reason}`,
    );
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
