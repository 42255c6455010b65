import type { Checkout } from '../checkout/checkout';
import type { Application } from '../applications/application';
import { ListedApplications } from '../applications/ListedApplications';
import { findManifests, unreadableManifests, type ArgocdManifest } from '../applications/manifests';
import { HelmBench } from '../charts/HelmBench';
import type { ChartTools } from './chartTools';
import type { Deployment } from './deployment';
import { standaloneOverlays } from './standaloneOverlays';
import type { Deployments, ReadOptions } from './deployments';
import { ownership, type Ownership } from './ownership';
import { applicationsOf, deployment } from './deploymentOf';
import { type ChartRoot, chartsOfNobody, manifestsOf } from './chartRoots';

/** Charts that make Applications of charts that make Applications; more is a loop. */
const maxRounds = 3;
/** Applications that are looked into at a time: rendering is what takes long. */
const batch = 50;

/**
 * Reads what Argo CD would apply for every Application of a checkout, and for overlays that none of them names, and hands it on.
 * Charts can be rendered until the call ends.
 */
export async function withDeployments<T>(
  checkout: Checkout,
  options: ReadOptions,
  use: (deployments: Deployments) => Promise<T>,
): Promise<T> {
  const bench = new HelmBench(checkout, options.helm, options.renderMs);
  try {
    return await use(
      await read({ checkout, bench, probes: new Map(), others: new Map() }, options),
    );
  } finally {
    await bench.close();
  }
}

async function read(tools: ChartTools, options: ReadOptions): Promise<Deployments> {
  const { checkout } = tools;
  const own = ownership(checkout, options, []);
  const result: Deployments = { deployments: [], unread: [], foreign: 0, tools, own };
  for (const file of unreadableManifests(checkout)) {
    result.unread.push({ name: file, reason: 'holds an Application and is no YAML' });
  }
  const live = new ListedApplications(options.live ?? []);
  const rendered = new Set<string>();
  const all: ArgocdManifest[] = [...live.manifests];
  let next = findManifests(checkout);
  for (let round = 0; round < maxRounds && (round === 0 || next.length > 0); round += 1) {
    all.push(...next);
    const known = ownership(checkout, options, all);
    const made = next.flatMap(manifest => applicationsOf(manifest, checkout, known, result));
    const found = await deploymentsOf(
      tools,
      made.map(one => live.replace(one)),
      known,
      result,
    );
    const charts: ChartRoot[] = found.flatMap(({ isParent, chart, application }) =>
      isParent && chart && application ? [{ ...chart, release: application.name }] : [],
    );
    if (round === 0) charts.push(...chartsOfNobody(checkout, found));
    next = await manifestsOf(tools, charts, rendered, result);
  }
  result.own = ownership(checkout, options, all);
  await deploymentsOf(tools, live.others(), result.own, result);
  result.deployments.push(...(await standaloneOverlays(tools, result.deployments)));
  return result;
}

async function deploymentsOf(
  tools: ChartTools,
  applications: readonly Application[],
  own: Ownership,
  result: Deployments,
): Promise<Deployment[]> {
  const found: Deployment[] = [];
  for (let from = 0; from < applications.length; from += batch) {
    const some = applications.slice(from, from + batch);
    found.push(...(await Promise.all(some.map(one => deployment(tools, one, own, result)))));
    // A server answers others meanwhile.
    await new Promise(resolve => setImmediate(resolve));
  }
  result.deployments.push(...found);
  return found;
}
