import { z } from 'zod';
import { parseLeniently } from '../upstream/parseLeniently';
import type { ManagedResources } from './resourceSchemas';

const text = z.string().nullish();
const count = z.int().min(0).nullish();
const template = z
  .object({
    spec: z.object({ containers: z.array(z.object({ image: text })).nullish() }).nullish(),
  })
  .nullish();

/**
 * The parts of a workload that tell which pods are wanted:
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ and, of a Rollout,
 * https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
const workloadSchema = z.object({
  spec: z
    .object({
      replicas: count,
      paused: z.boolean().nullish(),
      suspend: z.boolean().nullish(),
      progressDeadlineSeconds: count,
      template,
      jobTemplate: z.object({ spec: z.object({ template }).nullish() }).nullish(),
      workloadRef: z.object({ kind: text, name: text }).nullish(),
      updateStrategy: z
        .object({ type: text, rollingUpdate: z.object({ partition: count }).nullish() })
        .nullish(),
      strategy: z
        .object({
          blueGreen: z.object({}).nullish(),
          canary: z.object({ steps: z.array(z.unknown()).nullish() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  status: z
    .object({
      desiredNumberScheduled: count,
      currentStepIndex: count,
      pauseConditions: z.array(z.unknown()).nullish(),
      phase: text,
      stableRS: text,
      currentPodHash: text,
    })
    .nullish(),
});

/** A resource of an Application, with what of it is there; `state` is absent when nothing is, or it tells nothing. */
export interface Workload {
  kind: string;
  name: string;
  state?: z.infer<typeof workloadSchema>;
}

/** The resources of an Application that are no hooks. */
export function workloadsOf({ items }: ManagedResources): Workload[] {
  return (items ?? [])
    .filter(({ hook }) => !hook)
    .map(({ kind, name, liveState, normalizedLiveState }) => ({
      kind,
      name,
      state: stateOf(liveState ?? normalizedLiveState),
    }));
}

function stateOf(state: string | undefined): Workload['state'] {
  if (!state || state === 'null') return undefined;
  try {
    return parseLeniently(workloadSchema, JSON.parse(state)).data;
  } catch {
    // A state that is no JSON tells nothing.
    return undefined;
  }
}
