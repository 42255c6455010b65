import type { ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { asSentence } from '../../domain/reasons';
import { secondaryText } from '../../theme/secondaryText';
import { MendAnchor } from '../common/MendAnchor';
import { ElapsedTime } from '../common/RelativeTime';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: { display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(1.5) },
    text: { flex: '1 1 320px', minWidth: 0, overflowWrap: 'anywhere' },
    age: { color: secondaryText(theme), whiteSpace: 'nowrap' },
  }),
  { name: 'TenantReleasesReasons' },
);

/** Reasons, each with its age and where it can be mended. */
export function Reasons({ reasons }: { reasons: readonly ReleaseReason[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {reasons.map(reason => (
        <li key={`${reason.code} ${reason.text}`} className={classes.item}>
          <span className={classes.text}>{asSentence(reason.text)}</span>
          {reason.since && (
            <span className={classes.age}>
              for <ElapsedTime time={reason.since} unknown="" />
            </span>
          )}
          <MendAnchor reason={reason} />
        </li>
      ))}
    </ul>
  );
}
