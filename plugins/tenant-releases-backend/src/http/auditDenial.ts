import type { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import type { Request } from 'express';
import { HiddenReleaseError } from '../permissions/HiddenReleaseError';
import type { Route } from './Route';

/** What {@link auditDenial} needs. */
export interface AuditOptions {
  auditor: AuditorService;
  logger: LoggerService;
}

/**
 * Notes in the audit log that somebody was refused a release, and which one. Names that lead nowhere are noted as well: they
 * are what somebody tries who looks for other tenants. The answer takes the same time and the same way for both.
 */
export async function auditDenial(
  { auditor, logger }: AuditOptions,
  { operationId, permission }: Route,
  request: Request,
  params: Record<string, string>,
  error: unknown,
): Promise<void> {
  if (!(error instanceof HiddenReleaseError || error instanceof NotAllowedError)) return;
  const known = error instanceof HiddenReleaseError ? error.exists : true;
  const { tenant, service } = params;
  try {
    const event = await auditor.createEvent({
      eventId: 'release-access',
      severityLevel: 'medium',
      request,
      meta: {
        operation: operationId,
        permission: permission ?? '',
        tenant,
        ...(service ? { service } : {}),
        reason: known ? 'not allowed' : 'not there',
      },
    });
    await event.fail({ error });
  } catch (failure) {
    // A refusal stays a refusal, whatever becomes of the log.
    logger.error('A refused release could not be written to the audit log', toError(failure));
  }
}
