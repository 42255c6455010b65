import { maxTenantFileBytes } from '../tenantFile/tenantFile';
import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';
import { finding, type Finding } from './finding';
import { layout, pathIn, type TreePlaces } from '../layout/ownTree';
import { boundedReader } from '../tree/readText';
import type { TreeSource } from '../tree/treeSource';
import { checkApplications, type PlacedApplication, type TreeOrigin } from './checkApplications';
import { likeOthers, probeName } from './likeOthers';
import { checkProject } from './checkProject';
import { tooSlow } from './checkTenants';
import { sharedNames } from './sharedNames';
import { listFolder, treeFinding } from './listFolder';
import type { Tenant } from './tenants';

const suffix = '.yaml';

/** Checks Applications and AppProjects: that each belongs to a tenant, and each tenant has its own. */
export async function checkArgocdFiles(
  tree: TreeSource,
  tenants: readonly Tenant[],
  origin: TreeOrigin,
  isLate: () => boolean,
  places: TreePlaces,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const placed: Array<PlacedApplication & { tenant: string }> = [];
  const clusters = new Map<string, Cluster>();
  const applications = await readFolder(tree, layout.applications, found);
  const projects = await readFolder(tree, layout.projects, found);
  const known = likeOthers((tenant, text) => {
    const { findings, applications: ofProbe } = checkApplications('', tenant, text, origin, places);
    return findings.length === 0 ? ofProbe : undefined;
  });
  for (const [tenant, { file, text }] of applications) {
    if (isLate()) return [...found, tooSlow(file)];
    if (text === undefined) continue;
    const checked =
      renamed(known(tenant, text), tenant, file) ??
      checkApplications(file, tenant, text, origin, places);
    found.push(...checked.findings);
    placed.push(...checked.applications.map(one => ({ ...one, tenant })));
    const own = checked.applications.find(
      ({ application }) => application.metadata.name === tenant,
    );
    if (own) clusters.set(tenant, own.application.spec.destination);
  }
  found.push(...checkProjects(projects, origin, clusters, isLate));
  return [...found, ...sharedNames(placed), ...orphans(tenants, applications, projects, places)];
}

/** What was found for the probe, as it is for a tenant. */
function renamed(ofProbe: PlacedApplication[] | undefined, tenant: string, file: string) {
  if (!ofProbe) return undefined;
  const text = JSON.stringify(ofProbe.map(one => ({ ...one, file }))).replaceAll(probeName, tenant);
  return { applications: JSON.parse(text) as PlacedApplication[], findings: [] };
}

function checkProjects(
  projects: Files,
  origin: TreeOrigin,
  clusters: ReadonlyMap<string, Cluster>,
  isLate: () => boolean,
): Finding[] {
  const found: Finding[] = [];
  const byCluster = new Map<string, ReturnType<typeof likeOthers<true>>>();
  for (const [tenant, { file, text }] of projects) {
    if (isLate()) return [...found, tooSlow(file)];
    if (text === undefined) continue;
    const cluster = clusters.get(tenant);
    const key = JSON.stringify([cluster?.name, cluster?.server]);
    const known =
      byCluster.get(key) ??
      likeOthers(
        (probe, like) => checkProject('', probe, like, origin, cluster).length === 0 || undefined,
      );
    byCluster.set(key, known);
    if (!known(tenant, text)) found.push(...checkProject(file, tenant, text, origin, cluster));
  }
  return found;
}

type Cluster = { name?: string; server?: string };
type Files = ReadonlyMap<string, { file: string; text?: string }>;

async function readFolder(tree: TreeSource, folder: string, found: Finding[]): Promise<Files> {
  const { entries, findings } = await listFolder(tree, folder, `{tenant}${suffix}`);
  found.push(...findings);
  const files = new Map<string, { file: string; text?: string }>();
  const read = boundedReader(tree, maxTenantFileBytes);
  for (const { name } of entries) {
    const file = `${folder}/${name}`;
    const tenant = name.slice(0, -suffix.length);
    try {
      files.set(tenant, { file, text: await read(file) });
    } catch (error) {
      files.set(tenant, { file });
      found.push(treeFinding(file, error));
    }
  }
  return files;
}

function orphans(
  tenants: readonly Tenant[],
  applications: Files,
  projects: Files,
  places: TreePlaces,
): Finding[] {
  const names = new Set(tenants.map(({ name }) => name));
  const orphan = (file: string, problem: string, cure: string) =>
    finding({ rule: 'orphan', file, problem, cure });
  const lacking = (files: Files, folder: string, what: string) =>
    tenants
      // Of a file that is misnamed, nobody knows which Application is its own.
      .filter(({ name }) => !files.has(name) && tenantNameProblem(name) === undefined)
      .map(({ name, path }) =>
        orphan(
          path,
          `has no ${what}: nothing deploys it`,
          `add ${folder}/${name}${suffix}, or delete this file`,
        ),
      );
  const left = (files: Files) =>
    [...files]
      .filter(([tenant]) => !names.has(tenant))
      .map(([tenant, { file }]) =>
        orphan(file, 'belongs to no tenant', `add ${pathIn(places, tenant)}, or delete this file`),
      );
  return [
    ...lacking(applications, layout.applications, 'Application'),
    ...lacking(projects, layout.projects, 'AppProject'),
    ...left(applications),
    ...left(projects),
  ];
}
