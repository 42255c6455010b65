import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Mirror } from './Mirror';
import type { MirrorOptions } from './MirrorStore';

/** Runs a task with a mirror that is gone afterwards. */
export async function withTemporaryMirror<T>(
  options: Omit<MirrorOptions, 'directory'>,
  task: (mirror: Mirror) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-mirror-'));
  const mirror = new Mirror({ ...options, directory });
  try {
    return await task(mirror);
  } finally {
    mirror.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
