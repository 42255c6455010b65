import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Violation } from './audit.ts';

/** A violation of Backstage's own that the portal cannot mend, as docs/accessibility.md lists it. */
export interface KnownViolation {
  rule: string;
  /** A part of the element's HTML. */
  element: string;
}

const file = path.resolve(import.meta.dirname, '../../docs/accessibility.md');
const row = /^\| `([a-z-]+)` +\| `([^`]+)` +\|/;

/** The rows of the table in docs/accessibility.md. */
export async function readKnownViolations(): Promise<KnownViolation[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap(line => {
    const [, rule, element] = row.exec(line) ?? [];
    return rule && element ? [{ rule, element }] : [];
  });
}

/** Whether it is this one. */
export function isKnown({ rule, html }: Violation, known: KnownViolation): boolean {
  return rule === known.rule && html.includes(known.element);
}
