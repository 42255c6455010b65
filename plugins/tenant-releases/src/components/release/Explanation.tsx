import type { Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { asSentence } from '../../domain/reasons';
import type { StripExplanation } from '../../domain/releaseStrip';
import { secondaryText } from '../../theme/secondaryText';
import { MendAnchor } from '../common/MendAnchor';
import { ElapsedTime } from '../common/RelativeTime';
import { Notice } from '../common/Notice';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: { display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(1.5) },
    text: { flex: '1 1 320px', minWidth: 0, overflowWrap: 'anywhere' },
    age: { color: secondaryText(theme), whiteSpace: 'nowrap' },
  }),
  { name: 'TenantReleasesExplanation' },
);

function Reason({ reason }: { reason: ReleaseReason }) {
  const classes = useStyles();
  return (
    <li className={classes.item}>
      <span className={classes.text}>{asSentence(reason.text)}</span>
      {reason.since && (
        <span className={classes.age}>
          for <ElapsedTime time={reason.since} unknown="" />
        </span>
      )}
      <MendAnchor reason={reason} />
    </li>
  );
}

/** Where a release stopped and why: each reason with its age and where it can be mended. */
export function Explanation(props: { release: Release; explanation: StripExplanation }) {
  const { release, explanation } = props;
  const classes = useStyles();
  const { fact, reasons } = explanation;
  const isTrouble = release.state === 'degraded' || release.state === 'drifted';
  return (
    <Notice kind={isTrouble ? 'error' : 'info'}>
      {fact && <strong>{fact}</strong>}
      <ul className={classes.list}>
        {reasons.map(reason => (
          <Reason key={`${reason.code} ${reason.text}`} reason={reason} />
        ))}
      </ul>
    </Notice>
  );
}
