import {
  directoryCheckout,
  examine,
  renderRelease,
  withDeployments,
  type FoundRelease,
  type Layout,
  type RenderedRelease,
} from '@internal/gitops';
import { stringify } from 'yaml';
import { exitCodes, type Context } from './context';
import { readOptions } from './layoutsFile';
import { locateKubectl } from './locateHelm';
import type { RenderCommandOptions } from './renderCommand';
import { UsageError } from './usageError';

/** `gitops render` of a repository whose layouts are told. Answers the exit code. */
export async function layoutRender(
  context: Context,
  root: string,
  tenant: string,
  { layouts, options }: { layouts: readonly Layout[]; options: RenderCommandOptions },
): Promise<number> {
  const { repository = [], helm, argocdFile } = options;
  const read = await readOptions(context, {
    repository,
    ...(helm ? { helm } : {}),
    ...(argocdFile ? { argocdFile } : {}),
  });
  const kubectl = await locateKubectl(context, options);
  const tools = { ...(read.helm ? { helm: read.helm } : {}), ...(kubectl ? { kubectl } : {}) };
  const checkout = directoryCheckout(root);
  return withDeployments(checkout, read, async found => {
    const { releases, unmatched } = await examine(checkout, found, layouts);
    const chosen = releases.filter(one => isWanted(one, tenant, options));
    if (chosen.length === 0) {
      const about = unmatched.find(({ name }) => name === tenant);
      throw new UsageError(
        `The layouts match no such release of ${tenant}${about ? `: ${about.reason}` : ''}`,
      );
    }
    let code: number = exitCodes.done;
    for (const release of perApplication(chosen)) {
      if (!print(context, release, await renderRelease(found, release, tools))) {
        code = exitCodes.refused;
      }
    }
    return code;
  });
}

function isWanted(
  release: FoundRelease,
  tenant: string,
  { service, environment, cluster }: RenderCommandOptions,
): boolean {
  return (
    release.tenant === tenant &&
    (service === undefined || release.service === service) &&
    (environment === undefined || release.environment === environment) &&
    (cluster === undefined || release.cluster === cluster)
  );
}

/** Several services of one Application are rendered together. */
function perApplication(releases: readonly FoundRelease[]): FoundRelease[] {
  const keyOf = ({ application, deployed }: FoundRelease) => application ?? ` ${deployed.place}`;
  return [...new Map(releases.map(one => [keyOf(one), one])).values()];
}

/** @returns whether all of it could be rendered */
function print(
  { write, warn }: Context,
  { deployed }: FoundRelease,
  { application, namespace, sources }: RenderedRelease,
): boolean {
  const name =
    application === undefined ? `Overlay ${deployed.place}` : `Application ${application}`;
  const where = namespace === undefined ? '' : `, namespace ${namespace}`;
  for (const source of sources) {
    if ('refused' in source) {
      warn(`${name}, source ${source.name}: ${source.refused}`);
      continue;
    }
    write(`# ${name}${where}, source ${source.name}\n`);
    if (source.manifests.length === 0) write('# it holds no objects\n');
    for (const manifest of source.manifests) {
      write(`---\n${stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false })}`);
    }
  }
  return sources.every(source => 'manifests' in source);
}
