import { Link } from '@backstage/core-components';
import type { Release, ReleaseReason } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { mendLink } from '../../domain/mendLink';
import { asSentence } from '../../domain/reasons';
import type { StripExplanation } from '../../domain/releaseStrip';
import { secondaryText } from '../../theme/secondaryText';
import { ElapsedTime } from '../common/RelativeTime';
import { Notice } from '../common/Notice';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: { display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(1.5) },
    text: { flex: '1 1 320px', minWidth: 0, overflowWrap: 'anywhere' },
    link: { color: theme.palette.primary.main },
    age: { color: secondaryText(theme), whiteSpace: 'nowrap' },
  }),
  { name: 'TenantReleasesExplanation' },
);

function Reason({ reason, release }: { reason: ReleaseReason; release: Release }) {
  const classes = useStyles();
  const mend = mendLink(reason.code, release);
  return (
    <li className={classes.item}>
      <span className={classes.text}>{asSentence(reason.text)}</span>
      {reason.since && (
        <span className={classes.age}>
          for <ElapsedTime time={reason.since} unknown="" />
        </span>
      )}
      {mend?.to.startsWith('#') && (
        <a href={mend.to} className={classes.link}>
          {mend.label}
        </a>
      )}
      {mend && !mend.to.startsWith('#') && <Link to={mend.to}>{mend.label}</Link>}
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
          <Reason key={`${reason.code} ${reason.text}`} reason={reason} release={release} />
        ))}
      </ul>
    </Notice>
  );
}
