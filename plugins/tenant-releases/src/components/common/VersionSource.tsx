import { Link } from '@backstage/core-components';
import type { VersionCommit } from '@internal/plugin-tenant-releases-common';
import { sourceAuthor, sourceTitle } from '../../domain/changeText';
import { safeLink } from '../../domain/grafanaLink';

/** The commit that a version was built from: `feat: answer faster, by Lin Zhao`, the title as a link to it. */
export function VersionSource({ source }: { source: VersionCommit }) {
  const url = safeLink(source.url);
  const title = sourceTitle(source);
  const author = sourceAuthor(source);
  return (
    <>
      {url ? (
        <Link to={url} underline="always">
          {title}
        </Link>
      ) : (
        title
      )}
      {author && `, by ${author}`}
    </>
  );
}
