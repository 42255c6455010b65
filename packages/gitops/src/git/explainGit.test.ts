import { explainGit } from './explainGit';
import { GitExit } from './runGit';

const subject = { repository: 'acme/platform', branch: 'main' };
const said = (text: string) => new GitExit('fetch', 'status', text, 128);

it.each([
  ['error: file write error: No space left on device', 'full-disk'],
  ['fatal: unable to write file: Disk quota exceeded', 'full-disk'],
  ["fatal: Authentication failed for 'https://git.example.com/acme/platform.git/'", 'unauthorized'],
  [
    "fatal: could not read Username for 'https://git.example.com': terminal prompts disabled",
    'unauthorized',
  ],
  ['fatal: unable to access: The requested URL returned error: 403', 'forbidden'],
  ['remote: Repository not found.\nfatal: repository not found', 'not-found'],
  ["fatal: couldn't find remote ref refs/heads/main", 'no-branch'],
  ['fatal: unable to access: Could not resolve host: git.example.com', 'unreachable'],
  ['fatal: unable to access: SSL certificate problem: self-signed certificate', 'unreachable'],
  ['error: RPC failed; curl 28 Operation too slow. Less than 100 bytes/sec', 'timeout'],
  ['fatal: remote error: upload-pack: not our ref 1111', 'bad-answer'],
  ["error: cannot open '/data/x.git/FETCH_HEAD': Permission denied", 'bad-folder'],
  ['fatal: something that nobody has seen before', 'failed'],
])('takes "%s" for %s', (text, kind) => {
  const fault = explainGit(said(text), subject);
  expect(fault.kind).toBe(kind);
  expect(fault.message).toMatch(/^acme\/platform [^\n]+$/);
  expect(fault.message).not.toMatch(/git\.example\.com|\/data/);
});

it('takes what is wrong with the mirror itself for damage', () => {
  const text =
    'error: inflate: data stream error (incorrect header check)\nfatal: loose object is corrupt';
  expect(explainGit(said(text), subject, true).kind).toBe('corrupt');
  expect(explainGit(said('fatal: bad config line 1 in file config'), subject).kind).toBe('corrupt');
});

it('reads the errors of files by their codes', () => {
  const error = (code: string) => Object.assign(new Error(code), { code });
  expect(explainGit(error('ENOSPC'), subject).kind).toBe('full-disk');
  expect(explainGit(error('EACCES'), subject).kind).toBe('bad-folder');
});
