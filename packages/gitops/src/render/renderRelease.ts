import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readApplication, type Application } from '../applications/application';
import type { Deployments } from '../applied/deployments';
import { folderOf } from '../checkout/paths';
import type { FoundRelease } from '../doctor/release';
import { reasonOf } from '../helm/runHelm';
import { findKustomization } from '../kustomize/findKustomization';
import { parseManifests, type Manifest } from '../manifests/manifests';
import { shorten } from '../text/shorten';
import { readTraced } from '../traced/readTraced';
import { isTestHook } from './isTestHook';
import { placeSource, type SourceAt } from './placeSource';
import { RenderError } from './RenderError';
import { renderSource, type RenderTools } from './renderSource';
import { withoutUser } from '../text/withoutUser';

/** What a source comes to, or why nobody knows here. */
export type RenderedSource = { name: string } & ({ manifests: Manifest[] } | { refused: string });

/** What a release's Application, or the overlay that none names, applies. */
export interface RenderedRelease {
  /** Absent for an overlay that no Application names. */
  application?: string;
  namespace?: string;
  sources: RenderedSource[];
}

/** What has to be known of a release; `place` and `reads` matter where no Application is named. */
export interface RenderableRelease extends Pick<FoundRelease, 'application'> {
  deployed: Pick<FoundRelease['deployed'], 'place' | 'reads'>;
}

/**
 * What Argo CD would apply for a release: each source of its Application, rendered by itself. Nothing is asked of any server, and
 * what would be needed from one is told. The cluster's version and its own kinds are not known: Helm's are taken.
 */
export async function renderRelease(
  found: Deployments,
  { application: name, deployed: { place, reads } }: RenderableRelease,
  tools: RenderTools,
): Promise<RenderedRelease> {
  const { checkout } = found.tools;
  if (name !== undefined) {
    const known = found.deployments.find(({ application }) => application?.name === name);
    const application = known?.application;
    const refused = `the repository has no Application ${name}`;
    if (!application) return { application: name, sources: [{ name: place, refused }] };
    const { namespace } = application.destination;
    const sources = await renderApplication(found, application, tools);
    return { application: name, ...(namespace ? { namespace } : {}), sources };
  }
  const folder = [place, ...reads, folderOf(place)].find(
    one => findKustomization(checkout, one) !== undefined,
  );
  if (folder === undefined) {
    const refused = 'the repository has no Application that renders it';
    return { sources: [{ name: place, refused }] };
  }
  return { sources: await renderApplication(found, overlayOf(folder), tools, { isOverlay: true }) };
}

/** What each source of an Application comes to. */
export async function renderApplication(
  { tools: { checkout }, own }: Deployments,
  application: Application,
  tools: RenderTools,
  { isOverlay = false } = {},
): Promise<RenderedSource[]> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'gitops-render-'));
  const everything = { isOurs: () => true, isOwnRevision: () => true };
  const at = { checkout, own: isOverlay ? everything : own, application };
  const rendered: RenderedSource[] = [];
  try {
    for (const [index, source] of application.sources.entries()) {
      // One that lends its files only.
      if (source.path === undefined && source.chart === undefined && source.ref) continue;
      const folder = path.join(scratch, String(index));
      rendered.push(await renderOne({ ...at, source, scratch: folder }, tools));
    }
    return rendered;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function renderOne(what: SourceAt, tools: RenderTools): Promise<RenderedSource> {
  const { application, source, scratch } = what;
  const name = source.path ?? source.chart ?? withoutUser(source.repoURL);
  const context = {
    applicationName: application.name,
    namespace: application.destination.namespace ?? '',
    kubernetesVersion: '',
    apiVersions: [],
  };
  try {
    const placed = await placeSource(what);
    const { sourceType, texts } = await renderSource(
      { ...tools, isOffline: true },
      placed,
      context,
    );
    const manifests = texts.flatMap(({ name: file, text }) => objectsOf(file, text));
    const isApplied = (one: Manifest) => sourceType !== 'Helm' || !isTestHook(one);
    return { name, manifests: manifests.filter(isApplied) };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    return { name, refused: shorten(reasonOf(error.reason, path.join(scratch, 'own')), 600) };
  }
}

function objectsOf(file: string, text: string): Manifest[] {
  try {
    return parseManifests(text);
  } catch {
    throw new RenderError(`${file || 'what it makes'} holds what is no Kubernetes object`);
  }
}

/** An overlay as an Application that sets nothing of its own would render it. */
function overlayOf(folder: string): Application {
  const spec = { source: { repoURL: '.', path: folder || '.' }, destination: {} };
  const text = JSON.stringify({ metadata: { name: folder }, spec });
  const [{ value }] = readTraced('', text);
  return readApplication(value, { file: '', line: 1, madeFrom: [] });
}
