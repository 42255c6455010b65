import type { Examination } from '../../doctor/examine';
import type { FoundRelease } from '../../doctor/release';
import { parseVersion } from '../../locate/version';
import { ChangeRefusal } from '../ChangeRefusal';
import type { OnboardingRequest } from './request';

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsName = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;
const ofPlatform = /^(?:kube-.*|default|argocd)$/;

/**
 * Holds the repository with the new tenant against the one without: the layouts find it in the version that is wanted, in an
 * Application and namespace of its own, and say the same of all others.
 *
 * @param models - the releases that the new ones are copies of; empty without a model
 * @throws ChangeRefusal
 */
export function requireProved(
  before: Examination,
  after: Examination,
  request: OnboardingRequest,
  models: readonly FoundRelease[],
): FoundRelease[] {
  const { tenant, service, version } = request;
  const known = new Set(before.unmatched.map(keyOf));
  const fresh = after.unmatched.filter(one => !known.has(keyOf(one)));
  const why = fresh.map(({ name, reason }) => `${name}: ${reason}`)[0];
  const found = after.releases.filter(release => isOf(release, request));
  if (found.length === 0) {
    throw new ChangeRefusal(
      `${tenant}/${service}: is not found by the layouts in the new files${
        why ? ` (${why})` : ''
      }: add what makes its Application, or correct the layout; "gitops doctor" says what it finds`,
    );
  }
  if (why) throw new ChangeRefusal(`the new files are not matched: ${why}`);
  const keys = new Set(before.releases.map(identityOf));
  const now = new Set(after.releases.map(contentOf));
  const other = before.releases.find(one => !now.has(contentOf(one)));
  if (other) {
    throw new ChangeRefusal(
      `${other.tenant}/${other.service}: would change too, at ${other.file}:${other.line}: give it a file or entry of its own first`,
    );
  }
  const added = after.releases.filter(one => !keys.has(identityOf(one)));
  const stranger = added.find(one => one.tenant !== tenant);
  if (stranger) {
    throw new ChangeRefusal(
      `${stranger.tenant}/${stranger.service}: would come too, at ${stranger.file}:${stranger.line}: correct the files of the onboarding`,
    );
  }
  const wanted = parseVersion(version);
  const wrong = found.find(one => one.version !== wanted.version);
  if (wrong) {
    throw new ChangeRefusal(
      `version ${version}: ${tenant}/${service} has ${wrong.version} from ${wrong.file}:${wrong.line}: let a skeleton hold {version}`,
    );
  }
  const places = (all: readonly FoundRelease[]) =>
    all.map(({ service: one, environment, cluster, tenant: own }) =>
      JSON.stringify([one, environment === own ? '' : environment, cluster]),
    );
  const copies = new Set(places(found));
  const lacking = places(models.filter(one => one.service === service)).find(
    one => !copies.has(one),
  );
  if (lacking !== undefined) {
    const place = (JSON.parse(lacking) as string[]).filter(Boolean).join('/');
    throw new ChangeRefusal(
      `${tenant}/${place}: is not found, though the model has it: say where with --environment or --cluster, or use skeletons (onboarding.files)`,
    );
  }
  for (const release of added) requireOwnPlace(release, before.releases);
  return added;
}

/** The Application and namespace of a new release are its own, and names that Kubernetes takes. */
function requireOwnPlace(release: FoundRelease, before: readonly FoundRelease[]): void {
  const { application, tenant, deployed } = release;
  if (application === undefined) {
    if (!before.some(one => one.application !== undefined)) return;
    throw new ChangeRefusal(
      `${tenant}/${release.service}: has no Application, as the other tenants have: add one to onboarding.files or entries`,
    );
  }
  const { destination: { name, server, namespace } = {} } = deployed.target ?? {};
  if (!dnsName.test(application)) {
    throw new ChangeRefusal(
      `tenant ${tenant}: would make the Application ${application}, which Kubernetes refuses: choose an id of lower-case letters, digits and "-"`,
    );
  }
  if (namespace !== undefined && (!dnsLabel.test(namespace) || ofPlatform.test(namespace))) {
    const reason = dnsLabel.test(namespace) ? "is the platform's" : 'Kubernetes refuses';
    throw new ChangeRefusal(
      `tenant ${tenant}: would get the namespace ${namespace}, which ${reason}: choose another id`,
    );
  }
  const same = before.find(one => one.application === application && one.tenant !== tenant);
  if (same) {
    throw new ChangeRefusal(
      `${tenant}: would get the Application ${application} of ${same.tenant}: choose another id, or correct the files of the onboarding`,
    );
  }
  const placeOf = ({ deployed: { target } }: FoundRelease) => {
    const to = target?.destination;
    return to?.namespace && JSON.stringify([to.name, to.server, to.namespace]);
  };
  const place = namespace && JSON.stringify([name, server, namespace]);
  const owners = new Set(before.filter(one => placeOf(one) === place).map(one => one.tenant));
  owners.delete(tenant);
  // A namespace that several have is meant for all of them.
  if (place && owners.size === 1) {
    throw new ChangeRefusal(
      `${tenant}: would share the namespace ${namespace} with ${
        [...owners][0]
      }: choose another id, or correct the files of the onboarding`,
    );
  }
}

/** Whether a release is one that a request is for. */
export function isOf(
  release: FoundRelease,
  { tenant, service, environment, cluster }: OnboardingRequest,
): boolean {
  return (
    release.tenant === tenant &&
    release.service === service &&
    (environment === undefined || release.environment === environment) &&
    (cluster === undefined || release.cluster === cluster)
  );
}

function keyOf({ kind, name, reason }: Examination['unmatched'][number]): string {
  // How many files there are changes with every new one.
  return JSON.stringify([kind, name, reason.replace(/\d+/g, '')]);
}

function identityOf({ tenant, service, environment, cluster }: FoundRelease): string {
  return JSON.stringify([tenant, service, environment, cluster]);
}

/** All that is said of a release but the line, which moves with every entry above it. */
function contentOf(release: FoundRelease): string {
  return JSON.stringify([
    ...[identityOf(release), release.version, release.digest, release.file, release.locator],
    ...[release.application, release.deployed.target, release.facts],
  ]);
}
