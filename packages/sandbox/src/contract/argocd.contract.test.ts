/** Holds our Argo CD to answers that a real Argo CD 3.2.11 gave, oddities included. */
import { request as httpRequest } from 'node:http';
import { isObject } from '../argocd/json/json';
import { eventually } from '../argocd/testing/eventually';
import { PlatformFixture, startPlatform } from '../argocd/testing/platformFixture';
import { deploySmoke, smokeFiles } from '../argocd/testing/smokeFixture';
import application from './recorded/argocd/application.json';
import applicationAbsent from './recorded/argocd/application-absent.json';
import imageMissing from './recorded/argocd/application-image-missing.json';
import otherProject from './recorded/argocd/application-other-project.json';
import applicationsFields from './recorded/argocd/applications-fields.json';
import applicationsFieldsIgnored from './recorded/argocd/applications-fields-ignored.json';
import applicationsSelector from './recorded/argocd/applications-selector-fields.json';
import badToken from './recorded/argocd/bad-token.json';
import events from './recorded/argocd/events.json';
import managedResources from './recorded/argocd/managed-resources.json';
import noToken from './recorded/argocd/no-token.json';
import pathEscapedParent from './recorded/argocd/path-escaped-parent.json';
import pathParent from './recorded/argocd/path-parent.json';
import postWithoutContentType from './recorded/argocd/post-without-content-type.json';
import resourceTree from './recorded/argocd/resource-tree.json';
import treeImageMissing from './recorded/argocd/resource-tree-image-missing.json';
import revisionMetadata from './recorded/argocd/revision-metadata.json';
import revisionUnresolved from './recorded/argocd/revision-metadata-unresolved.json';
import selectorInvalid from './recorded/argocd/selector-invalid.json';
import streamEvents from './recorded/argocd/stream-event-stream.json';
import stream from './recorded/argocd/stream.json';
import syncNotAllowed from './recorded/argocd/sync-not-allowed.json';
import versionWithToken from './recorded/argocd/version-with-token.json';
import version from './recorded/argocd/version.json';
import { shapeOf } from './shape';

jest.setTimeout(60_000);

interface Recording {
  request: string;
  status: number;
  contentType: string;
  body: unknown;
}

interface Answer {
  status: number;
  contentType: string;
  text: string;
  location?: string;
}

let platform: PlatformFixture;

beforeAll(async () => {
  platform = await startPlatform({ bootstrap: false, files: smokeFiles });
  await deploySmoke(platform);
});
afterAll(async () => await platform.close());

/** Sends a path exactly as it is written: fetch would tidy `..` away. */
async function send(
  recording: Recording,
  options: { headers?: Record<string, string>; body?: string; token?: string | null } = {},
): Promise<Answer> {
  const [method, path] = recording.request.split(' ');
  const { port } = new URL(platform.server.url);
  const { token = platform.settings.tokens.argocd } = options;
  const headers = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...options.headers,
  };
  return await new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          text: Buffer.concat(chunks).toString(),
          location: response.headers.location,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(options.body);
  });
}

function expectHead(answer: Answer, recording: Recording): void {
  expect(answer.status).toBe(recording.status);
  expect(answer.contentType).toBe(recording.contentType);
}

/** Labels and annotations are data, and who set which field is Kubernetes' affair. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'managedFields');
  return Object.fromEntries(
    entries.map(([key, item]) => [
      key,
      ['labels', 'annotations', 'targetLabels'].includes(key) ? 'a map' : comparable(item),
    ]),
  );
}

const shape = (value: unknown) => shapeOf(comparable(value));

/** The first messages of a stream. */
async function readStream(recording: Recording, count: number, accept?: string, trigger?: string) {
  const [, path] = recording.request.split(' ');
  const stopping = new AbortController();
  const response = await platform.api(path, {
    signal: stopping.signal,
    headers: accept ? { accept } : {},
  });
  let text = '';
  const lines = () => text.split('\n').filter(Boolean);
  const decoder = new TextDecoder();
  let triggered = false;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (lines().length >= count) break;
    if (!triggered && trigger) void platform.api(trigger);
    triggered = true;
  }
  stopping.abort();
  return { response, text, lines: lines().slice(0, count) };
}

