import type { EventsService, EventsServiceSubscribeOptions } from '@backstage/plugin-events-node';
import { readGitopsConfig } from '@internal/gitops';
import { subscribeToPushes } from './subscribeToPushes';

const gitops = readGitopsConfig({
  getOptional: key =>
    key.endsWith('repository') ? 'https://git.example.com/acme/platform' : undefined,
});

describe('subscribeToPushes', () => {
  it.each([
    ['a push to the branch', 'refs/heads/main', 'Acme/Platform', 1],
    ['a push to another branch', 'refs/heads/feature', 'acme/platform', 0],
    ['a push to another repository', 'refs/heads/main', 'acme/demo-api', 0],
    ['a push under the name that it has now', 'refs/heads/main', 'acme-eu/platform', 1],
    ['something else', undefined, 'acme/platform', 0],
  ])('%s', async (_, ref, fullName, times) => {
    let subscription: EventsServiceSubscribeOptions | undefined;
    const events: EventsService = {
      publish: jest.fn(),
      subscribe: async options => {
        subscription = options;
      },
    };
    const onPush = jest.fn();
    const api = { moved: () => ({ to: 'acme-eu/platform' }) };
    await subscribeToPushes(events, { gitops, api }, onPush);
    expect(subscription?.topics).toEqual(['github.push']);
    const eventPayload = { ref, repository: { full_name: fullName } };
    await subscription?.onEvent({ topic: 'github.push', eventPayload });
    expect(onPush).toHaveBeenCalledTimes(times);
  });
});
