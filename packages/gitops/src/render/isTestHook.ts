/** Whether an object is a test of a chart, which Argo CD does not run. https://helm.sh/docs/topics/chart_tests/ */
export function isTestHook({ metadata }: { metadata: object }): boolean {
  const annotations: unknown = Reflect.get(metadata, 'annotations');
  if (typeof annotations !== 'object' || annotations === null) return false;
  const hooks: unknown = Reflect.get(annotations, 'helm.sh/hook');
  return typeof hooks === 'string' && hooks.split(',').some(hook => hook.trim().startsWith('test'));
}
