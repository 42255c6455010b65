import { Link } from '@backstage/core-components';
import type { ServiceCommit, ServiceVersion } from '@internal/plugin-tenant-releases-common';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import type { VersionSpan } from '../../api/TenantReleasesApi';
import { useServiceCommits } from '../../api/useService';
import { safeLink } from '../../domain/grafanaLink';
import { commitSpan } from '../../domain/serviceVersions';
import { formatCount } from '../../domain/formatCount';
import { shortVersion } from '../../domain/version';
import { EmptyNotice } from '../common/EmptyNotice';
import { ErrorNotice } from '../common/ErrorNotice';
import { Notice } from '../common/Notice';
import { Placeholder } from '../common/Placeholder';
import { RelativeTime } from '../common/RelativeTime';
import { Section } from '../common/Section';
import { useTableStyles } from '../common/useTableStyles';

/** So many commits are shown at first. */
const fewCommits = 20;

const commitsOf = (count: number) => `${formatCount(count)} ${count === 1 ? 'commit' : 'commits'}`;

function CommitRow({ commit }: { commit: ServiceCommit }) {
  const table = useTableStyles();
  const { sha, title, author, isBot, committedAt } = commit;
  const url = safeLink(commit.url);
  const short = sha.slice(0, 7);
  return (
    <tr data-testid="commit-row">
      <th scope="row" className={table.wide}>
        <div className={table.cut}>{title || 'A commit without a title'}</div>
      </th>
      <td data-label="Author">
        {author}
        {isBot && <span className={table.secondary}> (bot)</span>}
      </td>
      <td data-label="When">
        <RelativeTime time={committedAt} unknown="Git does not say when" />
      </td>
      <td data-label="Commit">
        {url ? (
          <Link to={url} underline="always">
            {short}
          </Link>
        ) : (
          short
        )}
      </td>
    </tr>
  );
}

function Commits({ service, span }: { service: string; span: VersionSpan }) {
  const table = useTableStyles();
  const [showsAll, setShowsAll] = useState(false);
  const { data, error, refetch } = useServiceCommits(service, span);
  if (!data) {
    return error ? (
      <ErrorNotice error={error} onRetry={refetch} />
    ) : (
      <Placeholder lines={4} what="commits" />
    );
  }
  if ('unavailable' in data) return <Notice kind="stale">{data.unavailable}</Notice>;
  const { commits, total, missing } = data;
  const from = shortVersion(span.from);
  const to = shortVersion(span.to);
  const shown = showsAll ? commits : commits.slice(0, fewCommits);
  return (
    <>
      <div>
        {to} has {commitsOf(total)} that {from} does not have.
        {missing > 0 && ` ${from} has ${commitsOf(missing)} that ${to} does not have.`}
        {total > commits.length &&
          ` The host of the repository tells ${formatCount(commits.length)} of them.`}
      </div>
      {commits.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Title</th>
                <th scope="col">Author</th>
                <th scope="col">When</th>
                <th scope="col">Commit</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(commit => (
                <CommitRow key={commit.sha} commit={commit} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown.length < commits.length && (
        <div>
          <Button size="small" onClick={() => setShowsAll(true)}>
            Show {formatCount(commits.length - shown.length)} older
          </Button>
        </div>
      )}
    </>
  );
}

/**
 * What is still to come to somebody: the commits between the oldest version that runs and the newest.
 *
 * @param props.versions - the newest first
 */
export function CommitsSection(props: { service: string; versions: readonly ServiceVersion[] }) {
  const { service, versions } = props;
  const span = commitSpan(versions);
  if (versions.length === 0) return null;
  return (
    <Section title="Commits from the oldest running version to the newest">
      {span ? (
        <Commits service={service} span={span} />
      ) : (
        <EmptyNotice>No older version than the newest is known to run.</EmptyNotice>
      )}
    </Section>
  );
}