describe('Argo CD answers as recorded:', () => {
  it.each<[string, Recording]>([
    ['an absent application with 403', applicationAbsent],
    ['an application of another project with 404', otherProject],
    ['an invalid selector with 500', selectorInvalid],
    ['an unresolved revision with 500', revisionUnresolved],
    ['an encoded slash with 404', pathEscapedParent],
    ['a parent directory with a redirect', pathParent],
  ])('%s', async (_name, recording) => {
    const answer = await send(recording);
    expectHead(answer, recording);
    const expected =
      typeof recording.body === 'string' ? recording.body : JSON.stringify(recording.body);
    expect(answer.text).toBe(expected);
  });

  it('the redirect leads to the clean path', async () => {
    expect((await send(pathParent)).location).toBe('/api/v1/clusters');
  });

  it('no token, and a broken one, with 401', async () => {
    const without = await send(noToken, { token: null });
    expectHead(without, noToken);
    expect(JSON.parse(without.text)).toEqual(noToken.body);
    const broken = await send(badToken, { token: 'x.y.z' });
    expectHead(broken, badToken);
    expect(JSON.parse(broken.text)).toEqual(badToken.body);
  });

  it('a POST without content type with 415', async () => {
    const answer = await send(postWithoutContentType, { body: '{}', token: null });
    expectHead(answer, postWithoutContentType);
    expect(answer.text).toBe(postWithoutContentType.body);
  });

  it('a sync that is not allowed with 403 and the account', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await send(syncNotAllowed, { headers, body: '{}' });
    expectHead(answer, syncNotAllowed);
    const withoutTime = (text: string) => text.replace(/iat: [-\dT:]+Z/, 'iat');
    const body = JSON.parse(answer.text);
    expect(body.code).toBe(syncNotAllowed.body.code);
    expect(withoutTime(body.message)).toBe(withoutTime(syncNotAllowed.body.message));
    expect(body.error).toBe(body.message);
  });

  it('the version, and with a token all of it', async () => {
    const plain = await send(version, { token: null });
    expectHead(plain, version);
    expect(JSON.parse(plain.text)).toEqual(version.body);
    const full = await send(versionWithToken);
    expectHead(full, versionWithToken);
    expect(JSON.parse(full.text)).toEqual(versionWithToken.body);
  });

  it('an application', async () => {
    const answer = await send(application);
    expectHead(answer, application);
    const body = JSON.parse(answer.text);
    expect(shape(body)).toEqual(shape(application.body));
    const texts = (each: typeof application.body) =>
      each.status.operationState.syncResult.resources.map(one => one.message);
    expect(texts(body)).toEqual(texts(application.body));
    expect(body.status.resources).toEqual(application.body.status.resources);
  });

  it('an application whose image is missing, as Progressing with a Degraded pod', async () => {
    const answer = await send(imageMissing);
    expectHead(answer, imageMissing);
    const body = JSON.parse(answer.text);
    expect(shape(body)).toEqual(shape(imageMissing.body));
    expect(body.status.resources).toEqual(imageMissing.body.status.resources);
    const tree = await send(treeImageMissing);
    expectHead(tree, treeImageMissing);
    expect(shape(JSON.parse(tree.text))).toEqual(shape(treeImageMissing.body));
  });

  it.each<[string, Recording]>([
    ['a list cut down to fields', applicationsFields],
    ['a list, dropping fields that it does not know', applicationsFieldsIgnored],
    ['a list by label', applicationsSelector],
  ])('%s', async (_name, recording) => {
    const smokeOnly = recording.request.replace('?', '?name=smoke&');
    const answer = await send({ ...recording, request: smokeOnly });
    expectHead(answer, recording);
    expect(shape(JSON.parse(answer.text))).toEqual(shape(recording.body));
  });

  it('the metadata of a revision', async () => {
    const revision = platform.application('smoke').status?.sync?.revision ?? '';
    const request = revisionMetadata.request.replace(/[0-9a-f]{40}/, revision);
    const answer = await send({ ...revisionMetadata, request });
    expectHead(answer, revisionMetadata);
    const body = JSON.parse(answer.text);
    expect(shape(body)).toEqual(shape(revisionMetadata.body));
    expect(body).toMatchObject({ author: 'Ada <ada@example.com>', message: 'Deploy 1.1.0' });
  });

  it('the managed resources with their states as texts', async () => {
    const answer = await send(managedResources);
    expectHead(answer, managedResources);
    const { items } = JSON.parse(answer.text);
    expect(shape({ items })).toEqual(shape(managedResources.body));
    for (const [at, item] of items.entries()) {
      const recorded = managedResources.body.items[at];
      expect(JSON.parse(item.targetState)).toEqual(JSON.parse(recorded.targetState));
      expect(JSON.parse(item.normalizedLiveState)).not.toHaveProperty('status');
    }
  });

  it('the resource tree', async () => {
    const answer = await send(resourceTree);
    expectHead(answer, resourceTree);
    expect(shape(JSON.parse(answer.text))).toEqual(shape(resourceTree.body));
  });

  it('the events', async () => {
    const answer = await send(events);
    expectHead(answer, events);
    const body = JSON.parse(answer.text);
    expect(shape(body)).toEqual(shape(events.body));
    const kinds = (all: { reason: string; message: string }[]) =>
      all.map(each => `${each.reason}: ${each.message.replace(/[0-9a-f]{40}/, 'revision')}`);
    expect(kinds(body.items)).toEqual(expect.arrayContaining(kinds(events.body.items.slice(0, 1))));
  });

  it('the stream as lines of JSON', async () => {
    const refresh = '/api/v1/applications/smoke?refresh=normal';
    // reconciledAt counts in seconds: the refresh must fall into another one to be a change.
    await new Promise(resolve => setTimeout(resolve, 1_100));
    const { response, lines, text } = await readStream(stream, 2, undefined, refresh);
    expect(response.status).toBe(stream.status);
    expect(response.headers.get('content-type')).toBe(stream.contentType);
    const messages = lines.map(line => JSON.parse(line));
    expect(messages.map(each => each.result.type)).toEqual(['ADDED', 'MODIFIED']);
    expect(shape(messages[0].result)).toEqual(shape(stream.body[0].result));
    expect(text.startsWith('{"result":{')).toBe(true);
  });

  it('the stream as events with a space at the end', async () => {
    const refresh = '/api/v1/applications/smoke?refresh=normal';
    await new Promise(resolve => setTimeout(resolve, 1_100));
    const accept = 'text/event-stream';
    const { response, lines } = await readStream(streamEvents, 2, accept, refresh);
    expect(response.status).toBe(streamEvents.status);
    expect(response.headers.get('content-type')).toBe(streamEvents.contentType);
    expect(lines).toEqual(streamEvents.body);
  });

  it('a stream with a version sends no state to begin with', async () => {
    const { resourceVersion } = platform.application('smoke').metadata;
    const stopping = new AbortController();
    const opened = platform.api(`/api/v1/stream/applications?resourceVersion=${resourceVersion}`, {
      signal: stopping.signal,
    });
    const first = await Promise.race([
      opened.then(() => 'answered'),
      new Promise(resolve => setTimeout(resolve, 300, 'silent')),
    ]);
    expect(first).toBe('silent');
    stopping.abort();
    await expect(opened).rejects.toThrow();
  });
});

