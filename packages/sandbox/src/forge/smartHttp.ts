import { spawn } from 'node:child_process';
import { Router, type Request, type Response } from 'express';
import { tokenOf } from './api/authenticate';
import { param, repositoryOf, type ForgeContext } from './api/context';
import { ForgeError } from './model/errors';
import { gitEnvironment } from './git/run';
import { noticeBranches } from './model/branches';
import type { HostedRepository } from './model/hosted';

/** A transfer that takes longer is ended; milliseconds. */
const longestTransfer = 120_000;

/** Reads the head of a CGI answer (RFC 3875, 6): status and header fields. */
export function parseCgiHead(head: string): { status: number; fields: Array<[string, string]> } {
  let status = 200;
  const fields: Array<[string, string]> = [];
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      status = Number.parseInt(value, 10) || 500;
    } else if (colon > 0) {
      fields.push([name, value]);
    }
  }
  return { status, fields };
}

/** Hands the output of the CGI program on: first its head, then the body as it comes. */
function relay(output: NodeJS.ReadableStream, res: Response): void {
  let head: Buffer | undefined = Buffer.alloc(0);
  output.on('data', (chunk: Buffer) => {
    if (!head) {
      if (!res.write(chunk)) {
        output.pause();
        res.once('drain', () => output.resume());
      }
      return;
    }
    head = Buffer.concat([head, chunk]);
    const blank = /\r?\n\r?\n/.exec(head.toString('latin1'));
    if (blank) {
      const { status, fields } = parseCgiHead(head.toString('latin1', 0, blank.index));
      res.status(status);
      fields.forEach(([name, value]) => res.setHeader(name, value));
      const rest = head.subarray(blank.index + blank[0].length);
      head = undefined;
      if (rest.length > 0) {
        res.write(rest);
      }
    }
  });
}

/** Runs `git http-backend` for one request and resolves when it has ended and everything is sent. */
async function runBackend(
  program: string,
  repository: HostedRepository,
  service: string,
  req: Request,
  res: Response,
  login: string | undefined,
): Promise<void> {
  const header = (name: string) => req.get(name) ?? '';
  const env = gitEnvironment({
    GIT_PROJECT_ROOT: repository.git.gitDir,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: service,
    REQUEST_METHOD: req.method,
    QUERY_STRING: req.originalUrl.split('?')[1] ?? '',
    CONTENT_TYPE: header('content-type'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    REMOTE_ADDR: '127.0.0.1',
    ...(header('content-length') ? { CONTENT_LENGTH: header('content-length') } : {}),
    ...(header('git-protocol') ? { GIT_PROTOCOL: header('git-protocol') } : {}),
    ...(login ? { REMOTE_USER: login } : {}),
  });
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, ['http-backend'], { env });
    const timer = setTimeout(() => child.kill(), longestTransfer);
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stderr.resume();
    // The backend may answer (an error, say) before it has read everything: then the pipe breaks, and that is all right.
    child.stdin.on('error', () => undefined);
    res.on('close', () => res.writableFinished || child.kill());
    relay(child.stdout, res);
    req.pipe(child.stdin);
  });
}

/**
 * Git over HTTP at /acme/<repository>.git: everybody may clone, who has a token may push.
 *
 * @see https://git-scm.com/docs/http-protocol
 */
export function smartHttpRoutes(context: ForgeContext, program: string): Router {
  const router = Router();

  const serve = async (req: Request, res: Response, service: string, writes: boolean) => {
    req.params.repo = param(req, 'repo').replace(/\.git$/, '');
    const repository = repositoryOf(context, req);
    const token = tokenOf(req.get('authorization'));
    const login = token === undefined ? undefined : context.loginOfToken(token);
    if ((writes || token !== undefined) && login === undefined) {
      throw new ForgeError(401, 'Invalid username or token.');
    }
    await runBackend(program, repository, service, req, res, login);
    if (req.method === 'POST' && writes) {
      // Those who hear of the push see it in the state before the pusher sees the end of it.
      await noticeBranches(repository, { actor: login ?? '', at: new Date() });
    }
    if (!res.headersSent && !res.destroyed) {
      throw new Error('git http-backend gave no answer');
    }
    res.end();
  };

  router.get('/:owner/:repo/info/refs', (req, res) => {
    const service = req.query.service;
    if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
      throw new ForgeError(403, 'Please upgrade your git client.');
    }
    return serve(req, res, '/info/refs', service === 'git-receive-pack');
  });
  router.post('/:owner/:repo/git-upload-pack', (req, res) =>
    serve(req, res, '/git-upload-pack', false),
  );
  router.post('/:owner/:repo/git-receive-pack', (req, res) =>
    serve(req, res, '/git-receive-pack', true),
  );
  return router;
}
