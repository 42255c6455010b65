import { Kubectl } from './kubectl.ts';
import type { KubernetesObject } from './objects.ts';

const admin = new Kubectl();
const label = 'tenant-platform-conformance';

/**
 * Volumes for what StatefulSets claim, in a cluster that makes none by itself. They go with their claims: the folder is below /tmp,
 * which is the condition for the controller manager to delete a volume of the kind hostPath.
 */
export async function provideVolumes(objects: KubernetesObject[]): Promise<void> {
  const classes = await admin.list('storageclasses');
  const isDefault = 'storageclass.kubernetes.io/is-default-class';
  if (classes.some(({ metadata }) => metadata.annotations?.[isDefault] === 'true')) return;
  await admin.output(['delete', 'pv', '-l', `app=${label}`, '--ignore-not-found']);
  const volumes = objects
    .filter(({ kind }) => kind === 'StatefulSet')
    .flatMap(({ metadata, spec }) =>
      (spec.volumeClaimTemplates ?? []).flatMap((claim: KubernetesObject) =>
        Array.from({ length: spec.replicas }, (_, index) =>
          volume(`${label}-${metadata.name}-${claim.metadata.name}-${index}`, claim),
        ),
      ),
    );
  await admin.output(
    ['create', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: volumes }),
  );
}

function volume(name: string, { spec }: KubernetesObject): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, labels: { app: label } },
    spec: {
      accessModes: spec.accessModes,
      capacity: { storage: spec.resources.requests.storage },
      persistentVolumeReclaimPolicy: 'Delete',
      hostPath: { path: `/tmp/${name}` },
    },
  };
}
