import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FakeServer, sendJson } from './FakeServer';

interface FakeCommit {
  sha: string;
  author: string;
  date: string;
  message: string;
  files: Map<string, string>;
  pullRequest?: number;
}

/** The part of GitHub's API that is read, over an in-memory history of one branch. */
export class FakeGithub extends FakeServer {
  readonly commits: FakeCommit[] = [];
  /** Further headers of every answer. */
  headers: Record<string, string> = {};

  constructor() {
    super((url, request, response) => {
      if (url.pathname === '/graphql') return this.#graphql(request, response);
      const route = /^\/repos\/acme\/platform\/(.*)$/.exec(decodeURIComponent(url.pathname))?.[1];
      if (route === undefined) return false;
      if (request.headers.authorization !== 'Bearer git-token') {
        return sendJson(response, 401, { message: 'Bad credentials' });
      }
      const body = this.#answer(route, url.searchParams);
      if (body === undefined) return sendJson(response, 404, { message: 'Not Found' });
      const etag = `"${sha(JSON.stringify(body))}"`;
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304).end();
        return true;
      }
      return sendJson(response, 200, body, { etag, ...this.headers });
    });
  }

  /** Commits files on top of the branch; a file that is undefined is deleted. */
  commit(
    files: Record<string, string | undefined>,
    options: { author?: string; date?: string; message?: string; pullRequest?: number } = {},
  ): string {
    const all = new Map(this.#head?.files);
    for (const [path, text] of Object.entries(files)) {
      if (text === undefined) all.delete(path);
      else all.set(path, text);
    }
    const number = this.commits.length;
    // A branch's commits are in the order of their times.
    const after = this.#head ? Date.parse(this.#head.date) + 1_000 : 0;
    const date = Math.max(Date.UTC(2026, 0, 1, number), after);
    const commit = {
      sha: sha(`commit ${number} ${JSON.stringify([...all])}`),
      author: options.author ?? 'Ada',
      date: options.date ?? new Date(date).toISOString(),
      message: options.message ?? `commit ${number}`,
      files: all,
      ...(options.pullRequest ? { pullRequest: options.pullRequest } : {}),
    };
    this.commits.push(commit);
    return commit.sha;
  }

  /** The contents of blobs under any alias; null for one that is not there. */
  #graphql(request: IncomingMessage, response: ServerResponse): true {
    let body = '';
    request.on('data', data => (body += data));
    request.on('end', () => {
      const query: string = JSON.parse(body).query;
      const objects = [...query.matchAll(/(\w+):object\(oid:"(\w+)"\)/g)].map(([, alias, oid]) => {
        const text = this.#contents().find(content => sha(content) === oid);
        return [alias, text === undefined ? null : { text, isTruncated: false }];
      });
      sendJson(response, 200, { data: { repository: Object.fromEntries(objects) } });
    });
    return true;
  }

  #contents(): string[] {
    return this.commits.flatMap(({ files }) => [...files.values()]);
  }

  get #head(): FakeCommit | undefined {
    return this.commits.at(-1);
  }

  #answer(route: string, query: URLSearchParams): unknown {
    const [kind, ...rest] = route.split('/');
    if (kind === 'git' && rest[0] === 'trees') {
      const found = this.#find(rest[1]);
      return found && { sha: rest[1], truncated: false, tree: treeOf(found) };
    }
    if (kind === 'git' && rest[0] === 'blobs') {
      const text = this.#contents().find(content => sha(content) === rest[1]);
      return text === undefined ? undefined : contentOf(text);
    }
    if (kind === 'contents') {
      const text = this.#find(query.get('ref') ?? '')?.files.get(rest.join('/'));
      return text === undefined ? undefined : contentOf(text);
    }
    if (kind !== 'commits') return undefined;
    if (rest.length === 0) return this.#touching(query).map(toApi);
    const found = this.#find(rest[0]);
    if (rest[1] === 'pulls') return found && pullsOf(found);
    return found && toApi(found);
  }

  #find(ref: string): FakeCommit | undefined {
    return ref === 'main' ? this.#head : this.commits.find(commit => commit.sha === ref);
  }

  #touching(query: URLSearchParams): FakeCommit[] {
    const path = query.get('path') ?? '';
    const until = this.commits.findIndex(commit => commit.sha === query.get('sha'));
    const count = Number(query.get('per_page'));
    return this.commits
      .slice(0, until + 1)
      .filter((commit, index) => {
        const before = this.commits[index - 1]?.files.get(path);
        return commit.files.get(path) !== before;
      })
      .reverse()
      .slice(0, count);
  }
}

/** A tenant file. */
export function tenantFile(
  name: string,
  tag: string,
  more: { owner?: string; ring?: number; hold?: string; image?: string } = {},
): string {
  return `tenant:
  name: ${name}
  displayName: ${name.toUpperCase()}
  owner: ${more.owner ?? `group:default/${name}-owners`}
  tier: standard
  ring: ${more.ring ?? 1}
  contact: ops@example.com
${more.hold ?? ''}image:
  repository: ${more.image ?? 'ghcr.io/acme/demo-api'}
  tag: ${tag}
`;
}

/** Path of a tenant's file in the fake repository. */
export function tenantPath(name: string): string {
  return `gitops/tenants/${name}-values.yaml`;
}

function treeOf({ files }: FakeCommit): object[] {
  return [...files].map(([path, text]) => ({ path, type: 'blob', sha: sha(text) }));
}

function contentOf(text: string): object {
  return {
    sha: sha(text),
    encoding: 'base64',
    content: Buffer.from(text).toString('base64'),
  };
}

function toApi({ sha: id, message, author, date }: FakeCommit): object {
  const person = { name: author, date };
  return { sha: id, commit: { message, author: person, committer: person } };
}

function pullsOf({ pullRequest: number, message, date }: FakeCommit): object[] {
  if (!number) return [];
  const url = `https://git.example.com/acme/platform/pull/${number}`;
  return [{ number, html_url: url, title: message, merged_at: date }];
}

function sha(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
