import { LRUCache } from 'lru-cache';
import { parseImage } from './imageReference';
import type { ContainerRecord } from './PodRecord';

/** Digests that are remembered, and tags of each. */
const maxDigests = 20_000;
const maxTags = 10;

/** Which tags a digest has, as far as pods have told: one that was started by tag names in its status what was pulled. */
export class Digests {
  readonly #tags = new LRUCache<string, readonly string[]>({ max: maxDigests });

  learn(containers: readonly ContainerRecord[]): void {
    for (const { image, imageId } of containers) {
      const { tag, digest } = parseImage(image);
      // Without "@" it is the image's configuration that is named, not what a registry knows.
      const pulled = imageId?.includes('@') ? parseImage(imageId).digest : undefined;
      if (tag !== undefined) {
        if (digest) this.#add(digest, tag);
        if (pulled) this.#add(pulled, tag);
      }
    }
  }

  /** The tag that was seen first comes first. */
  tagsOf(digest: string): readonly string[] {
    return this.#tags.get(digest) ?? [];
  }

  #add(digest: string, tag: string): void {
    const tags = this.tagsOf(digest);
    if (!tags.includes(tag) && tags.length < maxTags) this.#tags.set(digest, [...tags, tag]);
  }
}
