import { GitExit } from './runGit';

/** How contents are brought over. */
export interface ContentSource {
  /** Of some contents those that are not here. */
  missing(names: readonly string[]): Promise<string[]>;
  fetch(names: readonly string[]): Promise<void>;
  /** Everything, from a host that does not hand out contents by name. */
  fetchAll(): Promise<void>;
}

/** Connections that it may take when some contents are not to be had. */
const maxFetches = 64;

/**
 * Brings contents over by one connection. When one of them is gone, or is far too large, the others are brought over without
 * it: by halves, as nobody says which one it is.
 *
 * @throws what is wrong with all of them
 */
export async function bringOver(names: readonly string[], source: ContentSource): Promise<void> {
  let left = maxFetches;
  const bring = async (some: readonly string[]): Promise<void> => {
    const missing = await source.missing(some);
    if (missing.length === 0) return;
    left -= 1;
    try {
      await source.fetch(missing);
    } catch (error) {
      if (isByNameRefused(error)) {
        await source.fetchAll();
        return;
      }
      if (!isOfOne(error) || left <= 0) throw error;
      if (missing.length === 1) return;
      const middle = Math.ceil(missing.length / 2);
      await bring(missing.slice(0, middle));
      await bring(missing.slice(middle));
    }
  };
  await bring(names);
}

/** upload-pack.c of Git, up to the first version of its protocol. */
function isByNameRefused(error: unknown): boolean {
  return error instanceof GitExit && /unadvertised object/i.test(error.said);
}

/** The host does not have it, or Git was ended at the limit of its files, of which it says nothing. */
function isOfOne(error: unknown): boolean {
  if (!(error instanceof GitExit)) return false;
  return (
    error.reason === 'output' ||
    /not our ref|invalid index-pack output|died of signal 25/i.test(error.said)
  );
}
