import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * The users of the catalog that names and e-mail addresses mean. People who are not in the catalog are a problem: a group
 * cannot let anybody in who cannot sign in.
 *
 * @param given - `ada`, `user:default/ada` or `ada@example.com`
 * @returns refs, each once and sorted
 */
export async function findMembers(
  given: readonly string[],
  { catalog, credentials }: { catalog: CatalogService; credentials: BackstageCredentials },
): Promise<{ refs: string[]; problems: string[] }> {
  const refs = new Set<string>();
  const problems: string[] = [];
  for (const text of new Set(given.map(one => one.trim()))) {
    // A picker of entities takes an address that is typed for the name of a user.
    const name = text.replace(/^user:default\//i, '');
    const found = name.includes('@')
      ? await byEmail(name, catalog, credentials)
      : await byName(text, catalog, credentials);
    const [user, ...others] = found;
    if (user && others.length === 0) refs.add(stringifyEntityRef(user));
    else if (user) {
      problems.push(
        `groupMembers: ${name} is the address of ${found.length} users; give the user's name`,
      );
    } else {
      problems.push(
        `groupMembers: there is no user ${name} in the catalog; add the person to your directory first, or leave them out for now`,
      );
    }
  }
  return { refs: [...refs].sort(), problems };
}

async function byEmail(
  email: string,
  catalog: CatalogService,
  credentials: BackstageCredentials,
): Promise<Entity[]> {
  // The catalog compares without regard to case.
  const filter = { kind: 'User', 'spec.profile.email': email };
  return (await catalog.getEntities({ filter }, { credentials })).items;
}

async function byName(
  text: string,
  catalog: CatalogService,
  credentials: BackstageCredentials,
): Promise<Entity[]> {
  const ref = userRef(text);
  const user = ref && (await catalog.getEntityByRef(ref, { credentials }));
  return user ? [user] : [];
}

/** Undefined for what is no ref at all, or one of something else. */
function userRef(text: string) {
  try {
    const ref = parseEntityRef(text, { defaultKind: 'user', defaultNamespace: 'default' });
    return ref.kind.toLowerCase() === 'user' ? ref : undefined;
  } catch {
    return undefined;
  }
}
