import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import type { PendingTenant } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { checksMark, reviewMark } from '../../domain/pending';
import { secondaryText } from '../../theme/secondaryText';
import { PullRequestLink } from '../common/PullRequestLink';
import { RelativeTime } from '../common/RelativeTime';
import { StateLabel } from '../common/StateLabel';
import { VersionLabel } from '../common/VersionLabel';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'max-content minmax(0, 1fr)',
      gap: theme.spacing(1, 3),
      maxWidth: '90ch',
      margin: 0,
      lineHeight: 1.5,
      '& dt': { color: secondaryText(theme) },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: 0,
        '& dd': { marginBottom: theme.spacing(1) },
      },
    },
  }),
  { name: 'TenantReleasesPendingFacts' },
);

/** By its title, without a link: a group that the pull request makes has no page yet. */
function titleOf(entityRef: string | undefined, unknown: string): ReactNode {
  return entityRef ? <EntityDisplayName entityRef={entityRef} hideIcon /> : unknown;
}

function Checks({ pending: { checks } }: { pending: PendingTenant }) {
  return (
    <>
      <StateLabel {...checksMark(checks)} />
      {checks.failing.length > 0 && `: ${checks.failing.join(', ')}`}
    </>
  );
}

const merges: Record<PendingTenant['merge'], string> = {
  clean: 'can be merged',
  conflict: 'conflicts with what was merged since',
  unknown: 'not known yet',
};

/** What an onboarding would make, and how far its pull request is. */
export function PendingFacts({ pending }: { pending: PendingTenant }) {
  const classes = useStyles();
  const { tenant, displayName, service, version, pullRequest, state } = pending;
  const facts: Array<[string, ReactNode]> = [
    ['Tenant', tenant],
    ['Display name', displayName ?? 'not known'],
    ['Service', service],
    ['First version', version ? <VersionLabel version={version} /> : 'not known'],
    ['Owner', titleOf(pending.owner, 'not known')],
    ['Requested by', titleOf(pending.requestedBy, 'the pull request does not say')],
    ['Pull request', <PullRequestLink key="pull" {...pullRequest} />],
    ['Opened', <RelativeTime key="opened" time={pullRequest.openedAt} unknown="not known" />],
  ];
  if (state === 'open') {
    facts.push(
      ['Checks', <Checks key="checks" pending={pending} />],
      ['Review', <StateLabel key="review" {...reviewMark(pending)} />],
      ['Merge', merges[pending.merge]],
    );
  } else {
    facts.push([
      state === 'merged' ? 'Merged' : 'Closed',
      <RelativeTime key="ended" time={pullRequest.endedAt} unknown="not known" />,
    ]);
  }
  return (
    <dl className={classes.root}>
      {facts
        // An onboarding that has ended is no longer looked at in detail.
        .filter(([, value]) => state === 'open' || value !== 'not known')
        .map(([what, value]) => (
          <div key={what} style={{ display: 'contents' }}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
