import path from 'node:path';
import { z } from 'zod';
import { readFileIfThere, writeFileAtomically } from '../supervisor/files';

const markerSchema = z.object({
  /** Hash of the files that the forge was filled with. */
  sources: z.string(),
  /** What somebody is still to change by hand, see {@link changeByHand}. */
  byHand: z.object({ tenant: z.string(), image: z.string() }).optional(),
});

/** Says that the forge is filled, with what, and what is left to do. */
export type Marker = z.infer<typeof markerSchema>;

const file = (stateDir: string) => path.join(stateDir, 'seed.json');

/** Undefined before the forge is filled. */
export async function readMarker(stateDir: string): Promise<Marker | undefined> {
  const text = await readFileIfThere(file(stateDir));
  return text === undefined ? undefined : markerSchema.parse(JSON.parse(text));
}

/** Replaces the marker. */
export async function writeMarker(stateDir: string, marker: Marker): Promise<void> {
  await writeFileAtomically(file(stateDir), JSON.stringify(marker));
}
