import { Link } from '@backstage/core-components';
import { safeLink } from '../../domain/grafanaLink';

/** `#142 bump demo-api`, the number as a link. */
export function PullRequestLink(props: { number: number; url: string; title: string }) {
  const url = safeLink(props.url);
  const number = `#${props.number}`;
  return (
    <>
      {url ? (
        <Link to={url} underline="always">
          {number}
        </Link>
      ) : (
        number
      )}{' '}
      {props.title}
    </>
  );
}
