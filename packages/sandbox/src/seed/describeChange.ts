import {
  proposalBody,
  proposalTitle,
  tenantFilePath,
  tenantState,
  type ProposalSubject,
} from '@internal/gitops';
import { aboutVersion, BumpSubject } from '../release/bumpSubject';
import { PlannedChange } from './releasePlan';

/** A change of the plan in its time. */
export interface PlayedChange extends PlannedChange {
  subject: BumpSubject | undefined;
  date: Date;
}

/** Branch, title and text of its pull request. `read` gives the files as they are before it. */
export function describeChange(
  change: PlayedChange,
  read: (file: string) => string | undefined,
): { branch: string; title: string; body: string } {
  const { kind, tenants, subject, reason = '' } = change;
  const version = subject?.version ?? '';
  const names = tenants.join(' and ');
  const [first] = tenants;
  switch (kind) {
    case 'onboard':
      return {
        branch: `onboard/${first}`,
        title: `Onboard ${first}`,
        body: `A new tenant, ${first}, on \`${version}\`: its values, its Applications and its project.`,
      };
    case 'rollback': {
      const { from } = bumpOf(first, version, read);
      return {
        branch: `rollback/${tenants.join('-')}-${version}`,
        title: `Roll back ${names} to ${version}`,
        body: `From \`${from}\` back to \`${version}\`: ${reason}.`,
      };
    }
    case 'hold':
      return {
        branch: `hold/${first}-${version}`,
        title: `Hold ${names} at ${version}`,
        body: `Bumps leave it alone until the hold is released. ${reason}`,
      };
    case 'mark-bad':
      return {
        branch: `bad/${version}`,
        title: `Mark ${version} as bad`,
        body: `No tenant may be moved to \`${version}\` any more. ${reason}`,
      };
    case 'freeze':
      return { branch: `freeze/${first}`, title: `Freeze ${names}`, body: reason };
    default: {
      const changes = tenants.map(tenant => bumpOf(tenant, version, read));
      const about = subject && aboutVersion(subject);
      const bump = { service: 'demo-api', version, changes, skipped: [], about };
      return {
        branch: `bump/demo-api/${version}-${first}`,
        title: proposalTitle(bump),
        body: proposalBody(bump),
      };
    }
  }
}

function bumpOf(
  name: string,
  to: string,
  read: (file: string) => string | undefined,
): ProposalSubject['changes'][number] {
  const path = tenantFilePath(name);
  const { tenant, image } = tenantState(read(path) ?? '');
  const { displayName = name, tier = '', owner = '', ring = 0 } = tenant;
  const from = String(image.tag ?? 'none');
  return { tenant: name, displayName, tier, owner, ring, path, from, to };
}
