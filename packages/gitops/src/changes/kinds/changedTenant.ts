import { digestPattern, splitTag } from '../../tenantFile/tenantImage';
import { InvalidChange } from '../ChangeRefusal';
import type { ChangedTenant } from './changeKind';

/** What a pull request says of a tenant. */
export function changedTenant(
  name: string,
  { displayName, tier, ring, owner }: Required<Omit<ChangedTenant, 'name'>>,
): ChangedTenant {
  return { name, displayName, tier, ring, owner };
}

/** A version as tenant files take it. @throws InvalidChange for one with a digest */
export function tagOnly(version: string): string {
  const { digest } = splitTag(version);
  if (digest === undefined && !digestPattern.test(version)) return version;
  throw new InvalidChange(
    'version',
    'names a digest, which tenant files take beside the tag: name the image tag alone',
  );
}
