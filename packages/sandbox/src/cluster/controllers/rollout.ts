import { Deployment } from '../model/workloads';

/** What a rollout needs to know of a ReplicaSet. */
export interface SetCounts {
  name: string;
  /** spec.replicas: what it was told to have. */
  replicas: number;
  available: number;
}

/** New spec.replicas of a ReplicaSet. */
export interface Scaling {
  name: string;
  replicas: number;
}

/** A count, or a percentage of `total` rounded up or down. */
function resolve(value: number | string | undefined, total: number, round: (x: number) => number) {
  if (typeof value === 'number') {
    return value;
  }
  const percent = /^(\d+)%$/.exec(value ?? '0%');
  return percent ? round((Number(percent[1]) * total) / 100) : 0;
}

/** How many pods a rolling update may have too many and too few. */
export function rolloutLimits(spec: Deployment['spec']): { surge: number; unavailable: number } {
  if (spec.strategy.type === 'Recreate') {
    return { surge: 0, unavailable: spec.replicas };
  }
  const { maxSurge, maxUnavailable } = spec.strategy.rollingUpdate ?? {};
  const surge = resolve(maxSurge, spec.replicas, Math.ceil);
  const unavailable = resolve(maxUnavailable, spec.replicas, Math.floor);
  // Both zero would never move.
  return surge === 0 && unavailable === 0
    ? { surge, unavailable: 1 }
    : { surge, unavailable: Math.min(unavailable, spec.replicas) };
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

function scaleUp(
  spec: Deployment['spec'],
  current: SetCounts,
  old: SetCounts[],
  surge: number,
): number {
  if (current.replicas >= spec.replicas) {
    return spec.replicas;
  }
  const total = current.replicas + sum(old.map(set => set.replicas));
  const room = Math.max(0, spec.replicas + surge - total);
  return Math.min(spec.replicas, current.replicas + room);
}

/** Takes up to `budget` away from the sets in their order, from each at most what `limit` says. */
function takeAway(
  sets: SetCounts[],
  budget: number,
  limit: (set: SetCounts) => number,
): { sets: SetCounts[]; taken: number } {
  let left = budget;
  const result = sets.map(set => {
    const taken = Math.max(0, Math.min(left, limit(set)));
    left -= taken;
    return { ...set, replicas: set.replicas - taken };
  });
  return { sets: result, taken: budget - left };
}

function scaleDownOld(
  spec: Deployment['spec'],
  current: SetCounts,
  old: SetCounts[],
  unavailable: number,
): SetCounts[] {
  const minimum = spec.replicas - unavailable;
  const total = current.replicas + sum(old.map(set => set.replicas));
  const notYet = Math.max(0, current.replicas - current.available);
  const budget = total - minimum - notYet;
  if (budget <= 0) {
    return old;
  }
  // Pods that do not work are no loss: they go first.
  const cleaned = takeAway(old, budget, set => set.replicas - set.available).sets;
  const available =
    current.available + sum(cleaned.map(set => Math.min(set.available, set.replicas)));
  return available > minimum
    ? takeAway(cleaned, available - minimum, set => set.replicas).sets
    : cleaned;
}

/**
 * The next step of a rollout, as the deployment controller of Kubernetes takes it (pkg/controller/deployment/rolling.go,
 * recreate.go): which sets to scale and to what.
 * @param current - the set with the wanted template
 * @param old - the others, oldest first
 * @param oldPods - pods of the old sets that still exist, ending ones included (Recreate waits for them)
 */
export function planRollout(
  spec: Deployment['spec'],
  current: SetCounts,
  old: SetCounts[],
  oldPods: number,
): Scaling[] {
  const limits = rolloutLimits(spec);
  const before = [current, ...old];
  let after: SetCounts[];
  if (spec.paused) {
    // A paused deployment is still scaled, the set in use only.
    const active = before.filter(set => set.replicas > 0);
    const inUse = active.length === 1 ? active[0] : undefined;
    after = before.map(set => (set === inUse ? { ...set, replicas: spec.replicas } : set));
  } else if (spec.strategy.type === 'Recreate') {
    after = [
      { ...current, replicas: oldPods > 0 ? current.replicas : spec.replicas },
      ...old.map(set => ({ ...set, replicas: 0 })),
    ];
  } else {
    const replicas = scaleUp(spec, current, old, limits.surge);
    after =
      replicas !== current.replicas
        ? [{ ...current, replicas }, ...old]
        : [current, ...scaleDownOld(spec, current, old, limits.unavailable)];
  }
  return after
    .filter((set, index) => set.replicas !== before[index].replicas)
    .map(({ name, replicas }) => ({ name, replicas }));
}
