import { createHash } from 'node:crypto';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import { code, plain, table } from '../../blast/markdown';
import { onboardingBranch } from '../onboardingBranch';
import { messageOf, withMark } from '../proposalText';
import type { ChangeDraft } from '../proposeChange';
import type { Onboarding } from './onboardTenant';
import type { OnboardingRequest } from './request';

/** The pull request of an onboarding: one a tenant and place, which the next run updates. */
export function onboardingDraft(
  request: OnboardingRequest,
  { edits, releases, notes }: Onboarding,
): ChangeDraft {
  const { tenant, service, version, environment, cluster } = request;
  const place = [environment, cluster].filter(one => one !== undefined).join(', ');
  const title = `Onboard ${tenant}${place ? ` (${place})` : ''} with ${service} ${version}`;
  const rows = releases.map(release => [
    code(release.service),
    code([release.environment, release.cluster].filter(Boolean).join(', ')),
    code(release.version),
    code(release.application ?? ''),
    code(`${release.file}:${release.line}`),
  ]);
  const files = edits.map(({ path, before }) => ({
    path,
    verb: before === undefined ? 'new' : 'changed',
  }));
  const body = [
    ...table(['service', 'where', 'version', 'Application', 'place'], rows),
    ...files.map(({ path, verb }) => `- ${verb}: ${code(path)}`),
    ...(notes.length > 0
      ? ['', '**To be looked at**', '', ...notes.map(one => `- ${plain(one, 400)}`)]
      : []),
  ].join('\n');
  return {
    branch: branchOf(request),
    files: edits.map(({ path, text }) => ({ path, text })),
    title,
    body: withMark(title, body),
    message: print =>
      messageOf(
        title,
        files.map(({ path, verb }) => `- ${verb}: ${path}`),
        `${service}@${version}`,
        print,
      ),
    nothingLeft: `nothing is left to add for ${tenant}`,
  };
}

/** Names of other layouts may be none that the portal takes; of these, two must not come to the same branch. */
function branchOf({ tenant, service, environment, cluster }: OnboardingRequest): string {
  const isPlain = environment === undefined && cluster === undefined;
  if (isPlain && !tenantNameProblem(tenant)) return onboardingBranch(tenant);
  const names = [tenant, service, environment, cluster].filter(one => one !== undefined);
  const safe = names.map(name => name.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 60)).join('-');
  const id = createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 8);
  return `onboarding/${safe}-${id}`;
}
