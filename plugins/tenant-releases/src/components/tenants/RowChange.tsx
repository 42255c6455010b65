import { memo } from 'react';
import { authorText } from '../../domain/authorText';
import type { FleetRow } from '../../domain/fleet';
import { safeLink } from '../../domain/grafanaLink';
import type { RowLook } from './rowParts';

/** Who made the last change, and its pull request. A plain link: thousands of rows pass by while somebody scrolls. */
export const RowChange = memo(
  ({
    change,
    look,
    tabIndex,
  }: {
    change: FleetRow['desired'];
    look: RowLook;
    tabIndex: number;
  }) => {
    if (!change?.author) {
      const why = change ? 'Git’s history has not been read yet' : 'Git says no version';
      return <span title={why}>-</span>;
    }
    const { pullRequest } = change;
    const url = safeLink(pullRequest?.url);
    const number = pullRequest && `#${pullRequest.number}`;
    return (
      <>
        {authorText(change)}
        {pullRequest && ' · '}
        {url ? (
          <a
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            className={look.classes.textLink}
            aria-label={`${number}, opens in a new window`}
            tabIndex={tabIndex}
          >
            {number}
          </a>
        ) : (
          number
        )}
        {pullRequest && ` ${pullRequest.title}`}
      </>
    );
  },
);
