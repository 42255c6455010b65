import type { Application } from '../../applications/application';
import { finding, type Finding } from '../finding';
import type { LayoutState } from './checkLayouts';

/** What is compared of an Application. */
export type ApplicationState = Pick<
  Application,
  'name' | 'project' | 'destination' | 'file' | 'line' | 'applicationSet'
>;

/** Applications that Argo CD would not make, and those that a change takes away with what they run. */
export function applicationFindings(state: LayoutState, base: LayoutState | undefined): Finding[] {
  return [...twins(state), ...(base ? gone(state, base) : [])];
}

/** An ApplicationSet that makes a name twice makes none of them. */
function twins({ applications }: LayoutState): Finding[] {
  const known = new Set<string>();
  const told = new Set<string>();
  return applications.flatMap(({ name, file, line, applicationSet }) => {
    const key = JSON.stringify([file, line, applicationSet, name]);
    const isTwin = known.has(key) && !told.has(key);
    known.add(key);
    if (!applicationSet || !isTwin) return [];
    told.add(key);
    return finding({
      rule: 'application',
      file,
      line,
      problem: `the ApplicationSet ${applicationSet} makes more than one Application ${name}`,
      cure: 'let its template name what tells them apart, such as the folder or the environment',
    });
  });
}

/** With the finalizer of Argo CD, an Application that is no more takes all that it runs along. */
function gone(state: LayoutState, base: LayoutState): Finding[] {
  const names = new Set(state.applications.map(({ name }) => name));
  const released = new Map(
    state.releases.map(release => [keyOf(release), release.application] as const),
  );
  return base.applications
    .filter(({ name }) => !names.has(name))
    .map(({ name, file, line, applicationSet }) => {
      const former = base.releases.filter(({ application }) => application === name);
      const moved = former.map(release => released.get(keyOf(release))).find(Boolean);
      const maker = applicationSet ? ` that the ApplicationSet ${applicationSet} made` : '';
      return finding({
        rule: 'application',
        severity: 'warning',
        file,
        line,
        problem: moved
          ? `the Application ${name}${maker} becomes ${moved}: Argo CD deletes the one and makes the other`
          : `the Application ${name}${maker} is gone: Argo CD deletes it and, with its finalizer, what it runs`,
        cure: moved
          ? 'keep the name, or set preserveResourcesOnDeletion before the change'
          : 'see whether that is meant',
      });
    });
}

/** What tells releases apart. */
export function keyOf(release: {
  tenant: string;
  service: string;
  environment?: string;
  cluster?: string;
}): string {
  const { tenant, service, environment, cluster } = release;
  return JSON.stringify([tenant, service, environment, cluster]);
}
