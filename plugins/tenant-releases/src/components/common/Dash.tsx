import { visuallyHidden } from '../../theme/visuallyHidden';

/** In the place of what is not there: a dash to look at, and why there is nothing. */
export function Dash({ why }: { why: string }) {
  return (
    <span title={why}>
      <span aria-hidden>-</span>
      <span style={visuallyHidden}>{why}</span>
    </span>
  );
}
