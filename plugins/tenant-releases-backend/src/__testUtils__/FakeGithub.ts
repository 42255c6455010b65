import type { IncomingMessage, ServerResponse } from 'node:http';
import { FakeServer, sendJson } from '@internal/gitops/testUtils';
import { answerPulls, type FakePull } from './fakePulls';
import { blobsOf, findFolder, levelOf, sha } from './fakeTrees';

interface FakeCommit {
  sha: string;
  author: string;
  date: string;
  message: string;
  files: Map<string, string>;
  pullRequest?: number;
  mergedBy?: string;
  /** Former path by path. */
  renames: Map<string, string>;
}

/** What a test says of a commit. */
interface FakeCommitOptions {
  author?: string;
  date?: string;
  message?: string;
  pullRequest?: number;
  /** Login of who merged the pull request. */
  mergedBy?: string;
  /** Files that GitHub takes for renamed: former path by path. */
  renames?: Record<string, string>;
}

/** The part of GitHub's API that is read, over an in-memory history of one branch. */
export class FakeGithub extends FakeServer {
  readonly commits: FakeCommit[] = [];
  /** Commits of services' repositories, as GraphQL has them, by the repository's name and what Git resolves to them. */
  readonly serviceCommits = new Map<string, ReadonlyMap<string, object>>();
  readonly pulls: FakePull[] = [];
  /** Further headers of every answer. */
  headers: Record<string, string> = {};
  /** Entries of a tree that is not cut. */
  treeLimit = Infinity;
  /** Files that one answer tells of a commit. */
  filesPerPage = 300;
  /** The name that the repository was given; then `acme/platform` is a redirect. */
  movedTo: string | undefined;
  /** Whether there are limits, and an address that tells of them. */
  hasRateLimit = true;

  constructor() {
    super((url, request, response) => {
      if (url.pathname === '/graphql') return this.#graphql(request, response);
      if (url.pathname === '/rate_limit' && this.hasRateLimit) {
        return sendJson(response, 200, { resources: { core: { remaining: 5_000 } } });
      }
      const user = /^\/users\/(.*)$/.exec(url.pathname)?.[1];
      if (user !== undefined) return sendJson(response, 200, { login: user, name: nameOf(user) });
      const path = decodeURIComponent(url.pathname);
      const old = /^\/repos\/acme\/platform(\/.*|)$/.exec(path)?.[1];
      if (this.movedTo && old !== undefined) {
        const location = `${this.url}/repositories/42${old}${url.search}`;
        return sendJson(response, 301, { message: 'Moved Permanently' }, { location });
      }
      const now = /^\/repositories\/42(\/.*|)$/.exec(path)?.[1];
      const route = old ?? now;
      if (route === undefined) return false;
      if (request.headers.authorization !== 'Bearer git-token') {
        return sendJson(response, 401, { message: 'Bad credentials' });
      }
      if (route === '') {
        return sendJson(response, 200, { full_name: this.movedTo ?? 'acme/platform' });
      }
      // As GitHub does: https://docs.github.com/en/rest/commits/commits
      if (route.startsWith('/commits') && this.commits.length === 0) {
        return sendJson(response, 409, { message: 'Git Repository is empty.' });
      }
      const page = this.#commitPage(route, url.searchParams);
      if (page) return sendJson(response, 200, page.body, page.headers);
      const body = this.#answer(route.slice(1), url.searchParams);
      if (body === undefined) {
        const ref = /^\/commits\/(.+)$/.exec(route)?.[1];
        return ref === undefined
          ? sendJson(response, 404, { message: 'Not Found' })
          : sendJson(response, 422, { message: `No commit found for SHA: ${ref}` });
      }
      const etag = `"${sha(JSON.stringify(body))}"`;
      if (request.headers['if-none-match'] === etag) {
        response.writeHead(304).end();
        return true;
      }
      return sendJson(response, 200, body, { etag, ...this.#link(url, body), ...this.headers });
    });
  }

  /** Commits files on top of the branch; a file that is undefined is deleted. */
  commit(files: Record<string, string | undefined>, options: FakeCommitOptions = {}): string {
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
      renames: new Map(Object.entries(options.renames ?? {})),
      ...(options.pullRequest ? { pullRequest: options.pullRequest } : {}),
      ...(options.mergedBy ? { mergedBy: options.mergedBy } : {}),
    };
    this.commits.push(commit);
    return commit.sha;
  }

  /** The contents of blobs under any alias; null for one that is not there. */
  #graphql(request: IncomingMessage, response: ServerResponse): true {
    let body = '';
    request.on('data', data => (body += data));
    request.on('end', () => {
      const { query, variables } = JSON.parse(body);
      if (variables.name !== 'platform') {
        sendJson(response, 200, this.#versionCommits(query, variables.name));
        return;
      }
      const asked = query.matchAll(/(\w+):object\((oid|expression):("[^"]*")\)/g);
      const objects = [...asked].map(([, alias, kind, quoted]) => {
        const text =
          kind === 'oid' ? this.#contentOf(JSON.parse(quoted)) : this.#textAt(JSON.parse(quoted));
        return [alias, text === undefined ? null : { oid: sha(text), text, isTruncated: false }];
      });
      sendJson(response, 200, { data: { repository: Object.fromEntries(objects) } });
    });
    return true;
  }

  /** `<commit>:<path>` */
  #textAt(expression: string): string | undefined {
    const [commit, path] = expression.split(':');
    return this.#find(commit)?.files.get(path);
  }

  /** The commits of services' repositories, by any expression that names one. */
  #versionCommits(query: string, name: string): object {
    const known = this.serviceCommits.get(name);
    if (!known) {
      const message = `Could not resolve to a Repository with the name 'acme/${name}'.`;
      return { data: { repository: null }, errors: [{ type: 'NOT_FOUND', message }] };
    }
    const asked = query.matchAll(/(\w+):object\(expression:("[^"]*")\)/g);
    const objects = [...asked].map(([, alias, quoted]) => [
      alias,
      known.get(JSON.parse(quoted)) ?? null,
    ]);
    return { data: { repository: Object.fromEntries(objects) } };
  }

  #contentOf(oid: string): string | undefined {
    return this.#contents().find(content => sha(content) === oid);
  }

  #contents(): string[] {
    return this.commits.flatMap(({ files }) => [...files.values()]);
  }

  /** Where a full page of pull requests goes on. */
  #link(url: URL, body: unknown): Record<string, string> {
    const perPage = Number(url.searchParams.get('per_page'));
    if (!url.pathname.endsWith('/pulls') || !Array.isArray(body) || body.length < perPage)
      return {};
    const next = new URL(url.pathname + url.search, this.url);
    next.searchParams.set('page', String(Number(url.searchParams.get('page') ?? 1) + 1));
    return { link: `<${next}>; rel="next"` };
  }

