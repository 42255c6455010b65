import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { GitRemote } from '../__testUtils__/GitRemote';
import type { NewCommit } from './commitBuilder';
import { PushFault } from './explainPush';
import { Mirror } from './Mirror';

// Git's processes take their time on a busy machine.
jest.setTimeout(60_000);

const author = { name: 'Ada Okafor', email: 'ada@example.com' };
const committer = { name: 'Tenant portal', email: 'portal@example.com' };
const secret = 'Basic c2VjcmV0OmhvcnNl';

let remote: GitRemote;
let directory: string;
const systemFolder = process.env.TMPDIR;
let mirror: Mirror;
let head: string;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'branch-writer-'));
  // What is left over in the common folder may be of another process.
  process.env.TMPDIR = directory;
  remote = await new GitRemote().start();
  remote.config('http.receivepack', 'true');
  head = remote.commit({ 'a/one.yaml': 'x: 1\n', 'a/two.yaml': 'x: 2\n', link: { link: 'a' } });
  mirror = new Mirror({
    url: remote.url,
    repository: 'acme/platform',
    branch: 'main',
    directory,
    authorization: async () => secret,
    bounds: { fetchMs: 5_000, askMs: 5_000 },
  });
  await mirror.fetch();
  remote.forget();
});
afterEach(async () => {
  mirror.close();
  await remote.stop();
  if (systemFolder === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = systemFolder;
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

const commit = (more: Partial<NewCommit> = {}): NewCommit => ({
  base: head,
  files: [{ path: 'a/one.yaml', text: 'x: 3\n' }],
  message: 'Bump\n\nGitops-Bump: x\n',
  author,
  committer,
  ...more,
});
const write = (more: Partial<NewCommit> = {}, expected?: string) =>
  mirror.branches.write(commit(more), { branch: 'bump/x', ...(expected ? { expected } : {}) });
const branches = () => remote.git('for-each-ref', '--format=%(refname)', 'refs/heads');
const only = 'refs/heads/main';
/** Folders that a write would leave behind. */
const leftovers = () => readdirSync(directory).filter(name => name.startsWith('gitops-commit-'));

/** Fails as a hook of the remote does. */
function hook(name: string, text: string): void {
  const file = path.join(remote.gitDir, 'hooks', name);
  execFileSync('mkdir', ['-p', path.dirname(file)]);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

async function faultOf(run: Promise<unknown>): Promise<PushFault> {
  const error = await run.then(
    () => undefined,
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(PushFault);
  expect(error.message).not.toMatch(/localhost|127\.0|\/tmp|secret|horse|c2VjcmV0|\n/);
  expect(error.message).toContain('acme/platform');
  expect(leftovers()).toEqual([]);
  return error;
}

describe('a change', () => {
  it('is one commit and one push, with its people, its message and the modes of files', async () => {
    const sha = await write({
      files: [
        { path: 'a/one.yaml', text: 'x: 3\r\n', mode: '100755' },
        { path: 'a/two.yaml' },
        { path: 'b/an "odd" nam\u00e9.yaml', text: '\ufeffy: 1' },
      ],
    });
    expect(remote.requests).toEqual([
      'GET /acme/platform.git/info/refs',
      'POST /acme/platform.git/git-receive-pack',
    ]);
    expect(remote.head('bump/x')).toBe(sha);
    expect(remote.head()).toBe(head);
    const format = '--format=%P%n%an <%ae>%n%cn <%ce>%n%B';
    expect(remote.git('log', '-1', format, sha).split('\n')).toEqual([
      head,
      'Ada Okafor <ada@example.com>',
      'Tenant portal <portal@example.com>',
      'Bump',
      '',
      'Gitops-Bump: x',
    ]);
    expect(remote.git('-c', 'core.quotePath=false', 'ls-tree', '-r', sha).split('\n')).toEqual([
      expect.stringMatching(/^100755 blob \w+\ta\/one.yaml$/),
      expect.stringMatching(/^100644 blob \w+\t"b\/an \\"odd\\" nam\u00e9.yaml"$/),
      expect.stringMatching(/^120000 blob \w+\tlink$/),
    ]);
    expect(remote.git('cat-file', '-s', `${sha}:a/one.yaml`)).toBe('6');
    expect(await mirror.compare(head, sha)).toEqual(
      new Map([
        [
          'a/one.yaml',
          { before: expect.anything(), after: expect.objectContaining({ mode: '100755' }) },
        ],
        ['a/two.yaml', { before: expect.anything() }],
        ['b/an "odd" nam\u00e9.yaml', { after: expect.objectContaining({ mode: '100644' }) }],
      ]),
    );
    expect(leftovers()).toEqual([]);
  });

  it('of 3,000 files is one push as well', async () => {
    const files = Array.from({ length: 3_000 }, (_, index) => ({
      path: `tenants/t${index}-values.yaml`,
      text: `image:\n  tag: sha-${index}\n`,
    }));
    const sha = await write({ files });
    expect(remote.requests).toHaveLength(2);
    expect(remote.git('diff', '--name-only', head, sha).split('\n')).toHaveLength(3_000);
  });

  it('without files is the commit of a claim, also on top of another history', async () => {
    const other = await write();
    const claim = await write({ files: [], parent: other }, other);
    expect(remote.git('rev-parse', `${claim}^{tree}`)).toBe(
      remote.git('rev-parse', `${head}^{tree}`),
    );
    expect(remote.git('rev-parse', `${claim}^1`)).toBe(other);
  });

  it.each([
    '../x.yaml',
    'a/../../x.yaml',
    'a/./x.yaml',
    'a//x.yaml',
    '/x.yaml',
    'a/',
    '',
    '.git/config',
    'a/.GIT/hooks/x',
    'a\0b',
  ])('has no file at a path that Git could not check out: %j', async file => {
    const fault = await faultOf(write({ files: [{ path: file, text: 'x' }] }));
    expect(fault).toMatchObject({ kind: 'path' });
    expect(fault.message).toContain('was not written: no file of a repository may be at "');
    expect(remote.requests).toEqual([]);
  });

  it('says just what it was given, whatever that is', async () => {
    const name = fc
      .stringMatching(/^[\w "\\'\u00e9\u4e16-]{1,8}$/)
      .filter(text => text.trim() === text);
    const files = fc.dictionary(name, fc.string({ unit: 'grapheme' }), { minKeys: 1, maxKeys: 5 });
    let tip: string | undefined;
    await fc.assert(
      fc.asyncProperty(files, fc.string({ unit: 'grapheme' }), async (given, words) => {
        const all = Object.entries(given).map(([file, text]) => ({ path: `x/${file}`, text }));
        tip = await write({ files: all, message: `Subject ${words.replaceAll('\0', '')}` }, tip);
        for (const { path: file, text } of all) {
          const id = (await mirror.objectAt(tip, file))?.id ?? '';
          const content = (await mirror.contents([id], 1_000_000)).get(id);
          expect(content?.toString()).toBe(text);
        }
      }),
      { numRuns: 12, seed: 3 },
    );
  });
});

describe('a branch that is not where it was seen', () => {
  it('is left alone when it is there already', async () => {
    remote.commit({ mine: 'x' }, { branch: 'bump/x' });
    const tip = remote.head('bump/x');
    expect(await faultOf(write())).toMatchObject({ kind: 'moved' });
    expect(remote.head('bump/x')).toBe(tip);
  });

  it('is left alone when it has moved on, and when it is gone', async () => {
    const sha = await write();
    remote.commit({ mine: 'x' }, { branch: 'bump/x' });
    const tip = remote.head('bump/x');
    expect(await faultOf(write({}, sha))).toMatchObject({ kind: 'moved' });
    await expect(mirror.branches.delete({ branch: 'bump/x', expected: sha })).rejects.toMatchObject(
      {
        kind: 'moved',
      },
    );
    expect(remote.head('bump/x')).toBe(tip);
    await mirror.branches.delete({ branch: 'bump/x', expected: tip });
    expect(await faultOf(write({}, tip))).toMatchObject({ kind: 'moved' });
    expect(branches()).toBe(only);
  });

  it('goes to one of several writers', async () => {
    const runs = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) =>
        write({ files: [{ path: 'a/one.yaml', text: `x: ${index}\n` }] }),
      ),
    );
    const done = runs.filter(run => run.status === 'fulfilled');
    expect(done).toHaveLength(1);
    expect(remote.head('bump/x')).toBe(done[0].value);
    const others = runs.filter(run => run.status === 'rejected');
    expect(others.map(({ reason }) => reason.kind)).toEqual(Array(4).fill('moved'));
  });

  it('is made on the base that was seen when main moves on', async () => {
    remote.commit({ later: 'x' });
    const sha = await write();
    expect(remote.git('rev-parse', `${sha}^`)).toBe(head);
  });
});

describe('a host that does not take it', () => {
  it.each([
    [
      'GH006: Protected branch update failed for refs/heads/bump/x. See https://host.internal/x',
      /^branch bump\/x of acme\/platform was not written: the host says "GH006: Protected branch update failed for refs\/heads\/bump\/x\. See pre-receive hook declined"; let the rules of the repository allow the account/,
    ],
    [
      'refusing to allow a GitHub App to create or update workflow `.github/workflows/x.yml` without `workflows` permission',
      /the permission "workflows", or keep the change out of \.github\/workflows$/,
    ],
    ['GH013: Commits must have verified signatures.', /set the key that commits are signed with$/],
    ['Computer says no', /the host says "Computer says no pre-receive hook declined"$/],
  ])('is quoted, with the cure: %s', async (words, message) => {
    hook('pre-receive', `cat <<'EOF'\nerror: ${words}\nEOF\nexit 1`);
    const fault = await faultOf(write());
    expect(fault.kind).toBe('refused');
    expect(fault.message).toMatch(message);
    expect(branches()).toBe(only);
  });

  it('says that a branch stands in the way of a longer name', async () => {
    remote.commit({ x: 'x' }, { branch: 'bump' });
    const fault = await faultOf(write());
    expect(fault.message).toMatch(/there is a branch bump, so that no name may go on below it/);
  });

  it.each([
    [401, 'unauthorized', /missing or refused/],
    [403, 'forbidden', /give it the right to write contents/],
    [404, 'not-found', /not there, or the token/],
    [429, 'rate-limited', /limits how much/],
    [502, 'unknown', /whether it was is not known: do it again/],
  ])('is told by its cure: %i', async (status, kind, message) => {
    remote.fault = { kind: 'status', status };
    expect(await faultOf(write())).toMatchObject({
      kind,
      message: expect.stringMatching(message),
    });
    expect(branches()).toBe(only);
  });
});

describe('a connection that ends in the middle', () => {
  const midway = /git-receive-pack$/;

  it('before the host has it: nothing was written', async () => {
    remote.fault = { kind: 'status', status: 502 };
    remote.faultFor = midway;
    expect(await faultOf(write())).toMatchObject({ kind: 'unanswered' });
    expect(branches()).toBe(only);
    remote.fault = undefined;
    await write();
  });

  it('after the host has it: it is written', async () => {
    remote.fault = { kind: 'cut', bytes: 3, ends: true };
    remote.faultFor = midway;
    const sha = await write();
    expect(remote.head('bump/x')).toBe(sha);
  });

  it('for good: it says that nobody knows, and the next run finds it', async () => {
    remote.fault = { kind: 'cut', bytes: 0, ends: true };
    const fault = await faultOf(write());
    expect(fault).toMatchObject({ kind: 'unknown' });
    expect(fault.message).toMatch(/do it again, which finds what is there$/);
    remote.fault = undefined;
    const tip = await mirror.branches.tip('bump/x');
    expect(tip === undefined || remote.head('bump/x') === tip).toBe(true);
  });

  it('by silence: it ends in time', async () => {
    remote.fault = { kind: 'hang' };
    remote.faultFor = midway;
    expect(await faultOf(write())).toMatchObject({ kind: 'unanswered' });
    expect(branches()).toBe(only);
  });

  it('by the end of the process: nothing is left behind', async () => {
    remote.fault = { kind: 'hang' };
    const run = write();
    const ended = faultOf(run);
    await new Promise(resolve => setTimeout(resolve, 500));
    mirror.close();
    expect((await ended).kind).toMatch(/unanswered|unknown|aborted/);
  });
});

describe('a key', () => {
  const home = process.env.HOME;
  beforeEach(() => {
    // A socket's path must be short.
    process.env.HOME = mkdtempSync(path.join(tmpdir(), 'keys-'));
  });
  afterEach(() => {
    rmSync(process.env.HOME!, { recursive: true, force: true, maxRetries: 5 });
    process.env.HOME = home;
  });

  const kinds = (
    [
      ['ssh', 'ssh-keygen'],
      ['openpgp', 'gpg'],
    ] as const
  ).filter(([, program]) => !spawnSync(program, ['--version']).error);

  it.each(kinds)('of %s signs the commit', async format => {
    const folder = process.env.HOME!;
    const env = { PATH: process.env.PATH, HOME: folder };
    const options = { env, stdio: 'ignore' } as const;
    let key = 'portal@example.com';
    if (format === 'ssh') {
      key = path.join(folder, 'key');
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], options);
      const signers = path.join(folder, 'signers');
      writeFileSync(signers, `portal@example.com ${readFileSync(`${key}.pub`, 'utf8')}`);
      remote.config('gpg.ssh.allowedSignersFile', signers);
    } else {
      mkdirSync(path.join(folder, '.gnupg'), { mode: 0o700 });
      const made = ['--batch', '--passphrase', '', '--quick-gen-key', `Portal <${key}>`];
      execFileSync('gpg', [...made, 'ed25519', 'sign'], options);
    }
    try {
      const sha = await write({ signing: { format, key } });
      const args = ['--git-dir', remote.gitDir, 'log', '-1', '--format=%G?', sha];
      expect(execFileSync('git', args, { env, encoding: 'utf8' }).trim()).toBe('G');
    } finally {
      spawnSync('gpgconf', ['--kill', 'gpg-agent'], options);
    }
  });

  it.each(['ssh', 'openpgp'] as const)('that is not there writes nothing: %s', async format => {
    const fault = await faultOf(write({ signing: { format, key: '/nowhere/key' } }));
    expect(fault).toMatchObject({ kind: 'signing' });
    expect(fault.message).toContain(`see whether the ${format} key is there`);
    expect(branches()).toBe(only);
    expect(remote.requests).toEqual([]);
  });
});
