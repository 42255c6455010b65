import { formatDuration, formatExact, formatRelative } from '../../domain/time';
import { visuallyHidden } from '../../theme/visuallyHidden';
import { Dash } from './Dash';
import { Hint } from './Hint';
import { useFromNow } from './useNow';
import { underPointer } from './underPointer';

interface TimeProps {
  /** RFC 3339 */
  time?: string;
  /** Why there is none, behind the dash. */
  unknown: string;
  /** false where the keyboard goes from row to row, and not from time to time. */
  isStop?: boolean;
}

function TickingTime(props: TimeProps & { format: (time: number, now: number) => string }) {
  const { time, unknown, isStop = true, format } = props;
  const value = time === undefined ? NaN : Date.parse(time);
  const text = useFromNow(now => (Number.isNaN(value) ? undefined : format(value, now)));
  if (text === undefined) return <Dash why={unknown} isStop={isStop} />;
  // In thousands of rows a hint of its own for each time would take longer than the rest of the row.
  if (!isStop) {
    const exact = formatExact(value);
    return (
      <time dateTime={time} {...underPointer(exact)}>
        {text}
        <span style={visuallyHidden}>, {exact}</span>
      </time>
    );
  }
  return (
    <Hint text={formatExact(value)}>
      <time dateTime={time}>{text}</time>
    </Hint>
  );
}

const formatElapsed = (time: number, now: number) => formatDuration((now - time) / 1000);

/** A time as its distance from now, `2 h ago`, ticking; the exact one is its hint. */
export function RelativeTime(props: TimeProps) {
  return <TickingTime {...props} format={formatRelative} />;
}

/** How long something lasts by now, `2 h`, ticking; its exact beginning is its hint. */
export function ElapsedTime(props: TimeProps) {
  return <TickingTime {...props} format={formatElapsed} />;
}