describe('What needs the administrator', () => {
  it('is allowed to it: a sync by hand', async () => {
    const answer = await platform.api('/api/v1/applications/smoke/sync', {
      method: 'POST',
      admin: true,
      body: '{}',
    });
    expect([answer.status, await answer.json()]).toEqual([200, expect.anything()]);
    await eventually(() => {
      const { operationState } = platform.application('smoke').status ?? {};
      expect(operationState?.operation.initiatedBy).toEqual({ username: 'admin' });
      expect(operationState?.phase).toBe('Succeeded');
    });
  });

  it('is refused while sync is automated: a rollback', async () => {
    const body = JSON.stringify({ id: 0 });
    const init = { method: 'POST', body };
    const refused = await platform.api('/api/v1/applications/smoke/rollback', init);
    expect([refused.status, await refused.json()]).toEqual([403, applicationAbsent.body]);
    const impossible = await platform.api('/api/v1/applications/smoke/rollback', {
      ...init,
      admin: true,
    });
    expect([impossible.status, await impossible.json()]).toEqual([
      400,
      {
        error: 'rollback cannot be initiated when auto-sync is enabled',
        code: 9,
        message: 'rollback cannot be initiated when auto-sync is enabled',
      },
    ]);
  });

  it('does not accept any password', async () => {
    const body = JSON.stringify({ username: 'admin', password: 'admin' });
    const answer = await platform.api('/api/v1/session', { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      {
        error: 'Invalid username or password',
        code: 16,
        message: 'Invalid username or password',
      },
    ]);
  });
});
