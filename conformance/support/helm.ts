import path from 'node:path';
import { repositoryRoot } from './environment.ts';
import { parseObjects, type KubernetesObject } from './objects.ts';
import { output, run } from './run.ts';

/** A helm program and its major version. */
export interface Helm {
  program: string;
  major: number;
}

/** The helm programs that are there: `helm`, and `helm3` and `helm4` where both majors are installed. */
export async function findHelms(): Promise<Helm[]> {
  const found = new Map<number, Helm>();
  for (const program of ['helm', 'helm3', 'helm4', path.join(repositoryRoot, '.tools/bin/helm')]) {
    const outcome = await run(program, ['version', '--template', '{{.Version}}']).catch(
      () => undefined,
    );
    const major = Number(/^v?(\d+)\./.exec(outcome?.stdout ?? '')?.[1]);
    if (outcome?.code === 0 && major && !found.has(major)) found.set(major, { program, major });
  }
  return [...found.values()];
}

/** Renders a chart of this checkout as Argo CD does: release and namespace named by the caller. */
export async function template(
  helm: Helm,
  chart: string,
  options: { release: string; namespace: string; values: string },
): Promise<KubernetesObject[]> {
  const directory = path.join(repositoryRoot, 'charts', chart);
  const text = await output(
    helm.program,
    ['template', options.release, directory, '-n', options.namespace, '--values', '-'],
    { input: options.values },
  );
  return parseObjects(text);
}
