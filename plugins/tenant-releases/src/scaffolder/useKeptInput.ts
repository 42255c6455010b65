import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { clearAddress, keepInput } from './keptInput';

/**
 * Keeps what was typed over a reload, and out of the address.
 *
 * @param formData - of all fields; undefined while it is not known
 */
export function useKeptInput(formData: object | undefined): void {
  const { pathname, key } = useLocation();
  const text = formData && JSON.stringify(formData);
  // The form, in which this is, has read by now what it began with.
  useEffect(clearAddress, []);
  useEffect(() => {
    if (text && text !== '{}') keepInput({ pathname, key }, text);
  }, [text, pathname, key]);
}
