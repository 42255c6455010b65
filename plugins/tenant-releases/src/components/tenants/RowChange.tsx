import { memo } from 'react';
import { changeText, personText } from '../../domain/changeText';
import type { FleetRow } from '../../domain/fleet';
import { safeLink } from '../../domain/grafanaLink';
import { Dash } from '../common/Dash';
import type { RowLook } from './rowParts';
import { underPointer } from '../common/underPointer';

/**
 * Who is behind the last change, its pull request, and what it is about: that is cut where the room ends. A plain link:
 * thousands of rows pass by while somebody scrolls.
 */
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
    if (!change) return <Dash why="Git says no version" />;
    const { title } = changeText(change);
    const who = personText(change);
    if (!title && !who) {
      return <Dash why="Git’s history has not been read yet" />;
    }
    const { pullRequest } = change;
    const url = safeLink(pullRequest?.url);
    const number = pullRequest && `#${pullRequest.number}`;
    return (
      <>
        {who}
        {who && number && ' · '}
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
        {title && (who || number) && ' · '}
        {title && <span {...underPointer(title)}>{title}</span>}
      </>
    );
  },
);
