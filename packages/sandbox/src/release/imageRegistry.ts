import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** The image that every tenant runs. */
export const imageRepository = 'ghcr.io/acme/demo-api';

const imageSchema = z.object({
  /** Name without a tag, for example ghcr.io/acme/demo-api. */
  repository: z.string(),
  /** Immutable; the version of the service. */
  tag: z.string(),
  /** Commit of acme/demo-api that it was built from, 40 hex digits. */
  commit: z.string(),
  /** RFC 3339. */
  createdAt: z.string(),
  /** Name of the commit's author. */
  author: z.string(),
  /** Subject of the commit. */
  message: z.string(),
  /** What the image sets in the environment of its process, beside VERSION and COMMIT. */
  environment: z.record(z.string(), z.string()).optional(),
});
const fileSchema = z.object({ images: z.array(imageSchema) });

/** An image that exists. The kubelet starts no other. */
export type Image = z.infer<typeof imageSchema>;

function registryFile(stateDir: string): string {
  return path.join(stateDir, 'registry', 'images.json');
}

/** All images, oldest first; none before the first build. */
export async function readImages(stateDir: string): Promise<Image[]> {
  let text;
  try {
    text = await readFile(registryFile(stateDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return fileSchema.parse(JSON.parse(text)).images;
}

/** Adds images; readers see all of them or none. Tags are immutable: an Error for one that exists. */
export async function pushImages(stateDir: string, images: Image[]): Promise<void> {
  const existing = await readImages(stateDir);
  for (const { repository, tag } of images) {
    if (existing.some(image => image.repository === repository && image.tag === tag)) {
      throw new Error(`${repository}:${tag} exists already, and tags are immutable.`);
    }
  }
  const file = registryFile(stateDir);
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  const content = { images: [...existing, ...images] };
  await writeFile(temporary, `${JSON.stringify(content, undefined, 2)}\n`);
  await rename(temporary, file);
}
