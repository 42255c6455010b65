import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { useMemo } from 'react';
import type { Fleet } from '../../domain/fleet';
import { calledSource, troubledSource } from '../../domain/sourceNote';
import { formatCount } from '../../domain/formatCount';
import { Notice } from '../common/Notice';
import { SourcesLink } from '../common/SourcesLink';
import { SourceNotice } from '../common/StaleNotice';

/** So few rows say for themselves that they may not be how things are now. */
const fewRows = 20;

/**
 * Sources whose trouble has to be said above the rows: no row tells of it, since all are from before it or there are
 * none; or so many do that nobody would see how many; or there is more to say than a row has room for.
 */
function untoldSources(stale: number, sources: readonly SourceStatus[]): SourceStatus[] {
  const isToldByRows = stale > 0 && stale <= fewRows;
  return (['git', 'argocd', 'kubernetes'] as const).flatMap(kind => {
    const worst = troubledSource(sources, kind);
    return sources.filter(
      source => source.kind === kind && (source.detail || (source === worst && !isToldByRows)),
    );
  });
}

/** Nothing that is shown is late for it, but somebody should know. */
function Remark({ source }: { source: SourceStatus }) {
  return (
    <Notice kind="info" actions={<SourcesLink />}>
      {calledSource(source)}: {source.detail}
    </Notice>
  );
}

/** Says above the rows which source is late or down, and how many rows that concerns. */
export function FleetSourceNotices(props: { fleet: Fleet; sources: readonly SourceStatus[] }) {
  const { fleet, sources } = props;
  const stale = useMemo(
    () => fleet.rows.filter(({ staleSeconds }) => staleSeconds !== undefined).length,
    [fleet.rows],
  );
  return (
    <>
      {untoldSources(stale, sources).map(source =>
        source.state === 'ok' ? (
          <Remark key={source.id} source={source} />
        ) : (
          <SourceNotice key={source.id} source={source}>
            {stale > 0 && `: ${formatCount(stale)} of ${formatCount(fleet.totalItems)} rows`}
          </SourceNotice>
        ),
      )}
    </>
  );
}
