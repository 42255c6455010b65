import type { EventsService } from '@backstage/plugin-events-node';
import type { GitopsConfig } from '@internal/plugin-tenant-releases-common';
import { z } from 'zod';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const pushSchema = z.object({
  ref: z.string(),
  repository: z.object({ full_name: z.string() }),
});

/** Calls back for each push to the GitOps branch that a webhook tells of. The events backend has checked its signature. */
export async function subscribeToPushes(
  events: EventsService,
  { repository, branch }: GitopsConfig,
  onPush: () => void,
): Promise<void> {
  await events.subscribe({
    id: 'tenant-releases',
    topics: ['github.push'],
    onEvent: async ({ eventPayload }) => {
      const push = pushSchema.safeParse(eventPayload).data;
      const isOurs =
        push?.ref === `refs/heads/${branch}` &&
        push.repository.full_name.toLowerCase() ===
          `${repository.owner}/${repository.name}`.toLowerCase();
      if (isOurs) onPush();
    },
  });
}
