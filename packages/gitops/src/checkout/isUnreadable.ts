import type { Checkout } from './checkout';

/** Whether a file that is there cannot be read as YAML although more than comments stand in it. */
export function isUnreadable(checkout: Checkout, file: string): boolean {
  if (!checkout.has(file) || checkout.documents(file).length > 0) return false;
  const text = checkout.text(file);
  return text === undefined || /^(?!\ufeff?[ \t]*(?:#|---|\.\.\.|%|$))/m.test(text);
}

/** For people; a file may also be too large. */
export const unreadable = (file: string) => `${file} is no YAML that can be read`;
