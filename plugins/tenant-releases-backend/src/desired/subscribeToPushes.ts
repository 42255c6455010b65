import type { EventsService } from '@backstage/plugin-events-node';
import type { GitopsConfig, GithubApi } from '@internal/gitops';
import { z } from 'zod';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const pushSchema = z.object({
  ref: z.string(),
  repository: z.object({ full_name: z.string(), html_url: z.string().optional() }),
});

/**
 * Calls back for each push to the GitOps branch that a webhook tells of. The events backend has checked its signature.
 *
 * @param source - id of the repository's source among several; then a repository of that name on another host is another one
 */
export async function subscribeToPushes(
  events: EventsService,
  { gitops: { repository, branch }, api }: { gitops: GitopsConfig; api: Pick<GithubApi, 'moved'> },
  onPush: () => void,
  source?: string,
): Promise<void> {
  await events.subscribe({
    id: source === undefined ? 'tenant-releases' : `tenant-releases-${source.replace(':', '-')}`,
    topics: ['github.push'],
    onEvent: async ({ eventPayload }) => {
      const push = pushSchema.safeParse(eventPayload).data;
      // The webhook of a repository that was renamed tells its new name.
      const names = [`${repository.owner}/${repository.name}`, api.moved()?.to];
      const name = push?.repository.full_name.toLowerCase();
      const isOurs =
        push?.ref === `refs/heads/${branch}` && names.some(ours => ours?.toLowerCase() === name);
      const page = push?.repository.html_url;
      const host = source === undefined || !page ? undefined : URL.parse(page)?.host;
      if (isOurs && (host === undefined || host === repository.host)) onPush();
    },
  });
}
