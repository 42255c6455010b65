import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import type { ReactNode } from 'react';
import { describeError } from '../../api/describeError';
import { asSentence } from '../../domain/reasons';
import { sourceNote } from '../../domain/sourceNote';
import { formatDuration } from '../../domain/time';
import { Notice } from './Notice';
import { useFromNow } from './useNow';

/** Says beside the data that its source is late or down; nothing while it is ok. */
export function SourceNotice({
  source,
  children,
}: {
  source?: SourceStatus;
  children?: ReactNode;
}) {
  const note = sourceNote(source);
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
 * @param props.updatedAt - when it was last read, in milliseconds since 1970
 */
export function StaleNotice({ error, updatedAt }: { error: Error | null; updatedAt: number }) {
  const age = useFromNow(now => formatDuration((now - updatedAt) / 1000));
  if (!error) return null;
  return (
    <Notice kind="stale">
      {describeError(error).title}; this is {age} old.
    </Notice>
  );
}
