import path from 'node:path';
import { parseManifests, type Manifest } from '@internal/gitops';
import { ChartRefusal, runHelm } from '@internal/plugin-tenant-releases-node';

/** One chart of one tenant is rendered within a second. Milliseconds. */
const timeoutMs = 30_000;
/** Most that one chart may make of a tenant file. Bytes. */
const maxBytes = 16 * 1024 * 1024;

/** What the charts make of a tenant file. */
export interface Proof {
  workload: Manifest[];
  fence: Manifest[];
}

/**
 * Renders both charts of a tenant with the file as it will be in Git.
 *
 * @param options.tree - a checkout that holds charts/tenant and charts/tenant-fence
 * @param options.values - absolute path of the tenant file
 * @param options.home - an empty folder for helm
 * @throws ChartRefusal that names the chart
 * @throws HelmError when helm cannot be run
 */
export async function proveCharts(options: {
  helm: string;
  tree: string;
  values: string;
  tenant: string;
  home: string;
}): Promise<Proof> {
  const { helm, tree, values, tenant, home } = options;
  const render = async (chart: string, release: string) => {
    const place = path.join(tree, 'charts', chart);
    const args = ['template', release, place, '--namespace', tenant, '--values', values];
    try {
      return parseManifests(await runHelm({ helm, args, home, timeoutMs, maxBytes }));
    } catch (error) {
      if (!(error instanceof ChartRefusal)) throw error;
      throw new ChartRefusal(`charts/${chart} refuses the file: ${error.message}`);
    }
  };
  return {
    workload: await render('tenant', tenant),
    fence: await render('tenant-fence', `${tenant}-fence`),
  };
}
