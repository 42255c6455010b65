import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { useMemo } from 'react';
import type { Fleet } from '../../domain/fleet';
import { qualifySentence } from '../../domain/qualifySentence';
import { troubledSource } from '../../domain/sourceNote';
import { describeSurvey, surveyCounts, surveyTenants } from '../../domain/summary';
import { useFromNow } from '../common/useNow';

/** How all tenants are, in one sentence; while rows are still coming, from the server's counts. */
export function FleetSentence(props: { fleet: Fleet; sources: readonly SourceStatus[] }) {
  const { fleet, sources } = props;
  const { rows, counts, complete } = fleet;
  const survey = useMemo(
    () => (counts && !complete ? surveyCounts(counts) : surveyTenants(rows)),
    [rows, counts, complete],
  );
  const stale = useMemo(
    () => rows.filter(({ staleSeconds }) => staleSeconds !== undefined).length,
    [rows],
  );
  const sentence = useFromNow(now =>
    qualifySentence(describeSurvey(survey, now), stale, rows.length),
  );
  if (rows.length > 0) return <>{sentence}</>;
  if (troubledSource(sources, 'git')) return <>Nobody knows now which tenants there are.</>;
  // Whether there are others is not for everybody to know.
  const isNone = !fleet.notice || fleet.notice.code === 'NO_TENANTS';
  return <>{isNone ? sentence : 'You see no tenants here.'}</>;
}
