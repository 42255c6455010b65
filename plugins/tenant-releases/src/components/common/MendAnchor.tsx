import { Link } from '@backstage/core-components';
import type { ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { mendLink } from '../../domain/mendLink';

const useStyles = makeStyles(
  theme => ({ link: { color: theme.palette.primary.main, textDecoration: 'underline' } }),
  {
    name: 'TenantReleasesMendAnchor',
  },
);

/** Leads to where a reason can be mended; nothing where nobody can. */
export function MendAnchor({ reason }: { reason?: Pick<ReleaseReason, 'code' | 'link'> }) {
  const classes = useStyles();
  const mend = reason && mendLink(reason);
  if (!mend) return null;
  // A place on this page is no route.
  return mend.to.startsWith('#') ? (
    <a href={mend.to} className={classes.link}>
      {mend.label}
    </a>
  ) : (
    <Link to={mend.to} underline="always">
      {mend.label}
    </Link>
  );
}
