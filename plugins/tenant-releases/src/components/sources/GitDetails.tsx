import { Link } from '@backstage/core-components';
import type { GitReport, SourceCommit } from '@internal/plugin-tenant-releases-common';
import { makeStyles } from '@material-ui/core/styles';
import { safeLink } from '../../domain/grafanaLink';
import { asSentence } from '../../domain/reasons';
import { secondaryText } from '../../theme/secondaryText';
import { RelativeTime } from '../common/RelativeTime';
import { Fact, Facts } from './Facts';
import { LayoutTable } from './LayoutTable';

const useStyles = makeStyles(
  theme => ({
    sha: { fontFamily: 'monospace' },
    notes: {
      margin: 0,
      paddingLeft: theme.spacing(2.5),
      color: secondaryText(theme),
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
  }),
  { name: 'TenantReleasesGitDetails' },
);

const readers: Record<string, string> = {
  mirror: 'Git, from a mirror',
  api: 'the API of the Git host',
};

function Commit({ commit }: { commit: SourceCommit }) {
  const classes = useStyles();
  const { sha, author, committedAt } = commit;
  const url = safeLink(commit.url);
  const short = <span className={classes.sha}>{sha.slice(0, 7)}</span>;
  return (
    <>
      {url ? <Link to={url}>{short}</Link> : short} by {author},{' '}
      <RelativeTime time={committedAt} unknown="The time is not known" />
    </>
  );
}

/** Which repository is read, how, at which commit, and what each pattern finds there. */
export function GitDetails({ git }: { git: GitReport }) {
  const classes = useStyles();
  const { repository, branch, reader, commit, refused, layouts, notes } = git;
  const url = safeLink(git.url);
  return (
    <>
      <Facts>
        <Fact name="Repository">{url ? <Link to={url}>{repository}</Link> : repository}</Fact>
        <Fact name="Branch">{branch}</Fact>
        <Fact name="Read by">{readers[reader] ?? reader}</Fact>
        <Fact name="Releases are of">{commit ? <Commit commit={commit} /> : 'no commit yet'}</Fact>
        {refused && (
          <Fact name="Newest commit, not taken">
            <Commit commit={refused} />
          </Fact>
        )}
      </Facts>
      <LayoutTable layouts={layouts} />
      {notes.length > 0 && (
        <ul className={classes.notes}>
          {notes.map(note => (
            <li key={note}>{asSentence(note)}</li>
          ))}
        </ul>
      )}
    </>
  );
}
