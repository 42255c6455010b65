import {
  shorten,
  type BumpChange,
  type BumpPlan,
  type Proposal,
  code,
  plain,
  table,
} from '@internal/gitops';
import { appendSummary, workflowCommand } from '../output/github';
import type { Context, OutputFormat } from './context';

/** What a bump came to. */
export interface BumpResult {
  plan: BumpPlan;
  /** How the changes were made. */
  mode: 'files' | 'dry-run' | 'pull-requests';
  /** What was not looked at, and why. */
  notes?: string[];
  /** Pull requests, by ring. */
  proposals?: Proposal[];
  /** Why it could not be done after all. */
  failed?: string;
}

/** Writes the outcome of a bump. */
export function printBump(context: Context, output: OutputFormat, result: BumpResult): void {
  const { write } = context;
  if (output === 'json') write(asJson(result));
  else if (output === 'github') {
    write(asAnnotations(result));
    appendSummary(context, asMarkdown(result));
  } else if (output === 'markdown') write(`${asMarkdown(result)}\n`);
  else write(asText(result));
}

function asText({ plan, mode, proposals = [], failed, notes = [] }: BumpResult): string {
  const lines = [
    ...plan.refused.map(reason => `Refused: ${reason}`),
    ...(failed === undefined ? [] : [`Failed: ${failed}`]),
    ...plan.warnings.map(reason => `Warning: ${reason}`),
    ...plan.changes.map(
      change => `changed  ${change.tenant}: ${describeChange(change)} (${change.path})`,
    ),
    ...plan.skipped.map(({ tenant, reason }) => `skipped  ${tenant}: ${reason}`),
    ...proposals.map(describeProposal),
    ...notes.map(note => `Note: ${note}`),
    title({ plan, mode }),
  ];
  return `${lines.join('\n')}\n`;
}

/** What a change does to a tenant. */
function describeChange({ from, to, unpinned }: BumpChange): string {
  const moved = from === to ? `held at ${to}` : `${from} -> ${to}`;
  return unpinned ? `${moved}, image.digest removed: it pinned ${from}` : moved;
}

/** One line on a pull request. */
export function describeProposal({
  outcome,
  title: name,
  url,
  reason,
}: Omit<Proposal, 'tenants'>): string {
  return [`${outcome}: ${name}`, url, reason].filter(Boolean).join(', ');
}

function title({ plan, mode }: Pick<BumpResult, 'plan' | 'mode'>): string {
  const { changes, skipped, service, version } = plan;
  const dry = mode === 'dry-run' ? ' Nothing was written.' : '';
  const tenants = changes.length === 1 ? '1 tenant' : `${changes.length} tenants`;
  return `${service} ${version}: ${tenants} changed, ${skipped.length} skipped.${dry}`;
}

function asJson({ plan, mode, proposals, failed, notes = [] }: BumpResult): string {
  const { service, version, refused, warnings, skipped, waiting } = plan;
  const changes = plan.changes.map(({ tenant, ring, path, from, to, unpinned }) => ({
    tenant,
    ring,
    path,
    from,
    to,
    unpinned,
  }));
  const body = {
    command: 'bump',
    mode,
    service,
    version,
    changes,
    skipped,
    waiting,
    refused,
    warnings,
    notes,
    failed,
  };
  return `${JSON.stringify({ ...body, pullRequests: proposals }, undefined, 2)}\n`;
}

function asAnnotations({ plan, mode, proposals = [], failed, notes = [] }: BumpResult): string {
  const problems = [...plan.refused, ...(failed === undefined ? [] : [failed])];
  const lines = [
    ...problems.map(message => workflowCommand({ level: 'error', title: 'gitops bump', message })),
    ...plan.warnings.map(message =>
      workflowCommand({ level: 'warning', title: 'gitops bump', message }),
    ),
    ...plan.skipped.map(({ tenant, kind, reason }) =>
      workflowCommand({
        level: kind === 'broken' ? 'error' : 'notice',
        title: 'gitops bump',
        message: `${tenant} ${reason}`,
      }),
    ),
    ...proposals.map(one =>
      workflowCommand({ level: 'notice', title: 'gitops bump', message: describeProposal(one) }),
    ),
    ...notes.map(message => workflowCommand({ level: 'notice', title: 'gitops bump', message })),
    shorten(title({ plan, mode }), 300),
  ];
  return `${lines.join('\n')}\n`;
}

function asMarkdown({ plan, mode, proposals = [], failed, notes = [] }: BumpResult): string {
  const changes = plan.changes.map(({ tenant, ring, from, to, unpinned }) => [
    code(tenant),
    String(ring),
    code(from),
    unpinned ? `${code(to)} (digest removed)` : code(to),
  ]);
  const skipped = plan.skipped.map(({ tenant, reason }) => [code(tenant), plain(reason)]);
  return [
    `### gitops bump: ${code(`${plan.service} ${plan.version}`)}`,
    '',
    ...plan.refused.map(reason => `**Refused:** ${plain(reason, 400)}\n`),
    ...(failed === undefined ? [] : [`**Failed:** ${plain(failed, 400)}\n`]),
    ...plan.warnings.map(reason => `**Warning:** ${plain(reason, 400)}\n`),
    ...proposals.map(one => `- ${plain(describeProposal(one), 400)}`),
    '',
    ...table(['tenant', 'ring', 'from', 'to'], changes),
    ...table(['left alone', 'why'], skipped),
    ...notes.map(note => `${plain(note)}\n`),
    plain(title({ plan, mode })),
  ].join('\n');
}
