import { type GitRemote, FakeServer, sendJson } from '@internal/gitops/testUtils';
import { execFileSync } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The part of GitHub's API that is read, over a real repository: what it answers is what Git says. */
export class GithubOverGit extends FakeServer {
  /** Merged pull requests by the commit that they brought. */
  readonly pulls = new Map<string, { number: number; title: string; mergedAt: string }>();
  /** Open pull requests, as the list of them has them; each can be merged, without a check or a review. */
  readonly open: object[] = [];
  /** What creating a pull request is answered instead. */
  refusal: { status: number; message: string } | undefined;
  readonly #remote: GitRemote;

  constructor(remote: GitRemote) {
    super((url, request, response) => {
      if (url.pathname === '/graphql') return this.#graphql(request, response);
      if (request.method !== 'GET') return this.#write(url, request, response);
      const route = /^\/repos\/acme\/platform\/(.*)$/.exec(decodeURIComponent(url.pathname))?.[1];
      const body = route === undefined ? undefined : this.#answer(route, url.searchParams);
      return sendJson(response, body === undefined ? 404 : 200, body ?? { message: 'Not Found' });
    });
    this.#remote = remote;
  }

  #answer(route: string, query: URLSearchParams): unknown {
    const [, commit, isPulls] = /^commits\/([0-9a-f]{40})(\/pulls)?$/.exec(route) ?? [];
    if (isPulls) return this.#pullsOf(commit);
    if (commit) return this.#filesOf(commit);
    if (route === 'commits') return this.#commits(query);
    const pull = /^pulls(\/\d+(\/reviews)?)?$/.exec(route);
    if (pull?.[2]) return [];
    if (pull?.[1]) return { mergeable: true };
    const head = query.get('head')?.split(':')[1];
    const ofHead = this.open.filter(one => head === undefined || refOf(one) === head);
    if (pull) return query.get('state') === 'open' ? ofHead : [];
    if (/^commits\/[0-9a-f]{40}\/(check-runs|status)$/.test(route))
      return { check_runs: [], statuses: [] };
    const tree = /^git\/trees\/(\w+)$/.exec(route)?.[1];
    if (tree) return { truncated: false, tree: this.#tree(tree) };
    const blob = /^git\/blobs\/(\w+)$/.exec(route)?.[1];
    if (blob) return this.#content(blob);
    const file = /^contents\/(.*)$/.exec(route)?.[1];
    const id = file && this.#try('rev-parse', '--verify', '-q', `${query.get('ref')}:${file}`);
    return id ? this.#content(id) : undefined;
  }

  /** Contents under any alias; null for one that is not there. */
  #graphql(request: IncomingMessage, response: ServerResponse): true {
    let body = '';
    request.on('data', data => (body += data));
    request.on('end', () => {
      const asked = [...body.matchAll(/(\w+):object\((?:oid|expression):\\"([^"\\]*)\\"\)/g)];
      const objects = asked.map(([, alias, name]) => {
        const oid = this.#try('rev-parse', '--verify', '-q', name);
        if (!oid) return [alias, null];
        return [alias, { oid, text: this.#bytes(oid).toString(), isTruncated: false }];
      });
      sendJson(response, 200, { data: { repository: Object.fromEntries(objects) } });
    });
    return true;
  }

  /** Opens a pull request, or changes one. */
  #write(url: URL, request: IncomingMessage, response: ServerResponse): true {
    let body = '';
    request.on('data', data => (body += data));
    request.on('end', () => {
      const sent = JSON.parse(body);
      const number = Number(/\/pulls\/(\d+)$/.exec(url.pathname)?.[1] ?? this.open.length + 1);
      const { refusal } = this;
      if (refusal) return sendJson(response, refusal.status, { message: refusal.message });
      const known = this.open.find(one => (one as { number: number }).number === number);
      if (known) return sendJson(response, 200, Object.assign(known, sent));
      if (this.open.some(one => refOf(one) === sent.head)) {
        const message = 'Validation Failed';
        const errors = [{ message: `A pull request already exists for acme:${sent.head}.` }];
        return sendJson(response, 422, { message, errors });
      }
      const repo = { full_name: 'acme/platform' };
      const pull = {
        number,
        html_url: `https://git.example.com/acme/platform/pull/${number}`,
        title: sent.title,
        body: sent.body,
        draft: false,
        created_at: '2026-06-01T12:00:00Z',
        head: { ref: sent.head, sha: this.#remote.git('rev-parse', sent.head), repo },
        base: { ref: sent.base, repo },
      };
      this.open.push(pull);
      return sendJson(response, 201, pull);
    });
    return true;
  }

  #commits(query: URLSearchParams): unknown[] {
    const path = query.get('path');
    const args = ['log', '--format=%H', `--max-count=${query.get('per_page')}`];
    const found = this.#remote.git(...args, query.get('sha')!, '--', ...(path ? [path] : []));
    return found
      .split('\n')
      .filter(Boolean)
      .map(sha => this.#commit(sha));
  }

  #commit(sha: string): object {
    const format = '--format=%an%x00%aI%x00%cn%x00%cI%x00%B';
    const [name, date, by, at, message] = this.#remote.git('show', '-s', format, sha).split('\0');
    const commit = { message, author: { name, date }, committer: { name: by, date: at } };
    return { sha, author: null, commit };
  }

  #filesOf(sha: string): object {
    const [parent] = this.#remote.git('show', '-s', '--format=%P', sha).split(' ');
    const range = parent ? ['-M', parent, sha] : ['--root', '--no-commit-id', sha];
    const lines = this.#remote.git('diff-tree', '-r', '--name-status', ...range).split('\n');
    const files = lines.filter(Boolean).map(line => {
      const [status, first, second] = line.split('\t');
      return status.startsWith('R')
        ? { status: 'renamed', filename: second, previous_filename: first }
        : { status: { A: 'added', D: 'removed' }[status] ?? 'modified', filename: first };
    });
    return { ...this.#commit(sha), parents: parent ? [{ sha: parent }] : [], files };
  }

  #tree(sha: string): object[] {
    return this.#remote
      .git('ls-tree', '-r', sha)
      .split('\n')
      .map(line => {
        const [, mode, type, id, path] = /^(\d+) (\w+) (\w+)\t(.*)$/.exec(line)!;
        return { path, mode, type, sha: id };
      });
  }

  #content(sha: string): object {
    return { sha, encoding: 'base64', content: this.#bytes(sha).toString('base64') };
  }

  #bytes(sha: string): Buffer {
    const args = ['--git-dir', this.#remote.gitDir, 'cat-file', 'blob', sha];
    return execFileSync('git', args);
  }

  #pullsOf(sha: string): object[] {
    const pull = this.pulls.get(sha);
    if (!pull) return [];
    const { number, title, mergedAt } = pull;
    const page = `https://git.example.com/acme/platform/pull/${number}`;
    return [{ number, html_url: page, title, merged_at: mergedAt, base: { ref: 'main' } }];
  }

  #try(...args: string[]): string | undefined {
    try {
      return this.#remote.git(...args);
    } catch {
      return undefined;
    }
  }
}

function refOf(pull: object): string {
  return (pull as { head: { ref: string } }).head.ref;
}
