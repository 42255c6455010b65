import { mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { plainFailures } from './plainFailures';

const failing = (error: unknown) => ({
  id: 'tenants:x',
  handler: async () => {
    throw error;
  },
});

async function failureOf(error: unknown, logger = mockServices.logger.mock()): Promise<Error> {
  const { handler } = plainFailures(logger, failing(error));
  return handler().then(
    () => new Error('it passed'),
    (thrown: Error) => thrown,
  );
}

describe('plainFailures', () => {
  it('leaves nothing but the message of a refusal', async () => {
    const logger = mockServices.logger.mock();
    const failure = await failureOf(new InputError('owner: there is no such group'), logger);
    expect(failure).toBeInstanceOf(InputError);
    expect(failure.stack).toBe('owner: there is no such group');
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('keeps the stack of a fault in the log of the portal', async () => {
    const logger = mockServices.logger.mock();
    const stacks: string[] = [];
    logger.error.mockImplementation((_, error) => stacks.push((error as Error).stack ?? ''));
    const failure = await failureOf(new Error('boom'), logger);
    expect(failure.stack).toBe('boom');
    expect(stacks[0]).toContain('plainFailures.test');
  });

  it('lets pass what does not fail', async () => {
    const handler = jest.fn(async () => undefined);
    await plainFailures(mockServices.logger.mock(), { id: 'tenants:x', handler }).handler();
    expect(handler).toHaveBeenCalled();
  });
});
