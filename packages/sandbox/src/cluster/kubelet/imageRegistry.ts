import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import { z } from 'zod';
import { imageManifest } from '../../release/imageManifest';

const fileSchema = z.object({
  images: z.array(
    z.object({
      repository: z.string(),
      tag: z.string(),
      commit: z.string(),
      environment: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** An image that can be pulled. */
export interface Image {
  /** `repository:tag`. */
  name: string;
  tag: string;
  /** 40 hexadecimal digits: the commit that it was built from. */
  commit: string;
  /** `repository@sha256:...`. */
  id: string;
  /** What the image brings into the environment beside VERSION and COMMIT. */
  environment: Record<string, string>;
}

/** An image that cannot be pulled; the message is the container runtime's. */
export class ImagePullError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImagePullError';
  }
}

/** Repository and tag of an image reference. A digest takes the place of a tag that is not there; else it is not looked at. */
export function splitImage(reference: string): { repository: string; tag: string } {
  const [name, digest = 'latest'] = reference.split('@');
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/')
    ? { repository: name.slice(0, colon), tag: name.slice(colon + 1) }
    : { repository: name, tag: digest };
}

async function readImages(file: string): Promise<z.infer<typeof fileSchema>['images']> {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw new ImagePullError(`the registry's file cannot be read: ${error}`);
  }
  try {
    return fileSchema.parse(JSON.parse(text)).images;
  } catch {
    throw new ImagePullError(`the registry's file is not a list of images: ${file}`);
  }
}

/**
 * Looks an image up in the registry's file, which is read anew each time.
 * @throws ImagePullError in containerd's words when it is not there.
 */
export async function pullImage(file: string, reference: string): Promise<Image> {
  const { repository, tag } = splitImage(reference);
  const found = (await readImages(file)).find(
    image => image.repository === repository && image.tag === tag,
  );
  if (!found) {
    throw new ImagePullError(
      `rpc error: code = NotFound desc = failed to pull and unpack image "${repository}:${tag}": failed to resolve image: ${repository}:${tag}: not found`,
    );
  }
  return {
    name: `${repository}:${tag}`,
    tag,
    commit: found.commit,
    id: `${repository}@${imageManifest(found).digest}`,
    environment: found.environment ?? {},
  };
}

/** Any image, as if a registry had it: for the images of a repository that nobody here builds. */
export function anyImage(reference: string): Image {
  const { repository, tag } = splitImage(reference);
  const hash = (algorithm: string) => createHash(algorithm).update(reference).digest('hex');
  const [, digest = `sha256:${hash('sha256')}`] = reference.split('@');
  return {
    name: reference,
    tag,
    commit: hash('sha1'),
    id: `${repository}@${digest}`,
    environment: {},
  };
}
