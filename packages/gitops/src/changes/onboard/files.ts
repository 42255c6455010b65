import { makeCheckout, type Checkout } from '../../checkout/checkout';
import { ChangeRefusal } from '../ChangeRefusal';

/** A file that an onboarding makes or adds to. */
export interface OnboardingEdit {
  path: string;
  /** Absent for a new file. */
  before?: string;
  text: string;
}

/** Files as they are to be, by path. */
export type Files = Map<string, OnboardingEdit>;

/** The checkout with files as they are to be. */
export function withFiles(checkout: Checkout, files: Files): Checkout {
  const names = [...checkout.files, ...[...files.keys()].filter(path => !checkout.has(path))];
  const read = (path: string) => files.get(path)?.text ?? checkout.text(path);
  const { links, at } = checkout;
  return {
    ...makeCheckout(names, read, checkout.identity),
    ...(links ? { links } : {}),
    ...(at ? { at } : {}),
  };
}

/** The text of a file as it is by now. @throws ChangeRefusal when it cannot be read */
export function textOf(checkout: Checkout, files: Files, path: string): string {
  requirePlain(checkout, path);
  const text = files.get(path)?.text ?? checkout.text(path);
  if (text === undefined) {
    const reason = checkout.has(path) ? 'is no text that can be read' : 'is missing';
    throw new ChangeRefusal(`${path}: ${reason}: correct the path, or the file`);
  }
  return text;
}

/** Adds a new file. @throws ChangeRefusal when something is there, or another system would take it for the same */
export function addFile(checkout: Checkout, files: Files, path: string, text: string): void {
  requirePlain(checkout, path);
  const lower = path.toLowerCase();
  const isSame = (one: string) => one.toLowerCase() === lower;
  const there = checkout.files.find(isSame) ?? [...files.keys()].find(isSame);
  if (there !== undefined || checkout.isFolder(path)) {
    throw new ChangeRefusal(`${there ?? path}: is there already: choose another id, or remove it`);
  }
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (checkout.has(path.slice(0, at))) {
      throw new ChangeRefusal(`${path}: ${path.slice(0, at)} is a file: choose another path`);
    }
  }
  files.set(path, { path, text });
}

/** Replaces the text of a file that is there. */
export function changeFile(checkout: Checkout, files: Files, path: string, text: string): void {
  const before = checkout.text(path);
  files.set(path, { path, ...(before === undefined ? {} : { before }), text });
}

/** @throws ChangeRefusal when a symbolic link stands at a path or above it */
function requirePlain({ links = [] }: Checkout, path: string): void {
  const link = links.find(one => path === one || path.startsWith(`${one}/`));
  if (link !== undefined) {
    throw new ChangeRefusal(`${link}: is a symbolic link: replace it by what it leads to`);
  }
}
