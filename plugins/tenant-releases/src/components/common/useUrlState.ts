import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { type TimeRange, defaultTimeRange, timeRangeById } from '../../domain/timeRange';

/**
 * One parameter of the URL. Changing it replaces the page in the history: "back" leaves the page.
 *
 * @returns the value, empty when the URL has none, and its setter; setting it empty removes it
 */
export function useUrlParameter(name: string): [string, (value: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParameters(
        current => {
          const next = new URLSearchParams(current);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [name, setParameters],
  );
  return [parameters.get(name) ?? '', set];
}

/** The time range of the page, held in the URL as `range`. */
export function useTimeRange(): [TimeRange, (id: string) => void] {
  const [id, setId] = useUrlParameter('range');
  return [timeRangeById(id), value => setId(value === defaultTimeRange.id ? '' : value)];
}
