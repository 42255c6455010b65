import { formatCount } from '../../domain/formatCount';
import { Notice } from './Notice';

/**
 * Says that an answer of Prometheus or Loki held more than is shown.
 *
 * @param props.what - the things, in plural
 */
export function LeftOutNotice({ count = 0, what }: { count?: number; what: string }) {
  if (count === 0) return null;
  return (
    <Notice kind="stale">
      Not shown, because they cannot be read or are too many: {formatCount(count)} {what}.
    </Notice>
  );
}
