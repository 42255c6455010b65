import { ServerResponse } from 'node:http';
import { instanceName } from '../application';
import { ClusterCache } from '../kubernetes/clusterCache';
import { ApplicationController } from '../controller/applicationController';
import { html, page, pageHeaders } from '../../pages';
import { expositionType } from '../../prometheus/exposition';
import { applicationMetrics } from '../metrics';
import { applicationPage } from './applicationPage';
import { applicationsPage } from './applicationsPage';

/** Answers everything outside of the API: the pages, at the addresses of the real user interface. */
export function servePage(
  path: string,
  response: ServerResponse,
  { controller, cache }: { controller: ApplicationController; cache: ClusterCache },
): void {
  if (path === '/healthz') {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end('ok');
    return;
  }
  // The real one has them on another port, of its controller.
  if (path === '/metrics') {
    response
      .writeHead(200, { 'Content-Type': expositionType })
      .end(applicationMetrics(controller.applications()));
    return;
  }
  if (path === '/') {
    response.writeHead(302, { Location: '/applications' }).end();
    return;
  }
  const send = (status: number, text: string) => response.writeHead(status, pageHeaders).end(text);
  if (path === '/applications' || path === '/applications/') {
    send(200, applicationsPage(controller.applications(), cache.connected));
    return;
  }
  const match = /^\/applications\/(?:([^/]+)\/)?([^/]+)\/?$/.exec(path);
  const name = match ? decode(match[2]) : undefined;
  const namespace = match?.[1] ? decode(match[1]) : undefined;
  const application =
    name === undefined
      ? undefined
      : controller.application(instanceName({ metadata: { name, namespace } }));
  if (application) {
    send(
      200,
      applicationPage(
        application,
        controller.runtime(instanceName(application))?.tree,
        cache.connected,
      ),
    );
    return;
  }
  const body = html`<p>There is no such page. <a href="/applications">All applications</a></p>`;
  send(404, page('Not found', 'Argo CD', body.text));
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
