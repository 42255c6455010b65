import { parse } from 'yaml';
import { Bump, bumpBody, BumpSubject, bumpTitle, Skipped } from './bumpText';
import { ForgeApi, Pull } from './forgeApi';
import { imageRepository } from './imageRegistry';
import { setTag } from './setTag';

/** Which tenants a bump is for; all of them without any. */
export interface BumpChoice {
  tenant?: string;
  ring?: number;
}

/** What a bump came to. */
export interface BumpResult {
  /** Absent when every tenant has the version already, or is left alone. */
  pull?: Pull;
  /** Whether the pull request was there before. */
  found: boolean;
  skipped: Skipped[];
}

/** A tenant file as far as a bump reads it. */
interface Tenant {
  name: string;
  path: string;
  text: string;
  ring?: number;
  hold?: { version?: string; reason?: string };
  tag: string;
}

const folder = 'gitops/tenants';

/**
 * Opens one pull request on acme/platform that changes the line image.tag of every chosen tenant, and nothing else. Tenants on
 * hold are left alone. A pull request that is open for it already is found again.
 * @param author - who commits
 */
export async function bumpTenants(
  api: ForgeApi,
  subject: BumpSubject,
  choice: BumpChoice,
  author: { name: string; email: string },
): Promise<BumpResult> {
  const { tenants, skipped } = await readTenants(api);
  const branch = bumpBranch(subject.version, choice);
  const open = await api.openPull('platform', branch);
  if (open) return { pull: open, found: true, skipped };
  const bumps: Bump[] = [];
  const files: Record<string, string> = {};
  for (const { name, path, text, ring, hold, tag } of tenants) {
    if (choice.tenant !== undefined && choice.tenant !== name) continue;
    if (choice.ring !== undefined && choice.ring !== ring) continue;
    if (hold) {
      skipped.push({ tenant: name, reason: `on hold at ${hold.version ?? tag} (${hold.reason})` });
    } else if (tag === subject.version) {
      skipped.push({ tenant: name, reason: `has ${tag} already` });
    } else {
      files[path] = setTag(text, subject.version);
      bumps.push({ tenant: name, path, from: tag, to: subject.version });
    }
  }
  if (bumps.length === 0) return { found: false, skipped };
  const title = bumpTitle(subject.version, bumps);
  const commit = await api.commit('platform', { files, message: title, author });
  await api.setBranch('platform', branch, commit);
  const body = bumpBody(subject, bumps, skipped);
  return { pull: await api.createPull('platform', { branch, title, body }), found: false, skipped };
}

/** The branch of a bump: each choice has its own, so that rings can be bumped one after another. */
export function bumpBranch(version: string, { tenant, ring }: BumpChoice): string {
  const parts = [version, tenant, ring === undefined ? undefined : `ring-${ring}`];
  return `bump/demo-api/${parts.filter(part => part !== undefined).join('-')}`;
}

/** Names of all tenants. */
export async function tenantNames(api: ForgeApi): Promise<string[]> {
  const names = await api.listFolder('platform', folder);
  return names.flatMap(name => /^(.+)-values\.yaml$/.exec(name)?.[1] ?? []);
}

async function readTenants(api: ForgeApi): Promise<{ tenants: Tenant[]; skipped: Skipped[] }> {
  const tenants: Tenant[] = [];
  const skipped: Skipped[] = [];
  for (const name of await tenantNames(api)) {
    const path = `${folder}/${name}-values.yaml`;
    const text = (await api.readFile('platform', path)) ?? '';
    try {
      const tenant = readTenant(name, path, text);
      if (tenant) tenants.push(tenant);
    } catch (error) {
      skipped.push({
        tenant: name,
        reason: `its file cannot be read: ${(error as Error).message}`,
      });
    }
  }
  return { tenants, skipped };
}

/** Undefined for a tenant that runs another image. */
function readTenant(name: string, path: string, text: string): Tenant | undefined {
  const file = parse(text) as {
    tenant?: { ring?: number; hold?: Tenant['hold'] };
    image?: { repository?: string; tag?: unknown };
  } | null;
  if (file?.image?.repository !== imageRepository) return undefined;
  if (typeof file.image.tag !== 'string') throw new Error('image.tag is no text');
  const { ring, hold } = file.tenant ?? {};
  return { name, path, text, ring, hold, tag: file.image.tag };
}
