import {
  readVersionAt,
  writeVersionAt,
  type Examination,
  type FoundRelease,
} from '@internal/gitops';
import type { Snapshot } from './HeadContents';

/** An examination, the contents that it was made of, and the files that were looked into. */
export interface Examined {
  snapshot: Snapshot;
  found: Examination;
  looked: ReadonlySet<string>;
}

/**
 * The examination of a commit that changes versions and nothing else: the bytes of every file that matters are those before, but for
 * the versions of releases. Then all that was found before is still true, and only these have to be read.
 *
 * @returns undefined when more has changed: then the repository has to be examined anew
 */
export function bumped(before: Examined, snapshot: Snapshot): Examination | undefined {
  const { shas } = before.snapshot;
  if (shas.size !== snapshot.shas.size) return undefined;
  const changed: string[] = [];
  for (const [path, sha] of snapshot.shas) {
    const known = shas.get(path);
    if (known === undefined) return undefined;
    if (known !== sha && before.looked.has(path)) changed.push(path);
  }
  let { releases } = before.found;
  for (const path of changed) {
    const moved = withVersions(releases, path, before.snapshot.text(path), snapshot.text(path));
    if (!moved) return undefined;
    releases = moved;
  }
  return { ...before.found, releases };
}

function withVersions(
  releases: FoundRelease[],
  path: string,
  old: string | undefined,
  now: string | undefined,
): FoundRelease[] | undefined {
  const own = releases.filter(({ file }) => file === path);
  // Whether places still agree, and what is made of an Application's own file, is for a whole look to say.
  const isPlain = own.every(
    ({ also, revision, origin }) => also.length === 0 && revision === undefined && !origin.isText,
  );
  if (old === undefined || now === undefined || own.length === 0 || !isPlain) return undefined;
  if (releases.some(({ also }) => also.some(({ file }) => file === path))) return undefined;
  let text = old;
  const changed = new Map<FoundRelease, FoundRelease>();
  try {
    for (const release of own) {
      const found = readVersionAt(now, release.at);
      if (!found) return undefined;
      const { version, digest } = found;
      // An ApplicationSet may make names of it.
      if (release.application?.includes(release.version)) return undefined;
      text = writeVersionAt(text, release.at, found);
      const { digest: _, ...rest } = release;
      changed.set(release, { ...rest, version, ...(digest === undefined ? {} : { digest }) });
    }
  } catch {
    // Such a text is not changed in place; a whole look says what it holds.
    return undefined;
  }
  return text === now ? releases.map(release => changed.get(release) ?? release) : undefined;
}
