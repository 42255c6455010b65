import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { announced } from './announced';

const told = { topic: 'tenant-releases.onboarding', eventPayload: {} };

describe('announced', () => {
  let options: {
    events: ReturnType<typeof mockServices.events.mock>;
    logger: ReturnType<typeof mockServices.logger.mock>;
  };
  const handler = jest.fn(async (_: object) => undefined);
  const run = (isDryRun = false) =>
    announced(options, { id: 'tenants:x', handler }).handler({
      ...createMockActionContext(),
      isDryRun,
    });

  beforeEach(() => {
    handler.mockReset();
    options = { events: mockServices.events.mock(), logger: mockServices.logger.mock() };
  });

  it('tells of a pull request once it is open', async () => {
    handler.mockImplementation(async () => {
      expect(options.events.publish).not.toHaveBeenCalled();
      return undefined;
    });
    await run();
    expect(handler).toHaveBeenCalledTimes(1);
    expect(options.events.publish.mock.calls).toEqual([[told]]);
  });

  it('tells nothing of a dry run, and of one that failed', async () => {
    await run(true);
    handler.mockRejectedValue(new Error('refused'));
    await expect(run()).rejects.toThrow('refused');
    expect(options.events.publish).not.toHaveBeenCalled();
  });

  it('does not fail when nobody can be told', async () => {
    options.events.publish.mockRejectedValue(new Error('away'));
    await run();
    expect(options.logger.warn).toHaveBeenCalledTimes(1);
  });
});
