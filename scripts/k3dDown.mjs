/** Removes the local cluster and what belongs to it; `scripts/k3d-down --help` says how. */
import { rm } from 'node:fs/promises';
import { CureError, say, warn } from './lib/output.mjs';
import { endChildrenOnSignal } from './lib/processes.mjs';
import { downUsage, readDownArguments } from './k3d/arguments.mjs';
import { removeCluster } from './k3d/cluster.mjs';
import { foldersOf } from './k3d/folders.mjs';
import { findPrograms } from './k3d/prerequisites.mjs';
import { UsageError } from './verification/arguments.mjs';

async function main(args) {
  const { help, name } = readDownArguments(args);
  if (help) {
    say(downUsage);
    return;
  }
  const programs = await findPrograms(['docker', 'k3d']);
  const removed = await removeCluster({ programs, name });
  const { base, overlay } = foldersOf(name);
  await rm(base, { recursive: true, force: true });
  await rm(overlay, { force: true });
  say(removed ? `Cluster ${name} is removed.` : `There is no cluster ${name}.`);
}

endChildrenOnSignal();
main(process.argv.slice(2)).then(
  () => process.exit(0),
  error => {
    warn(error instanceof CureError ? error.message : error.stack);
    process.exit(error instanceof UsageError ? error.exitCode : 1);
  },
);
