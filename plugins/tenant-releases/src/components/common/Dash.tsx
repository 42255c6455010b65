import { visuallyHidden } from '../../theme/visuallyHidden';
import { Hint } from './Hint';
import { underPointer } from './underPointer';

/**
 * In the place of what is not there: a dash to look at, and why there is nothing.
 *
 * @param props.isStop - false where the keyboard goes from row to row: the release's own page says more then
 */
export function Dash({ why, isStop = false }: { why: string; isStop?: boolean }) {
  const content = (
    <>
      <span aria-hidden>-</span>
      <span style={visuallyHidden}>{why}</span>
    </>
  );
  return isStop ? <Hint text={why}>{content}</Hint> : <span {...underPointer(why)}>{content}</span>;
}
