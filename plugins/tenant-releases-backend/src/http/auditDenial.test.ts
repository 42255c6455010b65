import { mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError, NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { Request } from 'express';
import { HiddenReleaseError } from '../permissions/HiddenReleaseError';
import { auditDenial } from './auditDenial';
import type { Route } from './Route';

const route = { operationId: 'listLogs', permission: 'tenant-releases.logs.read' } as Route;
const request = {} as Request;

describe('auditDenial', () => {
  const logger = mockServices.logger.mock();
  const fail = jest.fn();
  const auditor = mockServices.auditor.mock();

  beforeEach(() => {
    jest.resetAllMocks();
    auditor.createEvent.mockResolvedValue({ fail, success: jest.fn() });
  });

  const note = (error: unknown, params: Record<string, string>, of: Route = route) =>
    auditDenial({ auditor, logger }, of, request, params, error);
  const noted = () => auditor.createEvent.mock.calls.map(([{ meta }]) => meta);

  it.each<[error: Error, reason: string]>([
    [new HiddenReleaseError(true), 'not allowed'],
    [new HiddenReleaseError(false), 'not there'],
    [new NotAllowedError('no'), 'not allowed'],
  ])('notes %s: %s', async (error, reason) => {
    await note(error, { tenant: 'tenant-a', service: 'demo-api' });
    expect(noted()).toEqual([
      {
        operation: 'listLogs',
        permission: 'tenant-releases.logs.read',
        tenant: 'tenant-a',
        service: 'demo-api',
        reason,
      },
    ]);
    expect(fail).toHaveBeenCalledWith({ error });
    expect(logger.error).not.toHaveBeenCalled();
  });

  it.each([
    new NotFoundError('No such panel'),
    new ServiceUnavailableError('Git does not answer'),
    new Error('oops'),
    undefined,
  ])('notes nothing for what is no refusal: %s', async error => {
    await note(error, { tenant: 'tenant-a' });
    expect(noted()).toEqual([]);
  });

  it('notes what there is of a call that names neither a service nor a permission', async () => {
    await note(new HiddenReleaseError(true), { tenant: 'a' }, { ...route, permission: undefined });
    expect(noted()).toEqual([
      { operation: 'listLogs', permission: '', tenant: 'a', reason: 'not allowed' },
    ]);
  });

  it('tells the log when the audit log cannot be written, and throws nothing', async () => {
    const failure = new Error('disk full');
    auditor.createEvent.mockRejectedValue(failure);
    await note(new HiddenReleaseError(true), { tenant: 'tenant-a' });
    expect(logger.error).toHaveBeenCalledWith(
      'A refused release could not be written to the audit log',
      failure,
    );
  });
});
