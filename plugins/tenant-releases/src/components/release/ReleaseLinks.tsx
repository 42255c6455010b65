import { Link } from '@backstage/core-components';
import type { Release } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { RiExternalLinkLine } from '@remixicon/react';
import { grafanaLink, safeLink } from '../../domain/grafanaLink';
import { useNow } from '../common/useNow';
import { useTimeRange } from '../common/useUrlState';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2), alignItems: 'center' },
    link: { display: 'inline-flex', alignItems: 'center', gap: 4, whiteSpace: 'nowrap' },
  }),
  { name: 'TenantReleasesReleaseLinks' },
);

/** Ways out to where this release can be seen or changed, with tenant and time range filled in. */
export function ReleaseLinks({ release }: { release: Release }) {
  const classes = useStyles();
  const [range] = useTimeRange();
  const now = useNow(10_000);
  const { tenant, desired, links } = release;
  const pullRequest = desired?.pullRequest;
  const entries = [
    ['link-grafana', 'Grafana', grafanaLink(links.grafana, tenant, range, now)],
    ['link-argocd', 'Argo CD', safeLink(links.argocd)],
    ['link-values', 'Values file', safeLink(links.values)],
    [
      'link-pull-request',
      pullRequest ? `PR #${pullRequest.number}` : 'Pull request',
      safeLink(links.pullRequest ?? pullRequest?.url),
    ],
  ] as const;
  // Who does not see the fleet has none of them.
  if (entries.every(([, , to]) => !to)) return null;
  return (
    <nav className={classes.root} aria-label="Open elsewhere">
      {entries.map(
        ([id, label, to]) =>
          to && (
            <Link key={id} to={to} className={classes.link} data-testid={id}>
              {label}
              <RiExternalLinkLine size={14} aria-hidden />
            </Link>
          ),
      )}
    </nav>
  );
}
