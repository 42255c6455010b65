import type { LeftOut, SourceStatus } from '@internal/plugin-tenant-releases-common';
import { calledSource, sourceNames } from './sourceNote';
import { formatCount } from './formatCount';

/** What one source holds that no release was made of. */
export interface LeftOutGroup {
  /** Names the source for people: `Git`, `Argo CD main`. */
  title: string;
  entries: readonly LeftOut[];
  /** How many there are; more than {@link entries} where the server tells the first of them only. */
  total: number;
}

const words: Record<LeftOut['kind'], [one: string, more: string]> = {
  file: ['file', 'files'],
  application: ['Application', 'Applications'],
  pod: ['pod', 'pods'],
  cluster: ['cluster', 'clusters'],
  instance: ['Argo CD instance', 'Argo CD instances'],
};

/** What people call an entry's kind: `Application`. A kind that is not known here stays as it came. */
export function leftOutKind(kind: LeftOut['kind']): string {
  return words[kind]?.[0] ?? kind;
}

/** What is left out, by source; sources that leave out nothing are not there. */
export function leftOutGroups(sources: readonly SourceStatus[]): LeftOutGroup[] {
  return sources.flatMap(source => {
    const { kind, name, leftOut = [], leftOutCount = leftOut.length } = source;
    return leftOutCount === 0
      ? []
      : [
          {
            title: kind === 'git' ? calledSource(source) : `${sourceNames[kind]} ${name}`,
            entries: leftOut,
            total: leftOutCount,
          },
        ];
  });
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `3 files and 1 Application are left out`; `undefined` when nothing is. */
export function describeLeftOut(groups: readonly LeftOutGroup[]): string | undefined {
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  if (total === 0) return undefined;
  const entries = groups.flatMap(group => group.entries);
  const verb = total === 1 ? 'is left out' : 'are left out';
  // Of what kind those are that the server does not list, nobody knows here.
  if (entries.length < total) return `${formatCount(total)} entries ${verb}`;
  const counts = new Map<LeftOut['kind'], number>();
  for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => {
    const [one, more] = words[kind] ?? ['other entry', 'other entries'];
    return `${formatCount(count)} ${count === 1 ? one : more}`;
  });
  return `${list.format(parts)} ${verb}`;
}
