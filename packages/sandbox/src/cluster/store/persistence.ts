import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Clock } from '../model/clock';
import { KubernetesObject } from '../model/objects';
import { ObjectStore, StoreContent } from './ObjectStore';

/** More than the writes that can be lost between two saves: versions never go back after a crash. */
const revisionGap = 10_000;
const saveDelayMilliseconds = 100;

const fileSchema = z.object({
  revision: z.number().int().nonnegative(),
  objects: z.array(
    z.looseObject({
      apiVersion: z.string(),
      kind: z.string(),
      metadata: z.looseObject({
        name: z.string(),
        uid: z.string(),
        resourceVersion: z.string(),
        creationTimestamp: z.string(),
      }),
    }),
  ),
});

/** Writes a file so that a reader, or a start after a crash, sees the old or the new text, never a part. */
export function writeFileAtomically(file: string, text: string, mode = 0o644): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, text, { mode });
  fs.renameSync(temporary, file);
}

/**
 * What the last run left. A file that cannot be read is set aside under `<file>.broken` and reported through `log`:
 * the cluster then starts empty and Git fills it again.
 */
export function loadContent(file: string, log: (line: string) => void): StoreContent {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return { revision: 0, objects: [] };
    }
    throw error;
  }
  try {
    const content = fileSchema.parse(JSON.parse(text));
    return {
      revision: content.revision + revisionGap,
      objects: content.objects as KubernetesObject[],
    };
  } catch (error) {
    fs.renameSync(file, `${file}.broken`);
    log(`${file} cannot be read and was set aside: ${String(error).split('\n')[0]}`);
    return { revision: 0, objects: [] };
  }
}

/** Saves the store soon after each change. `close` saves what is left and ends it. */
export function persistStore(
  store: ObjectStore,
  file: string,
  clock: Clock,
  log: (line: string) => void,
): { close(): void } {
  let cancelSave: (() => void) | undefined;

  function save() {
    cancelSave = undefined;
    writeFileAtomically(file, JSON.stringify(store.content()));
  }

  const unsubscribe = store.subscribe(() => {
    cancelSave ??= clock.after(saveDelayMilliseconds, () => {
      try {
        save();
      } catch (error) {
        log(`${file} cannot be written: ${error}`);
      }
    });
  });
  return {
    close() {
      unsubscribe();
      cancelSave?.();
      save();
    },
  };
}
