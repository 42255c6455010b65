import type { Checkout } from '../checkout/checkout';
import {
  readApplication,
  type Application,
  type ApplicationSource,
} from '../applications/application';
import type { ArgocdManifest } from '../applications/manifests';
import { renderApplicationSet } from '../applicationSets/renderApplicationSet';
import { TemplateError } from '../applicationSets/TemplateError';
import { stringAt } from '../traced/traced';
import type { ChartTools } from './chartTools';
import type { Deployment } from './deployment';
import { sourceVersions } from './sourceVersions';
import type { Deployments } from './deployments';
import type { Ownership } from './ownership';

export function applicationsOf(
  { value, file, line, madeFrom: chartValues }: ArgocdManifest,
  checkout: Checkout,
  { isOurs }: Ownership,
  result: Deployments,
): Application[] {
  const made = chartValues === undefined ? [] : [chartValues];
  if (stringAt(value, ['kind']) === 'Application') {
    return [readApplication(value, { file, line, madeFrom: made })];
  }
  const applicationSet = stringAt(value, ['metadata', 'name']) ?? '';
  try {
    return renderApplicationSet(value, { checkout, isOurs }).map(one =>
      readApplication(one.value, {
        file,
        line,
        applicationSet,
        madeFrom: [...one.places, ...made],
      }),
    );
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    result.unread.push({ name: applicationSet, reason: error.message });
    return [];
  }
}

/** What an Application deploys. */
export async function deployment(
  tools: ChartTools,
  application: Application,
  own: Ownership,
  result: Deployments,
): Promise<Deployment> {
  const isOurs = (source: ApplicationSource) =>
    source.chart === undefined &&
    own.isOurs(source.repoURL) &&
    own.isOwnRevision(source.targetRevision);
  const merged: Deployment = {
    application,
    places: [],
    versions: [],
    problems: [],
    idle: [],
    isParent: false,
  };
  const elsewhere = application.sources.filter(
    source => source.chart === undefined && own.isOurs(source.repoURL) && !isOurs(source),
  );
  const [first] = elsewhere;
  if (first) return otherRevision(tools, merged, first.targetRevision, own, result);
  for (const source of application.sources) {
    const found = await sourceVersions(tools, application, source, isOurs);
    merged.places.push(...found.places);
    merged.versions.push(...found.versions);
    merged.problems.push(...found.problems);
    merged.idle.push(...found.idle);
    merged.isParent ||= found.isParent;
    merged.folder ??= found.folder;
    if (found.chart) merged.chart ??= found.chart;
  }
  const touches = application.sources.some(isOurs) || merged.versions.length > 0;
  if (!touches) result.foreign += 1;
  return merged;
}

/** An Application that follows another branch, tag or commit is a release of that: what it applies is read there. */
async function otherRevision(
  tools: ChartTools,
  merged: Deployment,
  revision: string,
  own: Ownership,
  result: Deployments,
): Promise<Deployment> {
  const { application } = merged;
  const checkout = tools.checkout.at?.(revision);
  if (!checkout || !application) {
    const reason = `it follows ${revision}, which this checkout does not have: what it applies stands there`;
    return { ...merged, problems: [{ reason }] };
  }
  const known = tools.others?.get(revision);
  const others: ChartTools = known ?? {
    checkout,
    bench: tools.bench.at(checkout),
    probes: new Map(),
  };
  tools.others?.set(revision, others);
  const ownOthers = { ...own, isOwnRevision: (name: string) => name === revision };
  return { ...(await deployment(others, application, ownOthers, result)), revision };
}
