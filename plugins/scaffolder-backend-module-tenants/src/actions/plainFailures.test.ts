import { mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { UpstreamError } from '@internal/gitops';
import { ForgeError } from '../repository/ForgeError';
import { plainFailures, unforeseen } from './plainFailures';

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

  it.each<[string, unknown, string]>([
    [
      'a path and an address',
      new Error('Cannot read "/srv/portal/x.yaml" of https://ghe.internal:8443/api/v3 at 10.0.0.7'),
      'Cannot read "[path]" of [address] at [address]',
    ],
    ['several lines', new Error('one\n    at two'), 'one at two'],
    [
      'an error of the system',
      Object.assign(new Error('open /tmp/x'), { code: 'ENOENT' }),
      unforeseen,
    ],
    ['a fault of ours', new TypeError("reading 'x' of undefined"), unforeseen],
    ['an odd answer', Object.assign(new Error('[{...}]'), { issues: [] }), unforeseen],
    [
      'a refusal of the Git host',
      new ForgeError(
        'GET /repos/{owner}/{repo}/pulls',
        new UpstreamError('server-error', 'of a proxy', undefined, undefined, {
          status: 502,
          text: '',
        }),
      ),
      'The Git host answered 502 to GET /repos/{owner}/{repo}/pulls',
    ],
    [
      'a Git host that is away',
      new ForgeError('GET /x', new UpstreamError('unreachable', 'connection failed: ECONNRESET')),
      'The Git host did not answer GET /x',
    ],
    [
      'a page to sign in in place of the Git host',
      new ForgeError('GET /x', new UpstreamError('bad-answer', 'answer is not JSON')),
      "The Git host did not answer GET /x as GitHub's API does",
    ],
  ])('tells of %s one sentence, without paths and addresses', async (_, error, words) => {
    const failure = await failureOf(error);
    expect(failure.message).toBe(words);
    expect(failure.message).not.toMatch(/work|tmp|internal|10\.0/);
    expect(failure.stack).toBe(failure.message);
  });

  it('lets pass what does not fail', async () => {
    const handler = jest.fn(async () => undefined);
    await plainFailures(mockServices.logger.mock(), { id: 'tenants:x', handler }).handler();
    expect(handler).toHaveBeenCalled();
  });
});
