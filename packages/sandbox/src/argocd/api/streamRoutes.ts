import { Application, controlPlaneNamespace, instanceName } from '../application';
import { projectOf } from '../controller/parseApplication';
import { isNewer } from '../kubernetes/types';
import { readSelector } from './applicationRoutes';
import { ApiContext } from './context';
import { parseFields, selectFields } from './fieldSelection';
import { findApplication } from './findApplication';
import { presentApplication, withResourceHealth } from './presentApplication';
import { Call, Route } from './router';

/** A comment line keeps an event stream open; milliseconds. */
const keepaliveInterval = 15_000;

/** A client that does not read loses events, as with the real server; bytes. */
const maximumBacklog = 8 * 1024 * 1024;

/** The streams. A connection stays open until the client or the server ends it. */
export function streamRoutes(context: ApiContext): Route[] {
  const base = '/api/v1/stream/applications';
  return [
    { method: 'GET', pattern: base, handle: async call => streamApplications(call, context) },
    {
      method: 'GET',
      pattern: `${base}/{name}/resource-tree`,
      handle: async call => streamTree(call, context),
    },
  ];
}

function streamApplications(call: Call, context: ApiContext): undefined {
  const { controller, cache } = context;
  const { query } = call;
  const matches = readSelector(call, 'labels with selectors');
  const projects = [...query.getAll('projects'), ...query.getAll('project')].filter(Boolean);
  const name = query.get('name');
  const namespace = query.get('appNamespace') || controlPlaneNamespace;
  const version = query.get('resourceVersion');
  const send = openStream(call);

  const offer = (type: 'ADDED' | 'MODIFIED' | 'DELETED', application: Application) => {
    const { metadata } = application;
    if (name && (metadata.name !== name || metadata.namespace !== namespace)) return;
    if (projects.length > 0 && !projects.includes(projectOf(application))) return;
    if (version && isNewer(version, metadata.resourceVersion)) return;
    if (!matches(metadata.labels)) return;
    const tree = controller.runtime(instanceName(application))?.tree;
    const shown = withResourceHealth(presentApplication(application), tree);
    send({ type, application: shown }, instanceName(application));
  };
  // With a version the client knows the state; for a single application it is told again all the same.
  if (!version || name) {
    for (const application of controller.applications()) offer('ADDED', application);
  }
  const unsubscribe = cache.subscribe(({ type, object }) => {
    if (object.kind !== 'Application') return;
    offer(type, object as Application);
  });
  call.response.on('close', unsubscribe);
  return undefined;
}

function streamTree(call: Call, context: ApiContext): undefined {
  const name = instanceName(findApplication(call, context.controller));
  const send = openStream(call);
  const offer = () => send(context.controller.runtime(name)?.tree ?? {}, name);
  offer();
  const timer = setInterval(offer, 500);
  call.response.on('close', () => clearInterval(timer));
  return undefined;
}

/**
 * Prepares a response for messages. The head goes out with the first message and not before, as with the real server.
 * @returns how to send one; a message equal to the last one of the same key is left out.
 */
function openStream({ request, response, query }: Call): (message: unknown, key: string) => void {
  const fields = parseFields(query.get('fields'));
  const asEvents = request.headers.accept === 'text/event-stream';
  response.setHeader('Content-Type', asEvents ? 'text/event-stream' : 'application/json');
  if (asEvents) {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const timer = setInterval(() => response.write(':\n'), keepaliveInterval);
    response.on('close', () => clearInterval(timer));
  }
  const last = new Map<string, string>();
  return (message, key) => {
    if (response.destroyed || response.writableLength > maximumBacklog) return;
    const result = { result: message };
    const text = JSON.stringify(fields ? selectFields(result, fields) : result);
    if (last.get(key) === text) return;
    last.set(key, text);
    response.write(asEvents ? `data: ${text} \n\n\n` : `${text}\n`);
  };
}
