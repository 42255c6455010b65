import path from 'node:path';
import { ChartRefusal, helmTemplate, type Manifest } from './helmTemplate';

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
 * @throws ChartRefusal that names the chart
 */
export async function proveCharts(options: {
  helm: string;
  tree: string;
  values: string;
  tenant: string;
  home: string;
}): Promise<Proof> {
  const render = (chart: string, release: string) =>
    helmTemplate({
      helm: options.helm,
      release,
      namespace: options.tenant,
      chart: path.join(options.tree, 'charts', chart),
      values: options.values,
      home: options.home,
    }).catch((error: unknown) => {
      if (error instanceof ChartRefusal)
        throw new ChartRefusal(`charts/${chart} refuses the file: ${error.message}`);
      throw error;
    });
  return {
    workload: await render('tenant', options.tenant),
    fence: await render('tenant-fence', `${options.tenant}-fence`),
  };
}
