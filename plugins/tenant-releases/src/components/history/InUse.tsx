import type { TimeInUse } from '../../domain/historyEntry';
import { formatDuration, formatExact, secondsBetween } from '../../domain/time';
import { shortVersion } from '../../domain/version';
import { Hint } from '../common/Hint';
import { ElapsedTime } from '../common/RelativeTime';

/** How long a version was wanted, and what took its place. */
export function InUse({ from, until, replacedBy }: TimeInUse) {
  if (!until || !replacedBy) {
    return (
      <>
        <ElapsedTime time={from} unknown="Git does not say since when" /> so far
      </>
    );
  }
  const seconds = secondsBetween(from, until);
  return (
    <Hint text={`until ${formatExact(Date.parse(until))}, then ${replacedBy}`}>
      {seconds === undefined ? '?' : formatDuration(seconds)}, then {shortVersion(replacedBy)}
    </Hint>
  );
}
