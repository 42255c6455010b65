import type { EventParams } from '@backstage/plugin-events-node';
import type { GitopsConfig } from '@internal/gitops';
import { z } from 'zod';

/** The parts of GitHub's push payload that say which branch moved (docs.github.com/webhooks, event "push"). */
const pushSchema = z.object({
  ref: z.string(),
  repository: z.object({ full_name: z.string() }),
});

/** Topics on which pushes arrive: routed by event type, or unrouted when the router module is not installed. */
export const pushTopics = ['github.push', 'github'];

/** True when the event is a push to the branch that the tenants' files are on. */
export function isPushTo(gitops: GitopsConfig, event: EventParams): boolean {
  const type = event.metadata?.['x-github-event'];
  if (event.topic === 'github' && type !== 'push') return false;
  const push = pushSchema.safeParse(event.eventPayload);
  if (!push.success) return false;
  const slug = `${gitops.repository.owner}/${gitops.repository.name}`;
  return (
    push.data.ref === `refs/heads/${gitops.branch}` &&
    push.data.repository.full_name.toLowerCase() === slug.toLowerCase()
  );
}
