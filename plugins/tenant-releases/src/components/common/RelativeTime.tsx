import { formatDuration, formatExact, formatRelative } from '../../domain/time';
import { Hint } from './Hint';
import { useFromNow } from './useNow';

interface TimeProps {
  /** RFC 3339 */
  time?: string;
  /** Why there is none: the hint of the dash. */
  unknown: string;
}

function TickingTime(props: TimeProps & { format: (time: number, now: number) => string }) {
  const { time, unknown, format } = props;
  const value = time === undefined ? NaN : Date.parse(time);
  const text = useFromNow(now => (Number.isNaN(value) ? undefined : format(value, now)));
  if (text === undefined) return <Hint text={unknown}>-</Hint>;
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
