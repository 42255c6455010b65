import { Link } from '@backstage/core-components';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  tenantOnboardPermission,
  type PendingTenant,
} from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { usePendingTenants } from '../../api/useOnboarding';
import {
  actorOf,
  checksMark,
  pendingLine,
  type PendingMark,
  reviewMark,
} from '../../domain/pending';
import { pendingTenantPath } from '../../domain/links';
import { personName } from '../../domain/personName';
import { secondaryText } from '../../theme/secondaryText';
import { Disclosure } from '../common/Disclosure';
import { ErrorNotice } from '../common/ErrorNotice';
import { PullRequestLink } from '../common/PullRequestLink';
import { RelativeTime } from '../common/RelativeTime';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { StateLabel } from '../common/StateLabel';
import { useTableStyles } from '../common/useTableStyles';

const useStyles = makeStyles(
  theme => ({
    root: { fontSize: theme.typography.body2.fontSize, lineHeight: 1.5 },
    // As high as the line that can be opened.
    line: { margin: 0, padding: theme.spacing(0.75, 0.5), color: secondaryText(theme) },
    // One line: the table has all of it.
    names: {
      display: 'inline-block',
      maxWidth: 'calc(100% - 20px)',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      verticalAlign: 'bottom',
    },
  }),
  { name: 'TenantReleasesPendingTenants' },
);

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

/** The onboardings, for those who may onboard. */
function useOnboardings() {
  const { allowed } = usePermission({ permission: tenantOnboardPermission });
  return { allowed, ...usePendingTenants(allowed) };
}

/** Draws nothing: while the tenants are on their way, it asks for what {@link PendingTenants} says above them. */
export function PendingTenantsAhead() {
  useOnboardings();
  return null;
}

/**
 * Tenants whose onboarding is under way, in one line that opens to a table, for those who may onboard; nothing where it is
 * known that there are none. The line is there before it is known what it says, so that what stands below does not move
 * down.
 */
export function PendingTenants() {
  const { allowed, data, error, dataUpdatedAt, refetch } = useOnboardings();
  const classes = useStyles();
  if (!allowed) return null;
  const items = data?.items ?? [];
  // Where nobody knows, none is not none.
  if (data && items.length === 0 && data.source.state === 'ok' && !error) return null;
  return (
    <section className={classes.root} aria-label="Pending tenants">
      {!data && !error && <p className={classes.line}>Pending tenants are being read…</p>}
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {data && <StaleNotice error={error} updatedAt={dataUpdatedAt} />}
      <SourceNotice source={data?.source} />
      {items.length > 0 && (
        <Disclosure summary={<span className={classes.names}>{pendingLine(items)}</span>}>
          <PendingTable items={items} />
        </Disclosure>
      )}
    </section>
  );
}
