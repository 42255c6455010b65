import { useCallback, useMemo } from 'react';
import { useUrlParameter } from '../common/useUrlState';

/** So few releases are shown without being asked for. */
const fewReleases = 60;
/** Stands for "no ring": an empty parameter is none at all. */
const none = 'none';

/** Which rings of the matrix are open, held in the URL. While it says nothing, all are when there are few releases. */
export function useOpenRings(rings: readonly number[], releases: number) {
  const [value, setValue] = useUrlParameter('open');
  const open = useMemo(() => {
    if (value === '') return new Set(releases <= fewReleases ? rings : []);
    return new Set(value.split(',').filter(Boolean).map(Number));
  }, [value, rings, releases]);
  const toggle = useCallback(
    (ring: number) => {
      const next = new Set(open);
      if (!next.delete(ring)) next.add(ring);
      setValue([...next].sort((a, b) => a - b).join(',') || none);
    },
    [open, setValue],
  );
  return { open, toggle };
}
