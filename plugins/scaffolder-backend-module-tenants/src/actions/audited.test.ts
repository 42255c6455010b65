import { mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { audited } from './audited';

function setUp(handler: () => Promise<void>) {
  const event = { success: jest.fn(async () => {}), fail: jest.fn(async () => {}) };
  const auditor = mockServices.auditor.mock({ createEvent: async () => event });
  const action = audited(
    auditor,
    createTemplateAction({
      id: 'tenants:claim',
      description: '',
      supportsDryRun: true,
      schema: { input: { name: z => z.string() } },
      handler,
    }),
  );
  const run = (isDryRun = false) =>
    action.handler({
      ...createMockActionContext({ input: { name: 'a'.repeat(1000) }, task: { id: 'task-1' } }),
      user: { ref: 'user:default/ada' },
      isDryRun,
    } as never);
  return { event, auditor, run };
}

describe('audited', () => {
  it('notes who did what, for which tenant', async () => {
    const { event, auditor, run } = setUp(async () => {});
    await run();
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: 'tenant-onboard',
      severityLevel: 'medium',
      meta: {
        action: 'tenants:claim',
        task: 'task-1',
        user: 'user:default/ada',
        tenant: 'a'.repeat(60),
      },
    });
    expect(event.success).toHaveBeenCalledTimes(1);
    expect(event.fail).not.toHaveBeenCalled();
  });

  it('notes a refusal, and passes it on', async () => {
    const error = new NotAllowedError('You may not onboard tenants');
    const { event, run } = setUp(async () => {
      throw error;
    });
    await expect(run()).rejects.toBe(error);
    expect(event.fail).toHaveBeenCalledWith({ error });
    expect(event.success).not.toHaveBeenCalled();
  });

  it('does not note a dry run', async () => {
    const { auditor, run } = setUp(async () => {});
    await run(true);
    expect(auditor.createEvent).not.toHaveBeenCalled();
  });
});
