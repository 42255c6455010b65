import type { Deployment } from '../../applied/deployment';
import type { ReadOptions } from '../../applied/deployments';
import { withDeployments } from '../../applied/readDeployments';
import type { Checkout } from '../../checkout/checkout';
import { examine, type Examination } from '../../doctor/examine';
import type { FoundRelease, LayoutRelease } from '../../doctor/release';
import type { Layout } from '../../layout/layout';
import { bumpRelease } from '../bumpRelease';
import { ChangeRefusal } from '../ChangeRefusal';
import { changeFile, withFiles, type Files, type OnboardingEdit } from './files';
import { fromModel } from './fromModel';
import { fromSkeletons, layoutsFor } from './fromSkeletons';
import { modelFiles } from './modelFiles';
import { requireRequest, type OnboardingRequest } from './request';
import { isOf, requireProved } from './requireProved';
import { labelOf } from './tenantWords';

/** What a new tenant's onboarding changes. */
export interface Onboarding {
  edits: OnboardingEdit[];
  /** The releases that come with it, as the layouts find them afterwards. */
  releases: LayoutRelease[];
  /** What a person should know though it goes ahead. */
  notes: string[];
}

interface Look extends Examination {
  deployments: readonly Deployment[];
}

/**
 * Onboards a tenant into a repository of any layout: by the skeletons that its layouts name, or as a copy of another tenant. Nothing
 * is written. The result is proved: the layouts find the new tenant in its version, and everything else as before.
 *
 * @throws ChangeRefusal that names the field and the cure
 */
export async function onboardTenant(
  checkout: Checkout,
  layouts: readonly Layout[],
  request: OnboardingRequest,
  read: ReadOptions = {},
): Promise<Onboarding> {
  requireRequest(request);
  const look = (one: Checkout): Promise<Look> =>
    withDeployments(one, read, async deployed => ({
      ...(await examine(one, deployed, layouts)),
      deployments: deployed.deployments,
    }));
  const before = await look(checkout);
  requireNew(before.releases, request);
  const own = layoutsFor(layouts, request);
  const from = request.from ?? own.flatMap(({ settings }) => settings.onboarding?.model ?? [])[0];
  const models = from === undefined ? [] : modelsOf(before.releases, { ...request, tenant: from });
  const files: Files = new Map();
  const notes: string[] = [];
  if (from === undefined) {
    if (own.length === 0) {
      throw new ChangeRefusal(
        `tenant ${request.tenant}: no layout says what a new tenant gets: name a tenant that it is a copy of with --from, or write layouts[].onboarding`,
      );
    }
    for (const [path, edit] of fromSkeletons(checkout, own, request)) files.set(path, edit);
  } else {
    const known = [...new Set(before.releases.map(({ tenant }) => tenant))];
    const model = modelFiles(checkout, before.deployments, before.releases, models);
    const copy = fromModel(checkout, known, models, model, request);
    for (const [path, edit] of copy.files) files.set(path, edit);
    notes.push(...copy.notes);
  }
  const made = withFiles(checkout, files);
  let after = await look(made);
  if (after.releases.some(release => isOf(release, request))) {
    const moved = bumpRelease(made, after.releases, request, request.version);
    for (const { path, text, releases } of moved) {
      if (!files.has(path)) {
        throw new ChangeRefusal(
          `version ${request.version}: ${request.service} has ${releases[0].from} from ${path}:${releases[0].line}, which is no file of the new tenant: let a skeleton hold {version}, or choose a model that says its version itself`,
        );
      }
      changeFile(checkout, files, path, text);
    }
    if (moved.length > 0) after = await look(withFiles(checkout, files));
  }
  const added = requireProved(before, after, request, models);
  for (const { service, version, file, line } of from === undefined ? [] : added) {
    if (service !== request.service)
      notes.push(`${service} is at ${version}, as ${from} has it: ${file}:${line}`);
  }
  return { edits: [...files.values()], releases: added.map(plainRelease), notes };
}

/** @throws ChangeRefusal when the tenant is there already, or another one whose name Kubernetes takes for the same */
function requireNew(releases: readonly FoundRelease[], request: OnboardingRequest): void {
  const { tenant, service, version } = request;
  const there = releases.find(release => isOf(release, request));
  if (there) {
    throw new ChangeRefusal(
      `tenant ${tenant}: runs ${service} already, at ${there.file}:${there.line}: choose another id, or move it with gitops bump --version ${version}`,
    );
  }
  const twin = releases.find(
    one => one.tenant !== tenant && labelOf(one.tenant) === labelOf(tenant),
  );
  if (twin) {
    throw new ChangeRefusal(
      `tenant ${tenant}: is ${labelOf(tenant)} in Kubernetes, as ${
        twin.tenant
      } is: choose another id`,
    );
  }
}

/** The releases of a model. @throws ChangeRefusal when there are none */
function modelsOf(releases: readonly FoundRelease[], request: OnboardingRequest): FoundRelease[] {
  const found = releases.filter(release => isOf(release, request));
  if (found.length > 0) return found;
  const ofTenant = releases.filter(({ tenant }) => tenant === request.tenant);
  const names = ofTenant.length > 0 ? ofTenant : releases;
  const known = names.map(({ tenant, service, environment, cluster }) =>
    ofTenant.length > 0 ? [service, environment, cluster].filter(Boolean).join(' in ') : tenant,
  );
  throw new ChangeRefusal(
    `from ${request.tenant}: ${
      ofTenant.length > 0 ? `has no ${request.service} there; it has` : 'is no tenant; known are'
    }: ${[...new Set(known)].slice(0, 20).join(', ') || 'none'}`,
  );
}

function plainRelease(release: FoundRelease): LayoutRelease {
  const { at: _at, origin, also, deployed, facts, ...plain } = release;
  return plain;
}
