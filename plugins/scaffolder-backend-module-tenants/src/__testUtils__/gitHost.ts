import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';

/** A pull request of the {@link GitHost}. */
export interface HostedPull {
  number: number;
  state: 'open' | 'closed';
  head: string;
  base: string;
  body: string;
}

/** A Git host on loopback that answers the part of GitHub's API that the actions call, over a real repository. */
export interface GitHost {
  host: string;
  pulls: HostedPull[];
  /** Method and path of each request, oldest first. */
  requests: string[];
  /** Commits files to a branch that starts at main; undefined removes a file. Returns the commit. */
  commit(files: Record<string, string | undefined>, branch?: string, message?: string): string;
  /** Branches besides main, with the messages of their heads. */
  branches(): Record<string, string>;
  /** Reads the head of main. */
  urlReader: UrlReaderService;
  /** Answers every call this way until it is called with undefined. */
  failWith(answer: RequestListener | undefined): void;
  close(): Promise<void>;
}

/** Starts a {@link GitHost} that serves acme/platform with charts, skeleton and gitops of this repository. */
export async function startGitHost(repositoryRoot: string): Promise<GitHost> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'git-host-'));
  const git = (args: string[], input?: string): Buffer =>
    execFileSync(
      'git',
      ['-C', dir, '-c', 'user.name=Ada', '-c', 'user.email=a@example.com', ...args],
      {
        input,
        maxBuffer: 64 * 1024 * 1024,
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
  const line = (args: string[], input?: string) => git(args, input).toString().trim();
  for (const folder of ['charts', 'gitops', 'templates']) {
    cpSync(path.join(repositoryRoot, folder), path.join(dir, folder), { recursive: true });
  }
  git(['init', '--quiet', '--initial-branch=main']);
  git(['add', '--all']);
  git(['commit', '--quiet', '--message', 'start']);

  const pulls: HostedPull[] = [];
  const requests: string[] = [];
  let failure: RequestListener | undefined;

  const shaOf = (branch: string) => {
    try {
      return line(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]);
    } catch {
      return undefined;
    }
  };
  const changedFiles = (from: string, to: string) =>
    line(['diff', '--name-only', from, to])
      .split('\n')
      .filter(Boolean)
      .map(filename => ({ filename, patch: git(['diff', from, to, '--', filename]).toString() }));
  const presentPull = (pull: HostedPull, host: string) => ({
    ...pull,
    html_url: `http://${host}/acme/platform/pull/${pull.number}`,
  });

  /** Status and JSON of an API call; undefined = 404. */
  function respond(
    method: string,
    url: URL,
    body: Record<string, never>,
    host: string,
  ): [number, unknown] | undefined {
    const rest = decodeURIComponent(url.pathname.replace('/api/v3/repos/acme/platform/', ''));
    const [first, second, third] = rest.split('/');
    const query = Object.fromEntries(url.searchParams);
    const branch = rest.replace(/^git\/refs?\/heads\//, '');
    if (rest === 'pulls') {
      const wanted = pulls.filter(
        pull =>
          (query.state === 'all' || pull.state === query.state) &&
          (!query.head || query.head === `acme:${pull.head}`) &&
          (!query.base || query.base === pull.base),
      );
      return [200, wanted.reverse().map(pull => presentPull(pull, host))];
    }
    if (first === 'pulls' && third === 'files') {
      const pull = pulls.find(({ number }) => String(number) === second);
      return pull && [200, changedFiles(line(['merge-base', 'main', pull.head]), pull.head)];
    }
    if (rest === 'commits') {
      const ids = line(['log', '--format=%H', query.sha, '--', query.path])
        .split('\n')
        .filter(Boolean);
      return [200, ids.map(sha => ({ sha }))];
    }
    if (first === 'commits') {
      const parents = line(['log', '-1', '--format=%P', second]);
      return [200, { files: parents ? changedFiles(parents.split(' ')[0], second) : [] }];
    }
    if (rest === 'git/commits') {
      const { message, tree, parents } = body as unknown as {
        message: string;
        tree: string;
        parents: string[];
      };
      return [
        201,
        { sha: line(['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent])], message) },
      ];
    }
    if (rest.startsWith('git/commits/')) {
      const [tree, date, ...message] = line(['log', '-1', '--format=%T%n%cI%n%B', third]).split(
        '\n',
      );
      return [
        200,
        { sha: third, tree: { sha: tree }, committer: { date }, message: message.join('\n') },
      ];
    }
    if (rest === 'git/refs') {
      const { ref, sha } = body as unknown as { ref: string; sha: string };
      if (shaOf(ref.replace('refs/heads/', '')))
        return [422, { message: 'Reference already exists' }];
      git(['update-ref', ref, sha]);
      return [201, {}];
    }
    if (rest.startsWith('git/ref')) {
      const sha = shaOf(branch);
      if (!sha)
        return method === 'GET' ? undefined : [422, { message: 'Reference does not exist' }];
      if (method === 'DELETE') {
        git(['update-ref', '-d', `refs/heads/${branch}`]);
        return [204, undefined];
      }
      if (method === 'PATCH') {
        const next = (body as unknown as { sha: string }).sha;
        if (line(['merge-base', sha, next]) !== sha)
          return [422, { message: 'Update is not a fast forward' }];
        git(['update-ref', `refs/heads/${branch}`, next]);
      }
      return [200, { object: { sha: shaOf(branch) } }];
    }
    return undefined;
  }

  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    if (failure) {
      failure(request, response);
      return;
    }
    const text = await bodyOf(request);
    const [status, answer] = respond(
      request.method ?? '',
      url,
      text ? JSON.parse(text) : {},
      request.headers.host ?? '',
    ) ?? [404, { message: 'Not Found' }];
    response.statusCode = status;
    response.setHeader('content-type', 'application/json');
    response.end(answer === undefined ? undefined : JSON.stringify(answer));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));

  const urlReader = mockServices.urlReader.mock({
    readTree: async () => ({
      etag: line(['rev-parse', 'main']),
      files: async () => [],
      archive: async () => {
        throw new Error('not used');
      },
      dir: async dirOptions => {
        const targetDir = dirOptions?.targetDir ?? '';
        execFileSync('tar', ['-x', '-C', targetDir], { input: git(['archive', 'main']) });
        return targetDir;
      },
    }),
  });

  return {
    urlReader,
    host: `localhost:${(server.address() as AddressInfo).port}`,
    pulls,
    requests,
    failWith: next => {
      failure = next;
    },
    branches: () =>
      Object.fromEntries(
        line(['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads'])
          .split('\n')
          .filter(branch => branch !== 'main')
          .map(branch => [branch, line(['log', '-1', '--format=%B', branch])]),
      ),
    commit: (files, branch = 'main', message = 'change') => {
      if (branch === 'main') git(['checkout', '--quiet', 'main']);
      else git(['checkout', '--quiet', '-B', branch, 'main']);
      for (const [name, text] of Object.entries(files)) {
        const file = path.join(dir, name);
        rmSync(file, { force: true });
        mkdirSync(path.dirname(file), { recursive: true });
        if (text !== undefined) writeFileSync(file, text);
      }
      git(['add', '--all']);
      git(['commit', '--quiet', '--allow-empty', '--message', message]);
      git(['checkout', '--quiet', '--detach']);
      return line(['rev-parse', 'HEAD']);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
