import { Link } from '@backstage/core-components';
import type { DesiredVersion } from '@internal/plugin-tenant-releases-common';
import { safeLink } from '../../domain/grafanaLink';

/** Who made a change, and the pull request it came by. */
export function LastChange({
  change,
  tabIndex,
}: {
  change?: Pick<DesiredVersion, 'author' | 'pullRequest'>;
  tabIndex?: number;
}) {
  if (!change?.author) {
    return (
      <span title={change ? 'Git’s history has not been read yet' : 'Git says no version'}>-</span>
    );
  }
  const { author, pullRequest } = change;
  return (
    <span>
      {author}
      {pullRequest && ' · '}
      {pullRequest && <PullRequestLink {...pullRequest} tabIndex={tabIndex} />}
    </span>
  );
}

/** `#142 bump demo-api`, the number as a link. */
export function PullRequestLink(props: {
  number: number;
  url: string;
  title: string;
  tabIndex?: number;
}) {
  const url = safeLink(props.url);
  const number = `#${props.number}`;
  return (
    <>
      {url ? (
        <Link to={url} tabIndex={props.tabIndex}>
          {number}
        </Link>
      ) : (
        number
      )}{' '}
      {props.title}
    </>
  );
}
