import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import type { ReactNode } from 'react';
import { describeError } from '../../api/describeError';
import { asSentence } from '../../domain/reasons';
import { sourceNote } from '../../domain/sourceNote';
import { formatDuration } from '../../domain/time';
import { Notice } from './Notice';
import { useFromAge, useFromNow } from './useNow';

/** Says beside the data that its source is late or down; nothing while it is ok. */
export function SourceNotice({
  source,
  children,
}: {
  source?: SourceStatus;
  children?: ReactNode;
}) {
  const note = useFromNow(now => sourceNote(source, now));
  if (note === undefined) return null;
  return (
    <Notice kind="stale">
      {note}
      {children}
      {source?.detail && `. ${asSentence(source.detail)}`}
    </Notice>
  );
}

/**
 * Says beside data that is still shown that it could not be read again.
 *
 * @param props.updatedAt - when it was last read, in milliseconds since 1970 by the browser's clock
 */
export function StaleNotice(props: {
  error: Error | null;
  updatedAt: number;
  onRetry?: () => void;
}) {
  const { error, updatedAt, onRetry } = props;
  const age = useFromAge(updatedAt, formatDuration);
  if (!error) return null;
  const { title, retry } = describeError(error);
  return (
    <Notice
      kind="stale"
      actions={
        retry &&
        onRetry && (
          <Button size="small" onClick={() => onRetry()}>
            Try again
          </Button>
        )
      }
    >
      {title}; this is {age} old.
    </Notice>
  );
}
