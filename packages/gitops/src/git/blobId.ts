import { createHash } from 'node:crypto';

/**
 * Git's object id of a file's content (the "blob" object of gitformat-pack: type, size, NUL, content).
 *
 * @param length - of the ids of the repository: 64 hex digits where it uses SHA-256, else 40
 */
export function blobId(content: Uint8Array, length = 40): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}
