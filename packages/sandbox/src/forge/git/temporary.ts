import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

/** Calls with a fresh folder below `parent`, which is gone afterwards. */
export async function withTemporaryFolder<T>(
  parent: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, 'work-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