  get #head(): FakeCommit | undefined {
    return this.commits.at(-1);
  }

  #answer(route: string, query: URLSearchParams): unknown {
    const pulls = answerPulls(this.pulls, route, query);
    if (pulls !== undefined) return pulls;
    const [kind, ...rest] = route.split('/');
    if (kind === 'git' && rest[0] === 'trees') {
      return this.#tree(rest[1], query.has('recursive'));
    }
    if (kind === 'pulls') {
      const merged = this.commits.find(({ pullRequest }) => String(pullRequest) === rest[0]);
      return merged && { number: Number(rest[0]), merged_by: accountOf(merged.mergedBy) };
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
    if (rest.length === 0) return this.#touching(query)?.map(toApi);
    const found = this.#find(rest[0]);
    if (rest[1] === 'pulls') return found && pullsOf(found);
    return found && toApi(found);
  }

  /** A tree by the SHA of a commit or of a folder in it, cut as GitHub cuts it. */
  #tree(id: string, isRecursive: boolean): object | undefined {
    const commit = this.#find(id);
    const files = commit?.files ?? findFolder(this.commits, id);
    if (!files) return undefined;
    const tree = isRecursive ? blobsOf(files) : levelOf(files);
    const truncated = tree.length > this.treeLimit;
    return { sha: id, truncated, tree: tree.slice(0, this.treeLimit) };
  }

  /** A single commit with its parent and a page of its files. */
  #commitPage(route: string, query: URLSearchParams) {
    const id = /^\/commits\/([0-9a-f]{40})$/.exec(route)?.[1];
    const index = this.commits.findIndex(({ sha: known }) => known === id);
    if (index < 0) return undefined;
    const commit = this.commits[index];
    const before = this.commits[index - 1];
    const files = [...commit.files].flatMap(([filename, text]) => {
      const previous = commit.renames.get(filename);
      if (previous) return [{ filename, status: 'renamed', previous_filename: previous }];
      if (before?.files.get(filename) === text) return [];
      return [{ filename, status: before?.files.has(filename) ? 'modified' : 'added' }];
    });
    const page = Number(query.get('page') ?? 1);
    const end = page * this.filesPerPage;
    const next = `<${this.url}/repositories/42${route}?page=${page + 1}>; rel="next"`;
    return {
      body: {
        ...toApi(commit),
        parents: before ? [{ sha: before.sha }] : [],
        files: files.slice(end - this.filesPerPage, end),
      },
      headers: files.length > end ? { link: next } : undefined,
    };
  }

  #find(ref: string): FakeCommit | undefined {
    return ref === 'main' ? this.#head : this.commits.find(commit => commit.sha === ref);
  }

  #touching(query: URLSearchParams): FakeCommit[] | undefined {
    const path = query.get('path');
    const from = this.#find(query.get('sha') ?? 'main');
    if (!from) return undefined;
    const count = Number(query.get('per_page'));
    return this.commits
      .slice(0, this.commits.indexOf(from) + 1)
      .filter((commit, index) => {
        if (path === null) return true;
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

function nameOf(login: string): string | null {
  return login === 'jdoe' ? 'Jo Doe' : null;
}

function accountOf(login: string | undefined): object | null {
  if (!login) return null;
  return { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

function contentOf(text: string): object {
  return {
    sha: sha(text),
    encoding: 'base64',
    content: Buffer.from(text).toString('base64'),
  };
}

function toApi({ sha: id, message, author, date, pullRequest }: FakeCommit): object {
  const person = { name: author, date };
  // What was merged on GitHub's pages, GitHub has committed.
  const committer = pullRequest ? { name: 'GitHub', date } : person;
  return {
    sha: id,
    author: accountOf(author),
    commit: { message, author: person, committer },
  };
}

function pullsOf({ pullRequest: number, message, date }: FakeCommit): object[] {
  if (!number) return [];
  const url = `https://git.example.com/acme/platform/pull/${number}`;
  return [{ number, html_url: url, title: message, merged_at: date }];
}
