import { createHash } from 'node:crypto';
import type { Image } from './imageRegistry';

/** What says which image it is. */
export type ImageIdentity = Pick<Image, 'repository' | 'tag' | 'commit' | 'environment'>;

/** Content type of a manifest. */
export const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidance-for-an-empty-descriptor */
const empty = {
  mediaType: 'application/vnd.oci.empty.v1+json',
  digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  size: 2,
};

/**
 * The manifest of an image of the embedded platform, whose processes are the service's source itself: there is nothing to
 * download. Its digest is that of the text, as everywhere.
 */
export function imageManifest({ repository, tag, commit, environment }: ImageIdentity): {
  text: string;
  digest: string;
} {
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: 'application/vnd.tenant-releases.service',
    config: empty,
    layers: [empty],
    annotations: {
      'org.opencontainers.image.ref.name': `${repository}:${tag}`,
      'org.opencontainers.image.revision': commit,
      ...(environment ? { 'tenant-releases.io/environment': JSON.stringify(environment) } : {}),
    },
  });
  return { text, digest: `sha256:${createHash('sha256').update(text).digest('hex')}` };
}
