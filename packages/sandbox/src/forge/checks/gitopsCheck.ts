import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  ChartRefusal,
  HelmError,
  chartsOf,
  checkTenantFile,
  layout,
  renderChart,
  representatives,
  tenantFilePath,
  tenantOfPath,
  type ChartUse,
  type Tenant,
  readYaml,
} from '@internal/gitops';
import { parseAllDocuments } from 'yaml';
import type { FileChange } from '../git/diff';
import type { HostedRepository } from '../model/hosted';
import type { CheckRun } from '../model/types';
import { releaseFindings, type PullCommits } from './releaseFindings';

/** How a check ended. */
export type Verdict = Pick<CheckRun, 'conclusion' | 'output'>;

/** One line of the check's report. */
export interface Finding {
  state: 'passed' | 'failed' | 'skipped';
  subject: string;
  detail?: string;
}

/** The charts that every tenant's file must fit. */
const charts = [layout.workloadChart, layout.fenceChart];

/** So many tenants are rendered at most; of more, one of each kind. */
const maxTenants = 50;

/** Lines of the report; GitHub takes 65,535 characters of it. */
const maxLines = 200;

/** Whether a text is YAML; else what is wrong with it, in one line. */
export function yamlProblem(text: string): string | undefined {
  const documents = parseAllDocuments(text);
  const [error] = Array.isArray(documents) ? documents.flatMap(document => document.errors) : [];
  return error?.message.split('\n')[0];
}

/** Whether a values file belongs to the tenant that it is named after; else what is wrong with it. */
export function nameProblem(text: string, tenant: string): string | undefined {
  // By the reader of the portal, which follows merge keys and aliases as Helm does.
  const values = readYaml(text, { single: true }).documents[0]?.value;
  const name = (values as { tenant?: { name?: unknown } } | null)?.tenant?.name;
  return name === tenant
    ? undefined
    : `tenant.name is ${
        JSON.stringify(name) ?? 'absent'
      }, but the file is named after ${JSON.stringify(tenant)}`;
}

/** Sums findings up. */
export function verdict(findings: Finding[]): Verdict {
  const failed = findings.filter(finding => finding.state === 'failed');
  const skipped = findings.filter(finding => finding.state === 'skipped');
  const marks = { passed: 'passed', failed: '**failed**', skipped: 'skipped' };
  const order = ['failed', 'skipped', 'passed'];
  const lines = [...findings]
    .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state))
    .map(finding => `- ${marks[finding.state]}: ${finding.subject}`);
  const more = lines.splice(maxLines).length;
  if (more > 0) lines.push(`- and ${more} more`);
  const details = failed.map(
    ({ subject, detail }) => `### ${subject}\n\n\`\`\`\n${detail ?? ''}\n\`\`\``,
  );
  const title =
    (failed.length > 0 && `${failed.length} of ${findings.length} failed: ${failed[0].subject}`) ||
    (skipped.length > 0 && (skipped[0].detail ?? skipped[0].subject)) ||
    (findings.length > 0 ? `${findings.length} passed` : 'Nothing of the GitOps tree is changed');
  return {
    conclusion: failed.length > 0 ? 'failure' : (skipped.length > 0 && 'neutral') || 'success',
    output: {
      title: title.slice(0, 200),
      summary: lines.join('\n') || 'No file under gitops/ or charts/ is changed.',
      ...(details.length > 0 ? { text: details.join('\n\n').slice(0, 60_000) } : {}),
    },
  };
}

/** The tenants whose files must be rendered: the changed ones, or all when a chart is changed. */
async function tenantsToRender(
  repository: HostedRepository,
  sha: string,
  changes: FileChange[],
): Promise<string[]> {
  const charted = changes.some(change => charts.some(chart => change.path.startsWith(`${chart}/`)));
  const kept = changes.filter(change => change.status !== 'removed').map(change => change.path);
  const folder = charted ? await repository.git.at(sha, 'gitops/tenants') : undefined;
  const all = folder?.type === 'tree' ? await repository.git.tree(folder.id) : [];
  const paths = [...kept, ...all.slice(0, maxTenants).map(entry => `gitops/tenants/${entry.path}`)];
  return [...new Set(paths.map(tenantOfPath))].filter(tenant => tenant !== undefined);
}

