import { useEffect } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Longer input is not kept: servers refuse longer addresses. Characters. */
const maxLength = 4_000;

/**
 * Keeps what was typed over a reload, where the scaffolder's form looks for it: in `formData` of the address.
 *
 * @param formData - of all fields; undefined while it is not known
 */
export function useKeptInput(formData: object | undefined): void {
  const [search, setSearch] = useSearchParams();
  const text = formData && JSON.stringify(formData);
  const isKept = search.get('formData') === text;
  useEffect(() => {
    if (!text || text === '{}' || text.length > maxLength || isKept) return undefined;
    // Each change of the address draws the page anew: when the typing pauses is often enough.
    const timer = setTimeout(
      () =>
        setSearch(
          current => {
            current.set('formData', text);
            return current;
          },
          { replace: true },
        ),
      400,
    );
    return () => clearTimeout(timer);
  }, [text, isKept, setSearch]);
}
