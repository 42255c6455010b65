import type { UserEntity } from '@backstage/catalog-model';

/** A person as Git names authors; undefined unless both are known, since half an author is none. */
export function personOf(
  user: UserEntity | undefined,
): { name: string; email: string } | undefined {
  const { displayName, email } = user?.spec.profile ?? {};
  const name = displayName ?? user?.metadata.name;
  // Git takes no angle brackets or line ends in an author.
  return name && email && !/[<>\r\n]/.test(name + email) ? { name, email } : undefined;
}
