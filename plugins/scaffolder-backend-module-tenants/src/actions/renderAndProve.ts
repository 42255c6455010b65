import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { GitopsConfig } from '@internal/gitops';
import { proveCharts, type Proof } from '../helm/proveCharts';
import type { TenantInput } from '../input/tenantInput';
import { renderFiles, type RenderedFile } from '../render/renderFiles';
import { imageRepositoryOf } from '../repository/imageRepository';
import type { Snapshot } from '../repository/snapshot';

/**
 * Writes the files of a new tenant below a folder and renders the charts with them.
 *
 * @param options.helm - path of helm
 * @param options.target - absolute path of the folder
 * @param options.home - an empty folder for helm
 * @throws ChartRefusal when a chart does not take the file
 */
export async function renderAndProve(
  input: TenantInput,
  snapshot: Snapshot,
  options: { config: Config; gitops: GitopsConfig; helm: string; target: string; home: string },
): Promise<{ files: RenderedFile[]; proof: Proof }> {
  const { config, gitops, helm, target, home } = options;
  const files = await renderFiles(input, gitops, snapshot.skeletonDir, {
    name: config.getOptionalString('tenantReleases.service') ?? 'demo-api',
    imageRepository: imageRepositoryOf(snapshot.tenantFiles, config),
  });
  for (const file of files) {
    const place = resolveSafeChildPath(target, file.path);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, file.text);
  }
  const values = files.find(file => gitops.matchTenantFile(file.path));
  if (!values) throw new Error('No file of the tenant is at tenantReleases.gitops.valuesPath');
  const proof = await proveCharts({
    helm,
    tree: snapshot.dir,
    values: resolveSafeChildPath(target, values.path),
    tenant: input.name,
    home,
  });
  return { files, proof };
}
