import type { Location } from 'react-router-dom';

/** Longer input is not kept. Characters. */
const maxLength = 64_000;
/** Where the scaffolder's form looks for what it begins with. */
const parameter = 'formData';

/** Of one entry in the browser's history: another visit of the form begins empty. */
function keyOf({ pathname, key }: Pick<Location, 'pathname' | 'key'>): string {
  return `tenant-releases:input:${pathname}:${key}`;
}

/** Keeps what was typed into a form, until the browser's tab is closed. */
export function keepInput(place: Pick<Location, 'pathname' | 'key'>, text: string): void {
  if (text.length > maxLength) return;
  try {
    window.sessionStorage.setItem(keyOf(place), text);
  } catch {
    // A browser that keeps nothing, or is full: then a reload begins anew.
  }
}

/** Puts what was kept into the address, from which the form takes it as it opens; nothing where nothing was kept. */
export function offerInput(place: Pick<Location, 'pathname' | 'key'>): void {
  const address = new URL(window.location.href);
  const text = window.sessionStorage.getItem(keyOf(place));
  if (text === null || address.searchParams.has(parameter)) return;
  address.searchParams.set(parameter, text);
  replaceAddress(address);
}

/** Takes input out of the address: servers and proxies write addresses into their logs. */
export function clearAddress(): void {
  const address = new URL(window.location.href);
  if (!address.searchParams.has(parameter)) return;
  address.searchParams.delete(parameter);
  replaceAddress(address);
}

/** The router need not know: it would draw the page anew. */
function replaceAddress(address: URL): void {
  window.history.replaceState(window.history.state, '', address);
}
