import { isEncrypted } from './encrypted';
import { shorten } from '../text/shorten';

/** Blocks whose values are for everybody to see. What stands elsewhere may be a secret in the wrong place. */
const shown = new Set(['tenant', 'image', 'service', 'replicas', 'logLevel']);

/** A value of a tenant file for people, in quotes and shortened; `undefined` where it must not be told. */
export function showValue(path: readonly PropertyKey[], value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isEncrypted(value)) return undefined;
  const isShown = typeof value === 'string' && shown.has(String(path[0]));
  return isShown ? JSON.stringify(shorten(value, 60)) : undefined;
}
