import { makeStyles } from '@material-ui/core/styles';
import { ResponseError } from '@backstage/errors';
import { useMemo } from 'react';
import type { ReleaseKey } from '../../api/TenantReleasesApi';
import { useHistory, useRelease, useSources } from '../../api/useReleases';
import { startedVersions } from '../../domain/version';
import { ErrorNotice } from '../common/ErrorNotice';
import { Placeholder } from '../common/Placeholder';
import { StaleNotice } from '../common/StaleNotice';
import { useVersionOrder } from '../common/useVersionOrder';
import { HistorySection } from '../history/HistorySection';
import { LogSection } from '../logs/LogSection';
import { PanelSection } from '../panels/PanelSection';
import { ResourceSection } from '../resources/ResourceSection';
import { FileErrorNotice } from './FileErrorNotice';
import { ReleaseHead } from './ReleaseHead';
import { VersionStrip } from './VersionStrip';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(3), minWidth: 0 },
  }),
  { name: 'TenantReleasesReleaseView' },
);

/** Nothing more can be shown of a release that does not exist or may not be seen. */
function isRefused(error: Error | null): boolean {
  return error instanceof ResponseError && [401, 403, 404].includes(error.statusCode);
}

/** The versions of the history, the newest first; `undefined` until it is read. */
function useKnownVersions(key: ReleaseKey): string[] | undefined {
  const pages = useHistory(key).data?.pages;
  return useMemo(() => pages?.flatMap(({ items }) => items.map(({ version }) => version)), [pages]);
}

/** One release: how it is, its metrics, its logs and its history. */
export function ReleaseView(props: { release: ReleaseKey; fileError?: string }) {
  const { release: key, fileError } = props;
  const classes = useStyles();
  const { data, error, dataUpdatedAt, refetch } = useRelease(key);
  const sources = useSources().data ?? [];
  useVersionOrder(useKnownVersions(key));
  return (
    <div className={classes.root}>
      <FileErrorNotice release={data} fileError={fileError} />
      {data && (
        <>
          <ReleaseHead release={data} updatedAt={dataUpdatedAt} failing={error !== null} />
          <StaleNotice error={error} updatedAt={dataUpdatedAt} />
          <VersionStrip release={data} sources={sources} />
        </>
      )}
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && <Placeholder lines={4} what="release" />}
      {(data || !isRefused(error)) && (
        <>
          <PanelSection release={key} />
          <LogSection release={key} running={data?.running.map(({ version }) => version) ?? []} />
          <ResourceSection release={key} />
          <HistorySection
            release={key}
            running={data ? startedVersions(data).map(({ version }) => version) : []}
            desired={data?.desired?.version}
            values={data?.links.values}
          />
        </>
      )}
    </div>
  );
}