/**
 * Proves that what a pull request changes can and may be deployed: YAML, names, Helm with the charts' schemas, and nobody who
 * is held or frozen.
 */
export async function checkGitops(
  repository: HostedRepository,
  commits: PullCommits,
  changes: FileChange[],
  helm: string | undefined,
): Promise<Verdict> {
  const sha = commits.head;
  return repository.git.withTemporaryFolder(async folder => {
    const tree = path.join(folder, 'tree');
    const findings: Finding[] = [];
    const tenants = await tenantsToRender(repository, sha, changes);
    const files = changes
      .filter(change => change.status !== 'removed')
      .map(change => change.path)
      .filter(file => /^gitops\/.*\.ya?ml$/.test(file));
    if (files.length + tenants.length > 0) {
      await repository.git.materialise(sha, tree);
    }
    const valid: Tenant[] = [];
    for (const file of new Set([...files, ...tenants.map(tenantFilePath)])) {
      const text = await readFile(path.join(tree, file), 'utf8');
      const tenant = tenantOfPath(file);
      const detail = yamlProblem(text) ?? (tenant ? nameProblem(text, tenant) : undefined);
      if (tenant && !detail) {
        const { file: values } = checkTenantFile(file, tenant, text);
        valid.push({ name: tenant, path: file, ...(values ? { file: values } : {}) });
      }
      findings.push({ state: detail ? 'failed' : 'passed', subject: file, detail });
    }
    const kinds = toRender(valid);
    const rendered = kinds.slice(0, maxTenants);
    const renderings: Finding[] = [];
    for (const { name, path: values } of rendered) {
      for (const use of chartsOf(name, values)) {
        renderings.push(...(await tryChart(folder, tree, name, use, helm)));
      }
    }
    if (rendered.length < valid.length) {
      const subject = `charts with one tenant of each kind: ${rendered.length} of ${valid.length}`;
      const detail = `${kinds.length - rendered.length} kinds of tenants were not rendered`;
      renderings.push(
        rendered.length === kinds.length
          ? { state: 'passed', subject }
          : { state: 'skipped', subject, detail },
      );
    }
    const rules = await releaseFindings(repository, commits, changes, new Date());
    return verdict([...rules, ...renderings, ...findings]);
  });
}

/** All tenants, or one of each kind where all of them would take minutes; an odd file is a kind of its own. */
function toRender(tenants: Tenant[]): Tenant[] {
  if (tenants.length <= maxTenants) return tenants;
  const kinds = new Set(representatives(tenants, new Set()));
  return tenants.filter(tenant => kinds.has(tenant) || !tenant.file);
}

async function tryChart(
  folder: string,
  tree: string,
  tenant: string,
  use: ChartUse,
  helm: string | undefined,
): Promise<Finding[]> {
  const subject = `helm template ${tenant} ${use.chart}`;
  const there = await stat(path.join(tree, use.chart, 'Chart.yaml')).catch(() => undefined);
  if (!there) {
    const detail = `There is no ${use.chart} in this revision`;
    return use.chart === layout.workloadChart ? [{ state: 'skipped', subject, detail }] : [];
  }
  if (!helm) {
    return [
      { state: 'skipped', subject, detail: 'Helm is not installed: charts are not rendered' },
    ];
  }
  const home = path.join(folder, 'helm');
  await mkdir(home, { recursive: true });
  try {
    await renderChart({ helm, tree, home }, use);
    return [{ state: 'passed', subject }];
  } catch (error) {
    if (!(error instanceof ChartRefusal) && !(error instanceof HelmError)) throw error;
    return [{ state: 'failed', subject, detail: error.message }];
  }
}
