import type { Hold } from '@internal/plugin-tenant-releases-common';
import { parseDocument } from 'yaml';
import type { TenantFile } from '../tenantFile/tenantFile';
import { dropDigest } from './dropDigest';
import type { Candidate } from './judgeTenant';
import type { BumpChange } from './planBump';
import { setHold } from './setHold';
import { setTag } from './setTag';

/**
 * Moves a tenant to a version in the text of its file.
 *
 * @param hold - the hold that the file says afterwards
 * @throws EditError when that cannot be done without changing something else
 */
export function moveTenant(
  { tenant, file, text }: Candidate,
  version: string,
  hold?: Required<Hold>,
): BumpChange {
  const { displayName, tier, owner, ring } = file.tenant;
  const isPinned = pinsAnother(file, version);
  const tagged = setTag(isPinned ? dropDigest(text) : text, version);
  return {
    tenant: tenant.name,
    displayName,
    tier,
    owner,
    ring,
    path: tenant.path,
    repository: file.image.repository,
    from: file.image.tag,
    to: version,
    ...(isPinned ? { unpinned: true as const } : {}),
    ...(hold ? { hold } : {}),
    before: text,
    text: hold ? setHold(tagged, hold) : tagged,
  };
}

/** Whether the file's digest belongs to another version than it is moved to: in a valid file it is that of its tag. */
function pinsAnother({ image }: TenantFile, version: string): boolean {
  return image.digest !== undefined && image.tag !== version;
}

/** A moment as it is written into files. */
export function momentOf(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** Whether a text is the wanted one but for who holds the tenant, and since when: that is not asked again. */
export function isHeldBefore(there: string, text: string, hold: Required<Hold>): boolean {
  const read = (key: string): unknown => parseDocument(there).getIn(['tenant', 'hold', key]);
  const [since, by] = [read('since'), read('by')];
  if (typeof since !== 'string' || typeof by !== 'string') return false;
  return setHold(text, { ...hold, since, by }) === there;
}
