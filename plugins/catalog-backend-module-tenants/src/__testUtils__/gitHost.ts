import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a file of the repository is: text or bytes, a symbolic link, or gone. */
export type FileChange = string | Buffer | { linkTo: string } | undefined;

/** A Git host on loopback that answers the part of GitHub's API that readTree calls, over a real repository. */
export interface GitHost {
  /** `localhost:<port>` */
  host: string;
  /** Paths that were asked for since the start, oldest first. */
  requests: string[];
  /** Writes the files and commits them to main; returns the commit. */
  commit(files: Record<string, FileChange>): Promise<string>;
  /** The archive that was served last, gzipped. */
  lastArchive(): Buffer;
  /** Gives the repository a new name; the old one is a redirect from now on. */
  rename(): void;
  /** Answers every request this way until it is called with undefined. */
  failWith(answer: RequestListener | undefined): void;
  close(): Promise<void>;
}

/** Starts a {@link GitHost} that serves acme/platform. */
export async function startGitHost(): Promise<GitHost> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'git-host-'));
  const git = (...args: string[]) =>
    run('git', ['-C', dir, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      encoding: 'buffer',
      maxBuffer: 64 * 1024 * 1024,
    });
  await git('init', '--quiet', '--initial-branch=main');
  const requests: string[] = [];
  let archive = Buffer.alloc(0);
  let failure: RequestListener | undefined;
  let fullName = 'acme/platform';

  const answer: RequestListener = async (request, response) => {
    requests.push(request.url ?? '');
    if (failure) {
      failure(request, response);
      return;
    }
    const root = `http://${request.headers.host}/api/v3`;
    const [, place, route = ''] =
      /^\/api\/v3\/(repos\/acme(?:-eu)?\/platform|repositories\/42)\/(.*)$/.exec(
        request.url ?? '',
      ) ?? [];
    if (place === 'repos/acme/platform' && fullName !== 'acme/platform') {
      response.writeHead(301, { location: `${root}/repositories/42/${route}` }).end();
    } else if (route.startsWith('commits/main/status')) {
      const { stdout } = await git('rev-parse', 'HEAD');
      const archiveUrl = `${root}/repos/${fullName}/{archive_format}{/ref}`;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ sha: stdout.toString().trim(), repository: { archive_url: archiveUrl } }),
      );
    } else if (route.startsWith('tarball/')) {
      const { stdout } = await git('archive', '--format=tar.gz', '--prefix=acme-platform/', 'HEAD');
      archive = stdout;
      response.end(archive);
    } else {
      response.statusCode = 404;
      response.end('{"message":"Not Found"}');
    }
  };
  const server = createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch(error => response.destroy(error));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));

  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    requests,
    lastArchive: () => archive,
    rename: () => {
      fullName = 'acme-eu/platform';
    },
    failWith: next => {
      failure = next;
    },
    commit: async files => {
      for (const [name, change] of Object.entries(files)) {
        const file = path.join(dir, name);
        await rm(file, { force: true });
        await mkdir(path.dirname(file), { recursive: true });
        if (typeof change === 'string' || Buffer.isBuffer(change)) await writeFile(file, change);
        else if (change) await symlink(change.linkTo, file);
      }
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '--message', 'change');
      return (await git('rev-parse', 'HEAD')).stdout.toString().trim();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The text of a tenant file; `changes` replaces whole lines by their key. */
export function tenantFileText(name: string, changes: Record<string, string> = {}): string {
  const tenant: Record<string, string> = {
    name,
    displayName: 'Acme Corp',
    owner: 'group:default/tenant-a-owners',
    tier: 'standard',
    ring: '1',
    contact: 'platform@example.com',
    ...changes,
  };
  const lines = Object.entries(tenant).map(([key, value]) => `  ${key}: ${value}`);
  return `tenant:\n${lines.join(
    '\n',
  )}\nimage:\n  repository: ghcr.io/acme/demo-api\n  tag: sha-1a2b3c4\n`;
}
