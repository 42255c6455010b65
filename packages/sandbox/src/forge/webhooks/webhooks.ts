import type { SandboxSettings } from '../../settings';
import { Links } from '../api/links';
import type { Forge } from '../forge';
import type { ForgeEvent } from '../model/events';
import { Receiver } from './deliver';
import { pullPayload, pushPayload } from './payload';

/** Sends GitHub's webhooks about everything that happens from now on: pushes to the portal and Argo CD, pull requests to the portal. */
export function startWebhooks(
  forge: Forge,
  links: Links,
  settings: Pick<SandboxSettings, 'ports' | 'webhookSecret'>,
  log: (line: string) => void,
): { close(): Promise<void> } {
  const receiver = (port: number, path: string) =>
    port === 0
      ? []
      : [new Receiver(`http://localhost:${port}${path}`, settings.webhookSecret, log)];
  const portal = receiver(settings.ports.portal, '/api/events/http/github');
  const argocd = receiver(settings.ports.argocd, '/api/webhook');
  // Payloads are made one after the other, so that they leave in the order of the events.
  let last: Promise<void> = Promise.resolve();

  const announce = async (event: ForgeEvent) => {
    const repository = forge.repository(event.repository);
    if (!repository) {
      return;
    }
    if (event.type === 'push') {
      const payload = await pushPayload(links, repository, event);
      [...portal, ...argocd].forEach(one => one.send({ event: 'push', payload }));
    } else {
      const payload = await pullPayload(links, repository, event);
      portal.forEach(one => one.send({ event: 'pull_request', payload }));
    }
  };

  forge.listen(event => {
    last = last
      .then(() => announce(event))
      .catch(error =>
        log(`webhook about ${event.repository} not sent: ${(error as Error).message}`),
      );
  });
  return {
    close: async () => {
      await last;
      await Promise.all([...portal, ...argocd].map(one => one.close()));
    },
  };
}
