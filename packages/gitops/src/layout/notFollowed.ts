import type { Unmatched } from '../doctor/release';
import { entryProblems } from '../tenantFile/entryProblems';
import { LayoutError } from './LayoutError';
import type { Layout } from './layout';
import { parsePattern } from './pathPattern';

/** What stands in a repository instead of a file or folder. */
export interface Detour {
  path: string;
  kind: 'symlink' | 'submodule';
}

/** Links and submodules in the place of what a layout is about, or of a folder above it: none of them is followed. */
export function notFollowed(detours: readonly Detour[], layouts: readonly Layout[]): Unmatched[] {
  return detours
    .filter(({ path }) => layouts.some(layout => isMeant(layout, path)))
    .map(({ path, kind }) => {
      const { problem, cure } = entryProblems[kind];
      return { kind: 'file', name: path, reason: `it ${problem}: ${cure}` };
    });
}

function isMeant({ path: pattern, ...layout }: Layout, place: string): boolean {
  if (!pattern || layout.isExcluded(place)) return false;
  if (pattern.match(place)) return true;
  const depth = place.split('/').length;
  const above = pattern.text.split('/').slice(0, depth).join('/');
  // What only placeholders name may be anything.
  if (above === pattern.text || !/[^{}*/]/.test(above.replace(/\{\w+\}/g, ''))) return false;
  try {
    return parsePattern('path', above).match(place) !== undefined;
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    return false;
  }
}
