import { ServerResponse } from 'node:http';
import { Clock } from '../model/clock';
import { KubernetesObject } from '../model/objects';
import { Resource, apiVersionOf } from '../model/resources';
import { expired, versionTooLarge } from '../model/statusError';
import { Change, ObjectStore } from '../store/ObjectStore';
import { matcherOf, versionOf } from './read';
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
 * objects come first. A version that the history does not reach is one ERROR event (410 Expired), as from the real one.
 * @throws StatusError 400 for selectors that cannot be parsed.
 */
export function watchObjects(
  store: ObjectStore,
  clock: Clock,
  request: ResourceRequest,
  response: ServerResponse,
  table: TableOptions | undefined,
): void {
  const { resource, namespace, query } = request;
  const matcher = matcherOf(request);
  const matches = (object: KubernetesObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) && matcher(object);
  const asked = versionOf(request);
  const withInitial = query.get('sendInitialEvents') === 'true' || !asked;
  const withBookmarks = query.get('allowWatchBookmarks') === 'true';
  const timeoutSeconds = Number(query.get('timeoutSeconds')) || defaultTimeoutSeconds;

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
    if (query.get('sendInitialEvents') === 'true' && withBookmarks) {
      sendBookmark(true);
    }
  } else {
    const missed = asked > store.revision ? undefined : store.changesSince(asked);
    if (!missed) {
      const error =
        asked > store.revision
          ? versionTooLarge(asked, store.revision)
          : expired(asked, store.oldest);
      send('ERROR', error.body);
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
    if (event) {
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
