import type { SourceReport } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { asSentence } from '../../domain/reasons';
import { formatCount } from '../../domain/formatCount';
import { sourceNote, sourceProblem } from '../../domain/sourceNote';
import { nothingLeftOut, reportState, reportTitle } from '../../domain/sourceReport';
import { formatDuration } from '../../domain/time';
import { secondaryText } from '../../theme/secondaryText';
import { Disclosure } from '../common/Disclosure';
import { Notice } from '../common/Notice';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import { StateLabel } from '../common/StateLabel';
import { useFromAge, useFromNow } from '../common/useNow';
import { Fact, Facts } from './Facts';
import { GitDetails } from './GitDetails';
import { SourceEntries } from './SourceEntries';

const useStyles = makeStyles(
  theme => ({
    root: {
      paddingTop: theme.spacing(2),
      borderTop: `1px solid ${theme.palette.divider}`,
      minWidth: 0,
    },
    secondary: { color: secondaryText(theme), fontSize: theme.typography.body2.fontSize },
    text: { margin: 0, fontSize: theme.typography.body2.fontSize, lineHeight: 1.5 },
  }),
  { name: 'TenantReleasesSourceSection' },
);

/** So few entries are shown without being asked for. */
const fewEntries = 20;

/** @param props.readAt - when the report was read, in milliseconds since 1970 by the browser's clock */
function Age({ report, readAt }: { report: SourceReport; readAt: number }) {
  const { state, ageSeconds } = report;
  const age = useFromAge(readAt, seconds => formatDuration(ageSeconds + seconds));
  // Of the others the notice below says it.
  return state === 'ok' ? <>current {age} ago</> : null;
}

/** What is wrong with a source now, and the cure. */
function Trouble({ report }: { report: SourceReport }) {
  const note = useFromNow(now => sourceNote(report, now));
  const { error, detail, cure } = report;
  if (note === undefined) {
    return detail ? <Notice kind="info">{asSentence(detail)}</Notice> : null;
  }
  return (
    // What ticks must not be spoken again and again.
    <Notice kind={error === 'misconfigured' ? 'error' : 'stale'}>
      {[note, detail, cure].flatMap(text => (text ? asSentence(text) : [])).join(' ')}
    </Notice>
  );
}

function Lists({ report: { id, leftOutCount, unusedCount } }: { report: SourceReport }) {
  return (
    <>
      {leftOutCount > 0 && (
        <Disclosure
          open={leftOutCount <= fewEntries}
          summary={<>Left out: {formatCount(leftOutCount)}. Each says why, and what to do.</>}
        >
          <SourceEntries source={id} list="left-out" total={leftOutCount} />
        </Disclosure>
      )}
      {unusedCount > 0 && (
        <Disclosure summary={<>Of no release: {formatCount(unusedCount)}, which may be right.</>}>
          <SourceEntries source={id} list="unused" total={unusedCount} />
        </Disclosure>
      )}
    </>
  );
}

/** One upstream: how it does, what was read of it, and what no release was made of. */
export function SourceSection({ report, readAt }: { report: SourceReport; readAt: number }) {
  const classes = useStyles();
  const { state, word } = reportState(report);
  const { git, lastError, cluster, counts, kind } = report;
  const nothing = nothingLeftOut(report);
  const isTelemetry = kind === 'prometheus' || kind === 'loki';
  return (
    <div className={classes.root} data-testid={`source-${report.id}`}>
      <Section
        title={reportTitle(report)}
        controls={
          <>
            <StateLabel state={state} word={word} />
            <span className={classes.secondary}>
              <Age report={report} readAt={readAt} />
            </span>
          </>
        }
      >
        <Trouble report={report} />
        {counts.length > 0 && (
          <Facts>
            {counts.map(({ what, count }) => (
              <Fact key={what} name={what}>
                {formatCount(count)}
              </Fact>
            ))}
          </Facts>
        )}
        {isTelemetry && (
          <p className={classes.text}>
            {cluster ? `For tenants of cluster ${cluster}.` : 'For tenants of all clusters.'} It is
            asked when somebody looks at a tenant.
          </p>
        )}
        {counts.length === 0 && !isTelemetry && (
          <p className={classes.text}>Nothing has been read of it since the portal started.</p>
        )}
        {git && <GitDetails git={git} />}
        {lastError && report.state === 'ok' && (
          <p className={classes.secondary}>
            Last error: {sourceProblem(lastError.error)},{' '}
            <RelativeTime time={lastError.at} unknown="The time is not known" />.
          </p>
        )}
        {nothing && <p className={classes.text}>{nothing}</p>}
        <Lists report={report} />
      </Section>
    </div>
  );
}
