import type { YamlDocument } from '../yaml/readYaml';
import { atMost, finding, type Finding } from './finding';
import { defaultPlaces, layout, pathIn, type TreePlaces } from '../layout/ownTree';
import { parseYaml } from '../yaml/parseYaml';
import { applicationSchema, type Application } from './argocdObject';
import { absent, exactly, malformed, unmet, type Expectation } from './expectations';

/** Where the tree comes from, as the root Application says; what it does not say is not compared. */
export interface TreeOrigin {
  repoURL?: string;
  targetRevision?: string;
}

/** An Application where it is written. */
export interface PlacedApplication {
  file: string;
  line: number;
  column: number;
  application: Application;
}

/**
 * Checks the Applications of a tenant: that there are the two that belong to it, and that they say nothing that would let
 * one tenant reach another, or get round the tenant file.
 */
export function checkApplications(
  file: string,
  tenant: string,
  text: string,
  origin: TreeOrigin,
  places: TreePlaces = defaultPlaces,
): { applications: PlacedApplication[]; findings: Finding[] } {
  const { documents, findings } = parseYaml(file, text, { single: false });
  const applications: PlacedApplication[] = [];
  const objects = documents.filter(({ value }) => value !== null && value !== undefined);
  for (const document of objects) {
    const parsed = applicationSchema.safeParse(document.value);
    if (parsed.success) {
      const application = parsed.data;
      applications.push({ file, ...document.at(['metadata', 'name']), application });
      const expected = expectationsOf(application, tenant, origin, places);
      findings.push(...unmet('application', file, document, expected));
    } else {
      findings.push(...malformed('application', file, document, parsed.error, 'an Application'));
    }
  }
  if (findings.length === 0) findings.push(...incomplete(file, tenant, applications));
  return { applications, findings: atMost(findings) };
}

function incomplete(file: string, tenant: string, found: PlacedApplication[]): Finding[] {
  const names = found.map(({ application }) => application.metadata.name);
  return [tenant, `${tenant}-fence`]
    .filter(name => names.filter(one => one === name).length !== 1)
    .map(name =>
      finding({
        rule: 'application',
        file,
        key: 'metadata.name',
        problem: `must hold the Application ${name} once`,
        cure: names.includes(name)
          ? 'remove the second one'
          : 'add it, as in the file of another tenant',
      }),
    );
}

function expectationsOf(
  { metadata, spec }: Application,
  tenant: string,
  origin: TreeOrigin,
  places: TreePlaces,
): Expectation[] {
  const isFence = metadata.name === `${tenant}-fence`;
  const { source, destination } = spec;
  const values = `/${pathIn(places, tenant)}`;
  const [named = '', ...more] = source?.helm?.valueFiles ?? [];
  const isOwn = named.startsWith('/') && places.matchTenantFile(named.slice(1))?.tenant === tenant;
  const at = (...path: PropertyKey[]) => ['spec', ...path];
  return [
    {
      path: ['metadata', 'name'],
      ok: isFence || metadata.name === tenant,
      problem: `must be ${tenant} or ${tenant}-fence, as the file's name says`,
      cure: 'rename it, or move it to the file of its tenant',
    },
    exactly(['metadata', 'namespace'], metadata.namespace, 'argocd'),
    exactly(at('project'), spec.project, isFence ? 'platform' : tenant),
    absent(at('sources'), spec.sources, 'an Application has the one source of its chart'),
    exactly(at('source', 'path'), source?.path, isFence ? layout.fenceChart : layout.workloadChart),
    ...(['repoURL', 'targetRevision'] as const).flatMap(key =>
      origin[key] === undefined ? [] : exactly(at('source', key), source?.[key], origin[key]),
    ),
    ...Object.keys(source ?? {})
      .filter(key => !['repoURL', 'targetRevision', 'path', 'helm'].includes(key))
      .map(key => absent(at('source', key), true, 'charts are rendered with Helm alone')),
    exactly(at('source', 'helm', 'releaseName'), source?.helm?.releaseName, metadata.name),
    {
      path: at('source', 'helm', 'valueFiles'),
      ok: isOwn && more.length === 0,
      problem: `must name ${values} and nothing else`,
      cure: `write valueFiles: ['${values}']`,
    },
    ...Object.keys(source?.helm ?? {})
      .filter(key => key !== 'releaseName' && key !== 'valueFiles')
      .map(key => absent(at('source', 'helm', key), true, 'values stand in the tenant file alone')),
    exactly(at('destination', 'namespace'), destination.namespace, tenant),
    {
      path: at('destination', 'name'),
      ok: (destination.name === undefined) !== (destination.server === undefined),
      problem: 'must name the cluster once, by name or by server',
      cure: 'write the name of the cluster, for example in-cluster, and no server',
    },
    ...upkeep(metadata, spec),
  ];
}

/** Argo CD's own finalizer, alone or with the order of deletion behind a "/". */
const finalizer = 'resources-finalizer.argocd.argoproj.io';

/** What keeps the cluster as Git says, from the first day of a tenant until nothing of it is left. */
function upkeep(
  { finalizers = [] }: Application['metadata'],
  { syncPolicy, ignoreDifferences }: Application['spec'],
): Expectation[] {
  const automated = ['spec', 'syncPolicy', 'automated'];
  return [
    {
      path: ['metadata', 'finalizers'],
      ok: finalizers.some(one => one === finalizer || one.startsWith(`${finalizer}/`)),
      problem: `must hold ${finalizer}: without it the tenant's objects stay when it goes`,
      cure: 'add it',
    },
    exactly([...automated, 'prune'], syncPolicy?.automated?.prune, true),
    exactly([...automated, 'selfHeal'], syncPolicy?.automated?.selfHeal, true),
    absent(['spec', 'ignoreDifferences'], ignoreDifferences, 'what Git says counts as a whole'),
  ];
}

/** Where a tree comes from, by its root Application. */
export function originOf(rootText: string | undefined): TreeOrigin {
  if (rootText === undefined) return {};
  const { documents } = parseYaml(layout.root, rootText, { single: false });
  const root = documents
    .map(({ value }: YamlDocument) => applicationSchema.safeParse(value))
    .find(parsed => parsed.success);
  const { repoURL, targetRevision } = root?.data?.spec.source ?? {};
  return { ...(repoURL ? { repoURL } : {}), ...(targetRevision ? { targetRevision } : {}) };
}
