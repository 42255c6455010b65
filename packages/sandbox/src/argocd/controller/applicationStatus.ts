import {
  ApplicationStatus,
  Condition,
  controlPlaneNamespace,
  HealthCode,
  isMultiSource,
} from '../application';
import { withoutUndefined } from '../json/json';
import { Comparison } from './compareApplication';
import { setConditions } from './conditions';

/** The status after a comparison. */
export function statusAfterComparison(
  before: ApplicationStatus,
  input: {
    comparison: Comparison;
    health: HealthCode;
    images: string[];
    syncError?: Condition;
    /** Whether Git was looked at for this; then `reconciledAt` moves. */
    withGit: boolean;
    now: string;
  },
): ApplicationStatus {
  const { comparison, now } = input;
  const found = [...comparison.conditions, ...(input.syncError ? [input.syncError] : [])];
  return withoutUndefined<ApplicationStatus>({
    ...before,
    resources: comparison.resources.length > 0 ? comparison.resources : undefined,
    sync: comparison.sync,
    health: healthOf(before, input.health, now),
    conditions: setConditions(
      before.conditions,
      found,
      [
        'ComparisonError',
        'InvalidSpecError',
        'UnknownError',
        'SyncError',
        'SharedResourceWarning',
        'RepeatedResourceWarning',
      ],
      now,
    ),
    reconciledAt: input.withGit || !before.reconciledAt ? now : before.reconciledAt,
    ...sourceTypesOf(before, comparison),
    summary: input.images.length > 0 ? { images: input.images } : {},
    resourceHealthSource: 'appTree',
    controllerNamespace: controlPlaneNamespace,
  });
}

/** The status of an application whose spec is not acceptable: nothing can be said about it. */
export function statusAfterSpecErrors(
  before: ApplicationStatus,
  errors: Condition[],
  now: string,
): ApplicationStatus {
  return withoutUndefined<ApplicationStatus>({
    ...before,
    sync: { ...(before.sync ?? { comparedTo: { destination: {} } }), status: 'Unknown' },
    health: healthOf(before, 'Unknown', now),
    conditions: setConditions(before.conditions, errors, ['InvalidSpecError', 'UnknownError'], now),
  });
}

/** The status of an application whose repository has been away for long. */
export function statusAfterOutage(
  before: ApplicationStatus,
  reason: string,
  now: string,
): ApplicationStatus {
  const condition: Condition = {
    type: 'ComparisonError',
    message: `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${reason}`,
  };
  return {
    ...before,
    sync: { ...(before.sync ?? { comparedTo: { destination: {} } }), status: 'Unknown' },
    health: before.health ?? { status: 'Unknown', lastTransitionTime: now },
    conditions: setConditions(before.conditions, [condition], ['ComparisonError'], now),
  };
}

/** The status of an application that is being deleted and cannot be. */
export function statusAfterDeletionErrors(
  before: ApplicationStatus,
  errors: Condition[],
  now: string,
): ApplicationStatus {
  const found: Condition[] = errors.map(each => ({ ...each, type: 'DeletionError' }));
  return { ...before, conditions: setConditions(before.conditions, found, ['DeletionError'], now) };
}

/** What cannot be rendered keeps the types that it had. */
function sourceTypesOf(
  { sourceType, sourceTypes }: ApplicationStatus,
  comparison: Comparison,
): Pick<ApplicationStatus, 'sourceType' | 'sourceTypes'> {
  if (comparison.sourceTypes.length === 0) return { sourceType, sourceTypes };
  return isMultiSource(comparison.sync.comparedTo)
    ? { sourceType: undefined, sourceTypes: comparison.sourceTypes }
    : { sourceType: comparison.sourceTypes[0], sourceTypes: undefined };
}

function healthOf(
  before: ApplicationStatus,
  status: HealthCode,
  now: string,
): ApplicationStatus['health'] {
  const same = before.health?.status === status;
  return { status, lastTransitionTime: (same && before.health?.lastTransitionTime) || now };
}
