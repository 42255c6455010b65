import express from 'express';
import type { StartServer } from '../settings';
import { tokenOwners } from './api/authenticate';
import type { ForgeContext } from './api/context';
import { Links } from './api/links';
import { apiRouter } from './api/router';
import { startChecks } from './checks/checkRunner';
import { openForge } from './forge';
import { githubLimits } from './limits';
import { listen } from './listen';
import { noticeBranches } from './model/branches';
import { portalBot } from './people';
import { pageErrors } from './pages/pageErrors';
import { pageRouter } from './pages/router';
import { registryRoutes } from './registry';
import { smartHttpRoutes } from './smartHttp';
import { startWebhooks } from './webhooks/webhooks';

function log(line: string): void {
  console.log(`forge: ${line}`);
}

/**
 * Starts the embedded Git forge: GitHub's API, Git over HTTP, the registry's manifests, webhooks, checks and pages.
 *
 * @throws Error in one line when Git is missing or too old, or the port is taken.
 */
export const startForge: StartServer = async settings => {
  const forge = await openForge(settings);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // The addresses in the answers need the port, so the routes come after it; who is early waits for them.
  let open: () => void = () => undefined;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  let server;
  try {
    server = await listen(settings.ports.forge, (req, res) => {
      opened.then(() => app(req, res));
    });
  } catch (error) {
    await forge.close();
    throw error;
  }
  const links = new Links(`http://localhost:${server.port}`);
  const owners = tokenOwners(settings);
  const context: ForgeContext = {
    forge,
    links,
    limits: { ...githubLimits, ...settings.forgeLimits },
    loginOfToken: token => owners.get(token),
  };

  const webhooks = startWebhooks(forge, links, settings, log);
  const checks = startChecks(forge, settings.tools.helm, log);
  // What was pushed just before a crash is noticed and told now.
  for (const repository of forge.list()) {
    await noticeBranches(repository, { actor: portalBot.login, at: new Date() });
  }
  forge.listen(event => {
    if (event.type === 'pull_request') {
      log(`acme/${event.repository}#${event.pull.number} ${event.action} by ${event.actor}`);
    } else {
      const to = event.after?.slice(0, 7) ?? 'removed';
      log(`acme/${event.repository} ${event.branch} -> ${to} by ${event.actor}`);
    }
  });

  app.use('/api', apiRouter(context));
  app.use(registryRoutes(settings.stateDir));
  app.use(smartHttpRoutes(context, settings.tools.git));
  app.use(pageRouter(context));
  app.use(pageErrors);
  open();
  return {
    url: links.url,
    close: async () => {
      await server.close();
      await checks.close();
      await webhooks.close();
      await forge.close();
    },
  };
};
