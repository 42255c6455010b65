import { Link } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  tenantOnboardPermission,
  type PendingTenant,
} from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { usePendingTenants } from '../../api/useOnboarding';
import { actorOf, checksMark, reviewMark, type PendingMark } from '../../domain/pending';
import { pendingTenantPath } from '../../domain/links';
import { personName } from '../../domain/personName';
import { ErrorNotice } from '../common/ErrorNotice';
import { PullRequestLink } from '../common/PullRequestLink';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { StateLabel } from '../common/StateLabel';
import { useTableStyles } from '../common/useTableStyles';

/** As many as fit above the tenants; the others are shown on request. */
const shownAtFirst = 3;

function Mark({ word, state }: PendingMark) {
  return <StateLabel state={state} word={word} />;
}

function PendingRow({ pending }: { pending: PendingTenant }) {
  const classes = useTableStyles();
  const { tenant, displayName, pullRequest, next } = pending;
  return (
    <tr data-testid={`pending-row-${tenant}`}>
      <th scope="row">
        <Link to={pendingTenantPath(tenant)}>{tenant}</Link>
      </th>
      <td data-label="Display name">
        <div className={classes.name}>{displayName ?? 'not known'}</div>
      </td>
      <td data-label="Pull request">
        <PullRequestLink number={pullRequest.number} url={pullRequest.url} title="" />
        <RelativeTime time={pullRequest.openedAt} unknown="The Git host does not say when" />
      </td>
      <td data-label="Checks">
        <Mark {...checksMark(pending.checks)} />
      </td>
      <td data-label="Review">
        <Mark {...reviewMark(pending)} />
      </td>
      <td className={classes.wide} data-label="Next">
        <div className={classes.cut}>
          {actorOf(pending, personName)}: {next.text}
        </div>
      </td>
    </tr>
  );
}

function PendingTable({ items }: { items: readonly PendingTenant[] }) {
  const classes = useTableStyles();
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            {['Tenant', 'Display name', 'Pull request', 'Checks', 'Review', 'Who acts next'].map(
              heading => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {items.map(pending => (
            <PendingRow key={pending.pullRequest.number} pending={pending} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Tenants whose onboarding is under way, for who may onboard; nothing where there are none. */
export function PendingTenants() {
  const { allowed } = usePermission({ permission: tenantOnboardPermission });
  const { data, error, dataUpdatedAt, refetch } = usePendingTenants(allowed);
  const [showsAll, setShowsAll] = useState(false);
  if (!allowed || (!data && !error)) return null;
  const items = data?.items ?? [];
  const isTold = data !== undefined && data.source.state === 'ok' && !error;
  if (items.length === 0 && isTold) return null;
  return (
    <Section
      title={data ? `Pending tenants (${items.length})` : 'Pending tenants'}
      controls={
        items.length > shownAtFirst && (
          <Button size="small" onClick={() => setShowsAll(!showsAll)} aria-expanded={showsAll}>
            {showsAll ? 'Show fewer' : `Show all ${items.length}`}
          </Button>
        )
      }
    >
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {data && <StaleNotice error={error} updatedAt={dataUpdatedAt} />}
      <SourceNotice source={data?.source} />
      {items.length > 0 && <PendingTable items={showsAll ? items : items.slice(0, shownAtFirst)} />}
    </Section>
  );
}
