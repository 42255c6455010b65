import { ServerResponse } from 'node:http';
import { Clock } from '../model/clock';
import { KubernetesObject } from '../model/objects';
import { Resource, apiVersionOf } from '../model/resources';
import { expired } from '../model/statusError';
import { Change, ObjectStore } from '../store/ObjectStore';
import { watchOptions } from './listOptions';
import { matcherOf } from './read';
import { ResourceRequest } from './requestInfo';
import { TableOptions, toTable } from './tables/table';

const bookmarkMilliseconds = 30_000;
const defaultTimeoutSeconds = 1800;
/** A reader that is this far behind is cut off and has to list again; bytes. */
const maximumBacklog = 16 * 1024 * 1024;

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: KubernetesObject;
}

/** What a change of the store means to a watch that sees only some objects. */
export function visibleEvent(
  change: Change,
  matches: (object: KubernetesObject) => boolean,
): WatchEvent | undefined {
  const { object, previous, type } = change;
  const isSeen = type !== 'DELETED' && matches(object);
  const wasSeen = previous !== undefined && matches(previous);
  if (isSeen) {
    return { type: wasSeen ? 'MODIFIED' : 'ADDED', object };
  }
  return wasSeen ? { type: 'DELETED', object } : undefined;
}

function bookmarkObject(resource: Resource, revision: number, initialEnd: boolean) {
  return {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: String(revision),
      creationTimestamp: null,
      ...(initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
    },
  };
}

/**
 * Answers a watch: one JSON object a line, from the asked version on; without a version, or with "0", the present
 * objects come first. A version that the history does not reach is one ERROR event (410 Expired), and one that
 * is still to come is waited for, as from the real one.
 * @throws StatusError 400, 422, 500 for selectors and options that cannot be parsed.
 */
export function watchObjects(
  store: ObjectStore,
  clock: Clock,
  request: ResourceRequest,
  response: ServerResponse,
  table: TableOptions | undefined,
): void {
  const { resource, namespace } = request;
  const matcher = matcherOf(request);
  const matches = (object: KubernetesObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) && matcher(object);
  const options = watchOptions(request);
  const { version: asked, sendInitialEvents, allowBookmarks: withBookmarks } = options;
  const withInitial = sendInitialEvents || !asked;
  const timeoutSeconds = options.timeoutSeconds || defaultTimeoutSeconds;

  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, private',
  });
  response.flushHeaders();

  function send(type: string, object: unknown) {
    response.write(`${JSON.stringify({ type, object })}\n`);
    if (response.writableLength > maximumBacklog) {
      response.destroy();
    }
  }
  function sendObject(event: WatchEvent) {
    const { object } = event;
    const { resourceVersion } = object.metadata;
    send(event.type, table ? toTable(resource, [object], table, { resourceVersion }) : object);
  }
  function sendBookmark(initialEnd: boolean) {
    const bookmark = bookmarkObject(resource, store.revision, initialEnd);
    send('BOOKMARK', table ? toTable(resource, [], table, bookmark.metadata) : bookmark);
  }

  if (withInitial) {
    for (const object of store.list(resource, namespace).filter(matcher)) {
      sendObject({ type: 'ADDED', object });
    }
    if ((sendInitialEvents || asked === 0) && withBookmarks) {
      sendBookmark(true);
    }
  } else {
    const missed = store.changesSince(asked);
    if (!missed) {
      send('ERROR', expired(asked, store.oldest).body);
      response.end();
      return;
    }
    for (const change of missed.filter(item => item.resource === resource)) {
      const event = visibleEvent(change, matches);
      if (event) {
        sendObject(event);
      }
    }
  }

  const unsubscribe = store.subscribe(change => {
    const event = change.resource === resource ? visibleEvent(change, matches) : undefined;
    if (event && change.revision > (asked ?? 0)) {
      sendObject(event);
    }
  });
  let cancelBookmark = () => {};
  function bookmarkLater() {
    cancelBookmark = clock.after(bookmarkMilliseconds, () => {
      sendBookmark(false);
      bookmarkLater();
    });
  }
  if (withBookmarks) {
    bookmarkLater();
  }
  const cancelTimeout = clock.after(timeoutSeconds * 1000, () => {
    if (withBookmarks) {
      sendBookmark(false);
    }
    response.end();
  });
  response.once('close', () => {
    unsubscribe();
    cancelBookmark();
    cancelTimeout();
  });
}
