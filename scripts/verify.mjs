/**
 * Runs the commands that prove a tenant platform and prints what each found; `scripts/verify --help` says how. Needs Node
 * and kubectl, nothing else.
 */
import { CureError, say, warn } from './lib/output.mjs';
import { checkHost } from './lib/prerequisites.mjs';
import { readArguments, UsageError, usage } from './verification/arguments.mjs';
import { argocdChecks, tenantApplicationChecks } from './verification/checks/argocd.mjs';
import { fenceChecks } from './verification/checks/fence.mjs';
import { platformChecks } from './verification/checks/platform.mjs';
import { telemetryChecks } from './verification/checks/telemetry.mjs';
import { tenantTelemetryChecks } from './verification/checks/tenantTelemetry.mjs';
import { workloadChecks } from './verification/checks/workload.mjs';
import { findKubectl, Kubectl } from './verification/kubectl.mjs';
import { runChecks } from './verification/runChecks.mjs';
import { Servers } from './verification/servers.mjs';
import { findTarget, shellHint } from './verification/target.mjs';
import { findingLine, summarise, summaryLine } from './verification/verdict.mjs';

const tenantLabel = 'tenant-releases.io/tenant';

/** The namespaces of tenants. Throws a {@link CureError} when the cluster does not answer. */
async function findTenants(kubectl) {
  const args = ['get', 'namespaces', '-l', tenantLabel];
  const { items } = await kubectl.json(args).catch(error => {
    throw new CureError(
      `kubectl ${args.join(' ')}: ${
        error.message
      }. Choose a cluster with --kubeconfig or --context, or start the embedded platform with npm start.`,
    );
  });
  return items.map(({ metadata }) => metadata.name);
}

async function main(args) {
  checkHost();
  const given = readArguments(args, process.env.INIT_CWD ?? process.cwd());
  if (given.help) {
    say(usage);
    return 0;
  }
  const target = await findTarget(given);
  const kubectl = new Kubectl(await findKubectl(), target);
  try {
    return await verify({ kubectl, target, servers: new Servers(kubectl, target) }, given);
  } finally {
    kubectl.close();
  }
}

async function verify(context, { output, tenants: wanted }) {
  const { kubectl, target } = context;
  const tenants = wanted.length > 0 ? wanted : await findTenants(kubectl);
  const text = output === 'text';
  if (text) {
    say(`Verifying ${target.kind === 'embedded' ? 'the embedded platform' : 'a cluster'}.`);
    const hint = shellHint(target);
    if (hint) say(`The commands below expect: ${hint}`);
  }
  const checks = [
    ...platformChecks(context),
    ...argocdChecks(context),
    ...telemetryChecks(context),
    ...tenants.flatMap(tenant => [
      ...tenantApplicationChecks(context, tenant),
      ...workloadChecks(context, tenant),
      ...fenceChecks(context, tenant),
      ...tenantTelemetryChecks(context, tenant),
    ]),
  ];
  const findings = await runChecks(checks, finding => text && say(findingLine(finding)));
  if (tenants.length === 0) {
    const finding = {
      id: 'tenants',
      command: `kubectl get namespaces -l ${tenantLabel}`,
      result: 'fail',
      detail: 'there is no tenant',
    };
    findings.push(finding);
    if (text) say(findingLine(finding));
  }
  const summary = summarise(findings);
  if (text) {
    say(summaryLine(summary));
  } else {
    const { kind, kubeconfig, context: name, urls } = target;
    const answer = {
      target: { kind, kubeconfig, context: name, urls },
      tenants,
      findings,
      summary,
    };
    say(JSON.stringify(answer, undefined, 2));
  }
  return summary.failed > 0 ? 1 : 0;
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    warn(error instanceof CureError ? error.message : error.stack);
    process.exit(error instanceof UsageError ? error.exitCode : 1);
  },
);
