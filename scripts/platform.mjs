/**
 * Verifies charts, GitOps tree, workflows, images and history with the field's own tools, which it brings where it can. Run by
 * `npm run test:platform`; `npm run test:platform -- zizmor gitleaks` runs some of them. A tool that is missing is a failure.
 */
import path from 'node:path';
import { totalLine } from './lib/counts.mjs';
import { CureError, say, warn } from './lib/output.mjs';
import { checks } from './lib/platform/checks.mjs';
import { runPlatform } from './lib/platform/runPlatform.mjs';
import { endChildrenOnSignal } from './lib/processes.mjs';

async function main(names) {
  const unknown = names.filter(name => !Object.hasOwn(checks, name));
  if (unknown.length > 0) {
    throw new CureError(
      `There is no check ${unknown[0]}: choose from ${Object.keys(checks).join(', ')}.`,
    );
  }
  const { passed, failed, notRun } = await runPlatform({ bring: 'all', names });
  const result = { passed, failed: failed + notRun.length };
  say(`\n${totalLine([result])}`);
  return result.failed > 0 ? 1 : 0;
}

if (path.resolve(process.argv[1] ?? '') === import.meta.filename) {
  endChildrenOnSignal();
  main(process.argv.slice(2)).then(
    code => process.exit(code),
    error => {
      warn(error instanceof CureError ? error.message : error.stack);
      say('0 passed, 1 failed');
      process.exit(1);
    },
  );
}
