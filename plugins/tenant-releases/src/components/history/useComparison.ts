import { useCallback, useState } from 'react';
import { type CommitPair, readCommitPair, writeCommitPair } from '../../domain/commitPair';
import { useUrlParameter } from '../common/useUrlState';

/** The two releases that are compared, held in the URL as `compare`. */
export function useComparison() {
  const [value, setValue] = useUrlParameter('compare');
  const [isAsked, setAsked] = useState(false);
  const compare = useCallback(
    (commits: CommitPair | undefined) => {
      // Choosing in the comparison itself must not take the keyboard away from there.
      setAsked(false);
      setValue(commits ? writeCommitPair(commits) : '');
    },
    [setValue],
  );
  const ask = useCallback(
    (commits: CommitPair) => {
      setAsked(true);
      setValue(writeCommitPair(commits));
    },
    [setValue],
  );
  return { commits: readCommitPair(value), isAsked, compare, ask };
}
