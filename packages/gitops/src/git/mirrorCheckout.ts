import { makeCheckout, type Checkout, type RepositoryIdentity } from '../checkout/checkout';
import type { Mirror } from './Mirror';

/** Files larger than this are no manifests. Bytes. */
const maxFileBytes = 2 * 1024 * 1024;

/**
 * The checkout that a commit would give, read from a mirror.
 *
 * @param isWanted - which files may be read: their contents are brought over together
 * @throws GitFault
 */
export async function mirrorCheckout(
  mirror: Mirror,
  commit: string,
  identity: RepositoryIdentity,
  isWanted: (path: string) => boolean,
): Promise<Checkout> {
  const all = await mirror.files(commit);
  const files = new Map(all.flatMap(({ kind, path, id }) => (kind ? [] : [[path, id] as const])));
  const wanted = [...files].filter(([path]) => isWanted(path)).map(([, id]) => id);
  const contents = await mirror.contents(wanted, maxFileBytes);
  const read = (path: string) => {
    const content = contents.get(files.get(path) ?? '');
    return content === undefined || content.includes(0) ? undefined : content.toString('utf8');
  };
  const links = all.filter(({ kind }) => kind === 'symlink').map(({ path }) => path);
  return { ...makeCheckout([...files.keys()], read, identity), links };
}
