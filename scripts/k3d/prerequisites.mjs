/** What has to be on the machine for a local cluster, with one line of cure for each thing that is not. */
import { CureError } from '../lib/output.mjs';
import { which } from '../lib/paths.mjs';
import { run } from '../lib/processes.mjs';
import { atLeast } from '../lib/versions.mjs';
import { pins } from './pins.mjs';

const instead = 'npm start needs none of it and brings a platform of its own.';
const cures = {
  docker: `install Docker (https://docs.docker.com/get-docker/); ${instead}`,
  k3d: `install k3d ${pins.minimumK3d} or newer (https://k3d.io, macOS: brew install k3d); ${instead}`,
  kubectl: 'install it (https://kubernetes.io/docs/tasks/tools/, macOS: brew install kubectl).',
  git: 'install git (Debian: apt-get install git, macOS: brew install git).',
};

/**
 * The absolute paths of the programs. Throws a {@link CureError} for the first that is missing, too old or does not work.
 * @param names - of docker, k3d, kubectl and git
 */
export async function findPrograms(names, searchPath = process.env.PATH) {
  const programs = {};
  for (const name of names) {
    programs[name] = await which(name, searchPath);
    if (!programs[name]) throw new CureError(`${name} was not found: ${cures[name]}`);
    await checks[name]?.(programs[name]);
  }
  return programs;
}

const checks = { docker: checkDocker, k3d: checkK3d };

/** The program alone is not enough: a daemon has to answer. */
async function checkDocker(docker) {
  const { code, output } = await run(docker, ['info', '--format', '{{.ServerVersion}}']);
  if (code === 0) return;
  const why = output.trim().split('\n').pop();
  throw new CureError(
    `Docker does not answer (${why}): start Docker Desktop or the docker service, or join the group docker; ${instead}`,
  );
}

async function checkK3d(k3d) {
  const { output } = await run(k3d, ['version']);
  if (atLeast(output, pins.minimumK3d)) return;
  throw new CureError(`${output.trim().split('\n')[0] || 'k3d'} is too old: ${cures.k3d}`);
}
