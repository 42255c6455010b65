import type { Fleet } from '../../domain/fleet';
import { formatCount } from '../../domain/formatCount';
import { Notice } from '../common/Notice';

/** Says that rows are missing, since the server wrote them in another form than this page knows. */
export function UnreadableRowsNotice({ fleet: { unreadable = 0 } }: { fleet: Fleet }) {
  if (unreadable === 0) return null;
  const rows =
    unreadable === 1
      ? '1 row cannot be read and is missing here'
      : `${formatCount(unreadable)} rows cannot be read and are missing here`;
  return (
    <Notice kind="stale">
      {rows}: this page and the portal’s server may have different versions. Reload the page; if the
      notice stays, tell the platform team.
    </Notice>
  );
}
