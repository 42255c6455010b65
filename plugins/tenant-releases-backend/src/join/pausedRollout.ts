import { finding, type Finding } from './releaseFindings';
import type { ApplicationState } from './releaseParts';

/** Workloads whose pause keeps a version from some pods; a CronJob or a ScaledObject that is paused does not. */
const rollouts = ['Rollout', 'Deployment'];

/**
 * Whether the rollout of the service waits by somebody's wish. Argo CD calls the whole Application Suspended when anything
 * in it is; while nobody has told what that is, it is the rollout.
 */
export function isRolloutPaused({ health, workloads }: ApplicationState): boolean {
  if (health.status !== 'Suspended') return false;
  const { paused } = workloads ?? {};
  return paused === undefined || (paused !== false && rollouts.includes(paused.kind));
}

/** Argo CD calls Suspended what waits by somebody's wish: a canary step, an analysis, a paused Deployment. */
export function pausedFinding({ healthSince, workloads }: ApplicationState, run: string): Finding {
  const { step, steps } = workloads?.paused || {};
  const of = steps === undefined ? '' : ` of ${steps}`;
  const at = step === undefined ? '' : ` at step ${step}${of}`;
  const text = `Paused${at}: ${run}. It waits for approval or analysis.`;
  return finding('progressing', 'ROLLOUT_PAUSED', text, healthSince);
}
