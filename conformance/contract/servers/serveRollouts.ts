import { eventually } from '../../support/eventually.ts';
import { ownLabels, type ContractNamespace } from './ContractNamespace.ts';

const group = 'argoproj.io';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** As much of Argo Rollouts' definition as makes the API server take one. */
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `rollouts.${group}`, labels: ownLabels },
  spec: {
    group,
    names: { kind: 'Rollout', listKind: 'RolloutList', plural: 'rollouts', singular: 'rollout' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
        subresources: { status: {} },
      },
    ],
  },
};

/**
 * Sees to it that the API server knows Rollouts; what knows them already is left alone.
 *
 * @returns gives back what was made
 */
export async function serveRollouts(space: ContractNamespace): Promise<() => Promise<void>> {
  const isServed = async () => {
    const { status, body } = await space.administrator(`/apis/${group}/v1alpha1`);
    const kinds: Array<{ kind: string }> = status === 200 ? body.resources : [];
    return kinds.some(({ kind }) => kind === 'Rollout');
  };
  if (await isServed()) return async () => {};
  await space.ok(definitions, { object: definition });
  await eventually(
    async () => {
      if (!(await isServed())) throw new Error('Rollouts are not served yet');
    },
    20,
    'the definition of Rollouts',
  );
  return async () => {
    await space.ok(`${definitions}/${definition.metadata.name}`, { method: 'DELETE' });
  };
}
