import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a test says of a commit. */
export interface RemoteCommit {
  author?: string;
  email?: string;
  committer?: string;
  message?: string;
  /** Seconds since 1970; default: a minute after the commit before. */
  at?: number;
  branch?: string;
  /** Further parents. */
  merges?: string[];
  /** The commit to stand on, instead of the branch's head. */
  from?: string;
}

/** What stands at a path: a text, nothing, or something that is no plain file. */
export type RemoteFile = string | Buffer | undefined | { link: string } | { submodule: string };

/** How a server of {@link GitRemote} fails. */
export type RemoteFault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Sends the beginning of an answer, and then nothing more, or ends. */
  | { kind: 'cut'; bytes: number; ends: boolean };

/** A real bare repository, and a server that hands it out as Git hosts do, by Git's own `http-backend`. */
export class GitRemote {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'git-remote-'));
  readonly gitDir = path.join(this.folder, 'acme', 'platform.git');
  /** `METHOD path` of each request. */
  readonly requests: string[] = [];
  /** Headers `Authorization` of the requests. */
  readonly authorizations: Array<string | undefined> = [];
  fault: RemoteFault | undefined;
  /** Which requests the fault is for. */
  faultFor: RegExp = /./;
  /** The header that is asked for. */
  authorization: string | undefined;
  #server: Server | undefined;
  #time = 1_767_225_600;
  readonly #children = new Set<ChildProcess>();

  constructor() {
    execFileSync('git', ['init', '-q', '--bare', '--template=', '-b', 'main', this.gitDir]);
    this.config('uploadpack.allowFilter', 'true');
  }

  get url(): string {
    const { port } = this.#server!.address() as AddressInfo;
    return `http://localhost:${port}/acme/platform.git`;
  }

  get fileUrl(): string {
    return `file://${this.gitDir}`;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => this.#serve(request, response));
    this.#server = server;
    await new Promise<void>(resolve => server.listen(0, resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#children.forEach(child => child.kill('SIGKILL'));
    this.#server?.closeAllConnections();
    await new Promise(resolve => (this.#server ? this.#server.close(resolve) : resolve(undefined)));
    rmSync(this.folder, { recursive: true, force: true });
  }

  git(...args: string[]): string {
    return execFileSync('git', ['--git-dir', this.gitDir, ...args], { encoding: 'utf8' }).trim();
  }

  config(key: string, value: string): void {
    this.git('config', key, value);
  }

  head(branch = 'main'): string {
    return this.git('rev-parse', `refs/heads/${branch}`);
  }

  /** Commits files on top of a branch; one that is undefined is deleted. */
  commit(files: Record<string, RemoteFile>, options: RemoteCommit = {}): string {
    const { branch = 'main', author = 'Ada', email = 'ada@example.com', merges = [] } = options;
    const { committer = author, message = 'change' } = options;
    this.#time = options.at ?? this.#time + 60;
    const ref = `refs/heads/${branch}`;
    const isThere = this.git('for-each-ref', ref) !== '';
    const from = options.from ?? (isThere ? `${ref}^0` : undefined);
    const lines = [
      `commit ${ref}`,
      'mark :1',
      `author ${author} <${email}> ${this.#time} +0000`,
      `committer ${committer} <${email}> ${this.#time} +0000`,
      `data ${Buffer.byteLength(message)}`,
      message,
      ...(from ? [`from ${from}`] : []),
      ...merges.map(sha => `merge ${sha}`),
    ];
    const parts: Array<string | Buffer> = [`${lines.join('\n')}\n`];
    for (const [file, content] of Object.entries(files)) parts.push(...importOf(file, content));
    parts.push('get-mark :1\ndone\n');
    const output = execFileSync(
      'git',
      ['--git-dir', this.gitDir, 'fast-import', '--quiet', '--done', '--force'],
      { input: Buffer.concat(parts.map(part => Buffer.from(part))), encoding: 'utf8' },
    );
    return output.trim();
  }

  /** Forgets the requests so far. */
  forget(): void {
    this.requests.length = 0;
    this.authorizations.length = 0;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search } = new URL(request.url!, 'http://localhost');
    const line = `${request.method} ${pathname}`;
    this.requests.push(line);
    this.authorizations.push(request.headers.authorization);
    const { fault } = this;
    const isFaulty = fault && this.faultFor.test(line);
    if (isFaulty && fault.kind === 'hang') return;
    if (isFaulty && fault.kind === 'status') {
      response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
      return;
    }
    if (this.authorization && request.headers.authorization !== this.authorization) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.folder,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        PATH_INFO: pathname,
        REQUEST_METHOD: request.method,
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        ...(request.headers['content-length']
          ? { CONTENT_LENGTH: request.headers['content-length'] }
          : {}),
      },
    });
    this.#children.add(child);
    const output: Buffer[] = [];
    child.stdout.on('data', part => output.push(part));
    child.stdin.on('error', () => undefined);
    child.on('close', () => {
      this.#children.delete(child);
      const all = Buffer.concat(output);
      const headEnd = all.indexOf('\r\n\r\n');
      const fields = all.toString('latin1', 0, Math.max(0, headEnd)).split('\r\n');
      const headers = Object.fromEntries(fields.map(field => field.split(': ')));
      const status = Number.parseInt(headers.Status ?? '200', 10);
      delete headers.Status;
      const body = all.subarray(headEnd + 4);
      response.writeHead(status, headers);
      if (isFaulty && fault.kind === 'cut') {
        response.write(body.subarray(0, fault.bytes));
        if (fault.ends) setTimeout(() => response.destroy(), 20);
      } else response.end(body);
    });
    request.pipe(child.stdin);
  }
}

function importOf(file: string, content: RemoteFile): Array<string | Buffer> {
  const quoted = `"${file.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
  if (content === undefined) return [`D ${quoted}\n`];
  if (typeof content === 'object' && 'submodule' in content) {
    return [`M 160000 ${content.submodule} ${quoted}\n`];
  }
  const isLink = typeof content === 'object' && 'link' in content;
  const bytes = Buffer.from(isLink ? content.link : content);
  const mode = isLink ? '120000' : '100644';
  return [`M ${mode} inline ${quoted}\ndata ${bytes.length}\n`, bytes, '\n'];
}
