import { LRUCache } from 'lru-cache';
import { parseImage } from './imageReference';
import type { PodRecord } from './PodRecord';

/** Digests that are remembered, and tags of each. */
const maxDigests = 20_000;
const maxTags = 10;

/** Which tags a digest has, as far as pods have told: one that was started by tag names in its status what was pulled. */
export class Digests {
  /** By digest, of all tenants. */
  readonly #all = new LRUCache<string, readonly string[]>({ max: maxDigests });
  /** By digest and tenant: what one tenant calls an image is no other's to read. */
  readonly #own = new LRUCache<string, readonly string[]>({ max: maxDigests });

  learn({ containers, tenant }: Pick<PodRecord, 'containers' | 'tenant'>): void {
    for (const { image, imageId } of containers) {
      const { tag, digest } = parseImage(image);
      // Without "@" it is the image's configuration that is named, not what a registry knows.
      const pulled = imageId?.includes('@') ? parseImage(imageId).digest : undefined;
      for (const each of [digest, pulled]) {
        if (tag !== undefined && each !== undefined) {
          add(this.#all, each, tag);
          add(this.#own, ownKey(each, tenant), tag);
        }
      }
    }
  }

  /** Whether a pod of any tenant has told that a digest has a tag. */
  hasTag(digest: string, tag: string): boolean {
    return this.#all.get(digest)?.includes(tag) ?? false;
  }

  /** The tags that a tenant's own pods have told; the one that was seen first comes first. */
  tagsOf(digest: string, tenant: string): readonly string[] {
    return this.#own.get(ownKey(digest, tenant)) ?? [];
  }
}

function ownKey(digest: string, tenant: string): string {
  return `${digest} ${tenant}`;
}

function add(tags: LRUCache<string, readonly string[]>, key: string, tag: string): void {
  const known = tags.get(key) ?? [];
  if (!known.includes(tag) && known.length < maxTags) tags.set(key, [...known, tag]);
}
