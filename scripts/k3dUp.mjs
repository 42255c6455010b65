/** Makes or mends the local cluster; `scripts/k3d-up --help` says how. */
import { CureError, say, warn } from './lib/output.mjs';
import { checkHost } from './lib/prerequisites.mjs';
import { endChildrenOnSignal } from './lib/processes.mjs';
import { readUpArguments, upUsage } from './k3d/arguments.mjs';
import { readManifest } from './k3d/argocd.mjs';
import { foldersOf } from './k3d/folders.mjs';
import { findPrograms } from './k3d/prerequisites.mjs';
import { up } from './k3d/up.mjs';
import { UsageError } from './verification/arguments.mjs';

async function main(args) {
  checkHost();
  const callerDirectory = process.env.INIT_CWD ?? process.cwd();
  const given = readUpArguments(args, { env: process.env, callerDirectory });
  if (given.help) {
    say(upUsage);
    return;
  }
  const programs = await findPrograms(['docker', 'k3d', 'kubectl', 'git']);
  // What can fail for a wrong argument comes before what takes minutes.
  const manifest = await readManifest(given.argocdManifest);
  await up({ ...given, programs, manifest, folders: foldersOf(given.name) });
}

endChildrenOnSignal();
main(process.argv.slice(2)).then(
  () => process.exit(0),
  error => {
    warn(error instanceof CureError ? error.message : error.stack);
    process.exit(error instanceof UsageError ? error.exitCode : 1);
  },
);
