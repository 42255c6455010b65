/** Runs checks one after another and turns what goes wrong into findings. */
import { NotHereError } from './servers.mjs';
import { fail, notHere } from './verdict.mjs';

/**
 * A check is `{ id, tenant?, command, run }`; `run` answers a verdict, with the command when it is known only then.
 * @param onFinding - is called with each finding as it comes
 * @returns the findings: `{ id, tenant?, command, result, detail }`
 */
export async function runChecks(checks, onFinding) {
  const findings = [];
  for (const { id, tenant, command, run } of checks) {
    const verdict = await run().catch(error =>
      error instanceof NotHereError ? notHere(error.message) : fail(error.message),
    );
    const finding = { id, ...(tenant ? { tenant } : {}), command, ...verdict };
    findings.push(finding);
    onFinding(finding);
  }
  return findings;
}
