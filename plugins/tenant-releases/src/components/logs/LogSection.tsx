import { type LogLevel, logLevels } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useHistory } from '../../api/useReleases';
import { useLogs } from '../../api/useTelemetry';
import { logsId } from '../../domain/mendLink';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { LeftOutNotice } from '../common/LeftOutNotice';
import { Placeholder } from '../common/Placeholder';
import { Section } from '../common/Section';
import { SourceNotice, StaleNotice } from '../common/StaleNotice';
import { useTimeRange, useUrlParameter } from '../common/useUrlState';
import { LogControls } from './LogControls';
import { LogTable } from './LogTable';

/** Lines at first, and after "Show more". */
const limits = [200, 1_000] as const;

const levelOf = (text: string): Exclude<LogLevel, 'unknown'> | undefined =>
  logLevels.find(level => level === text);

/** The release's newest log lines over the page's time range; the filters are in the URL. */
export function LogSection({ release, running }: { release: ReleaseKey; running: string[] }) {
  const [range] = useTimeRange();
  const [levelText, setLevel] = useUrlParameter('level');
  const [version, setVersion] = useUrlParameter('log-version');
  const [text, setText] = useUrlParameter('log');
  const [live, setLive] = useState(true);
  const [limit, setLimit] = useState<number>(limits[0]);
  const history = useHistory(release).data;
  const known = history?.pages.flatMap(page => page.items.map(entry => entry.version)) ?? [];
  const level = levelOf(levelText);
  const view = { range, live, limit, level, text, version: version || undefined };
  const { data, error, dataUpdatedAt, isPlaceholderData, refetch } = useLogs(release, view);
  const isQuiet =
    data?.source.state === 'ok' && data.lines.length === 0 && !data.truncated && !data.leftOutCount;
  const filtered = level !== undefined || text !== '' || version !== '';
  return (
    <Section
      id={logsId}
      title="Logs"
      controls={
        <LogControls
          level={level ?? ''}
          onLevel={setLevel}
          version={version}
          versions={[...new Set([...running, ...known])]}
          onVersion={setVersion}
          text={text}
          onText={setText}
          live={live}
          onLive={setLive}
        />
      }
    >
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={5} what="logs" />}
      {data && (
        <>
          <SourceNotice source={data.source} />
          <LeftOutNotice count={data.leftOutCount} what="lines" />
          <StaleNotice error={error} updatedAt={dataUpdatedAt} onRetry={refetch} />
          {data.lines.length > 0 && <LogTable lines={data.lines} outdated={isPlaceholderData} />}
          {data.lines.length === 0 && data.truncated && (
            <EmptyNotice>
              None of the newest lines matches these filters, and there are too many to look through
              all. Search for a text or shorten the time range.
            </EmptyNotice>
          )}
          {isQuiet && (
            <EmptyNotice>
              {filtered
                ? 'No line matches these filters in this time range.'
                : 'What the pods write to their output is shown here. They wrote nothing in this time range.'}
            </EmptyNotice>
          )}
          {data.truncated && data.lines.length > 0 && (
            <div>
              The newest {data.lines.length} lines; there{' '}
              {data.lines.length < limit ? 'may be' : 'are'} more in this time range.{' '}
              {limit === limits[0] ? (
                <Button size="small" onClick={() => setLimit(limits[1])}>
                  Show more
                </Button>
              ) : (
                'Search or shorten the time range to see them.'
              )}
            </div>
          )}
        </>
      )}
    </Section>
  );
}
