import type { Checkout } from '../checkout/checkout';
import type { Deployment } from '../applied/deployment';
import type { Deployments } from '../applied/deployments';
import { readFacts } from '../facts/readFacts';
import { formatLocator, locatorAt } from '../locate/locator';
import { claimsOf, placesOf } from '../layout/claims';
import { notFollowed } from '../layout/notFollowed';
import type { Layout } from '../layout/layout';
import { releasesOf } from './releasesOf';
import type { FoundRelease, Unmatched } from './release';
import { standaloneFiles } from './standaloneFiles';

/** What the layouts of a repository match, and what not. */
export interface Examination {
  releases: FoundRelease[];
  unmatched: Unmatched[];
  /** How many files, folders and Applications each layout claims, in the layouts' order. */
  claimed: number[];
  /** What is no fault, for people. */
  notes: string[];
}

/** Holds what Argo CD would apply against the layouts: every release, and everything that is not matched with its reason. */
export async function examine(
  checkout: Checkout,
  found: Deployments,
  layouts: readonly Layout[],
): Promise<Examination> {
  const result: Examination = { releases: [], unmatched: [], claimed: [], notes: [] };
  const isFile = (place: string) => checkout.has(place);
  const claimed = new Set<string>();
  const deployments = [...found.deployments];
  for (const deployment of deployments)
    for (const place of placesOf(deployment)) claimed.add(place);
  deployments.push(...(await standaloneFiles(found.tools, layouts, claimed)));
  for (const deployment of deployments) examineOne(deployment, layouts, isFile, result);
  for (const { name, reason } of found.unread)
    result.unmatched.push({ kind: 'application', name, reason });
  const links = (checkout.links ?? []).map(path => ({ path, kind: 'symlink' as const }));
  result.unmatched.push(...notFollowed(links, layouts));
  for (const [index, layout] of layouts.entries()) {
    const claims = deployments.flatMap(deployment => claimsOf([layout], deployment));
    result.claimed.push(new Set(claims.map(({ place }) => place)).size);
    if (claims.length === 0) {
      const name = layout.settings.path ?? layout.settings.application ?? '';
      const reason = `layouts[${index}] matches nothing: 0 of ${checkout.files.length} files meet it`;
      result.unmatched.push({ kind: 'file', name, reason });
    }
  }
  if (found.foreign > 0)
    result.notes.push(`${found.foreign} Applications render other repositories only`);
  refuseTwins(result);
  const facts = readFacts(checkout, result.releases);
  result.releases = result.releases.map(release => ({ ...release, facts: facts.of(release) }));
  result.unmatched.push(...facts.unmatched);
  return result;
}

function examineOne(
  deployment: Deployment,
  layouts: readonly Layout[],
  isFile: (place: string) => boolean,
  result: Examination,
): void {
  const { application, versions, problems, isParent } = deployment;
  const name = application?.name ?? deployment.places.at(-1) ?? deployment.folder ?? '';
  const kind = application ? 'application' : 'file';
  const claims = claimsOf(layouts, deployment);
  // An overlay that nobody wants and that cannot be built is no fault of the layouts.
  const isWanted = application !== undefined || claims.length > 0;
  const reasons = problems.map(({ reason, origin }) =>
    origin ? `${origin.file}:${origin.line} ${reason}` : reason,
  );
  for (const reason of new Set(reasons)) {
    if (isWanted) result.unmatched.push({ kind, name, reason });
    else result.notes.push(`${name}: ${reason}`);
  }
  for (const image of deployment.idle) {
    result.notes.push(`${name}: the images entry ${image} matches no image and does nothing`);
  }
  if (versions.length === 0) return;
  const [first, second] = claims;
  if (!first) {
    if (!isParent) result.unmatched.push({ kind, name, reason: 'no layout claims it' });
    return;
  }
  if (second && second.layout !== first.layout && second.place === first.place) {
    const [one, other] = [first, second].map(
      ({ layout }) => layout.settings.path ?? layout.settings.application,
    );
    result.unmatched.push({
      kind,
      name,
      reason: `two layouts claim it: ${one} and ${other}; exclude it from one`,
    });
    return;
  }
  const releases = releasesOf(deployment, first, isFile);
  result.releases.push(...releases);
  const [{ kind: form, origin, version }] = versions;
  if (releases.length === 0) {
    // Such as a parameter of the Application that overrules the tenant's file.
    const locator = formatLocator(locatorAt(form, origin));
    const reason = `${origin.file}:${origin.line} sets ${version} at ${locator}, which no locator of the layout meets`;
    result.unmatched.push({ kind, name, reason });
  }
}

/**
 * Two releases of one name and different versions cannot be told apart: neither is shown. Those of one version are one release, in
 * more than one place.
 */
function refuseTwins(result: Examination): void {
  const groups = new Map<string, FoundRelease[]>();
  for (const release of result.releases) {
    const { tenant, service, environment, cluster } = release;
    const key = JSON.stringify([tenant, service, environment, cluster]);
    groups.set(key, [...(groups.get(key) ?? []), release]);
  }
  result.releases = [...groups.values()].flatMap(releases => {
    const [first, ...others] = releases;
    if (releases.every(({ version }) => version === first.version)) {
      const places = others.filter(
        ({ file, locator }) => file !== first.file || locator !== first.locator,
      );
      return [{ ...first, also: places.map(({ file, at }) => ({ file, at })) }];
    }
    const places = releases
      .slice(0, 3)
      .map(({ file, line, version }) => `${version} at ${file}:${line}`)
      .join(', ');
    const reason = `${releases.length} versions of ${first.service} cannot be told apart (${places}): let the layout name service, environment or cluster`;
    result.unmatched.push({ kind: 'tenant', name: first.tenant, reason });
    return [];
  });
}
