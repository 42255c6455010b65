import { cpus } from 'node:os';
import { ChartRefusal, HelmError } from './runHelm';
import { finding, type Finding } from '../check/finding';
import type { Tenant } from '../check/tenants';
import { chartsOf, lintChart, renderChart, withHelmHome, type HelmPlace } from './renderTenant';

/**
 * Lints and renders both charts for tenants with valid files, several at a time.
 *
 * @returns one finding a tenant and chart that Helm does not take
 */
export async function renderFindings(
  place: Omit<HelmPlace, 'home'>,
  tenants: readonly Tenant[],
): Promise<Finding[]> {
  return withHelmHome(async home => {
    const found: Finding[] = [];
    const queue = tenants
      .filter(({ file }) => file)
      .flatMap(({ name, path }) => chartsOf(name, path).map(use => ({ use, path })));
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        try {
          await lintChart({ ...place, home }, next.use);
          await renderChart({ ...place, home }, next.use);
        } catch (error) {
          if (!(error instanceof ChartRefusal) && !(error instanceof HelmError)) throw error;
          found.push(refused(next.path, error.message));
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(4, cpus().length) }, work));
    return found;
  });
}

function refused(file: string, reason: string): Finding {
  return finding({
    rule: 'render',
    file,
    problem: `cannot be deployed: ${reason}`,
    cure: 'mend what Helm names, in the file or in the chart; gitops render shows the result',
  });
}
