import type { EventsService } from '@backstage/plugin-events-node';
import { onboardingTopic } from '@internal/plugin-tenant-releases-node';

/** What changes where an onboarding stands: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const webhooks = ['pull_request', 'pull_request_review', 'check_run', 'check_suite', 'status'].map(
  event => `github.${event}`,
);

/**
 * Calls back when the portal has opened a pull request, and for each webhook that may concern one. The events backend has checked its signature; whose
 * repository it is does not matter, since all that follows is a look.
 */
export async function subscribeToPulls(events: EventsService, onChange: () => void): Promise<void> {
  await events.subscribe({
    id: 'tenant-releases-pull-requests',
    topics: [onboardingTopic, ...webhooks],
    onEvent: async () => onChange(),
  });
}
