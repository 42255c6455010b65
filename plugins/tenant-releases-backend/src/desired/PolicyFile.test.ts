import { mockServices } from '@backstage/backend-test-utils';
import { UpstreamError, type GitFile, toText } from '@internal/gitops';
import { PolicyFile } from './PolicyFile';

const path = 'gitops/policy/releases.yaml';
const good = 'badVersions: [{ version: sha-1, reason: loses orders }]\n';

describe('PolicyFile', () => {
  const logger = mockServices.logger.mock();
  /** The SHA of these files is their content, in Latin-1. */
  const blob = jest.fn(async (sha: string) => toText(Buffer.from(sha, 'latin1')));
  let file: PolicyFile;
  const read = (text: string | undefined, kind?: GitFile['kind']) =>
    file.read(text === undefined ? [] : [{ path, sha: text, ...(kind ? { kind } : {}) }]);
  const reasons = () => file.leftOut().map(({ reason }) => reason);
  const bad = () => file.policy.badVersions.map(({ version }) => version);

  beforeEach(() => {
    jest.clearAllMocks();
    file = new PolicyFile({ blob }, path, logger);
  });

  it('says nothing of a file that it has read', async () => {
    expect(await read(good)).toBe(true);
    expect(await read(good)).toBe(false);
    expect(bad()).toEqual(['sha-1']);
    expect(file.leftOut()).toEqual([]);
    expect(blob).toHaveBeenCalledTimes(1);
  });

  it.each([
    [
      'a key that is wrong',
      'freeze: []\n',
      undefined,
      /^It cannot be read \(line 1: freeze is not a/,
    ],
    ['no YAML', 'freezes: [\n', undefined, /^It cannot be read \(line 2: freezes /],
    ['Latin-1', '# M\u00fcller\n', undefined, /^It is not UTF-8: save it as UTF-8; until then/],
    ['nothing', '', undefined, /^It is empty: write what belongs here, or delete the file; until/],
    ['a link', 'x', 'symlink' as const, /^It is a symbolic link: replace it by the file or folder/],
  ])('tells of %s, and keeps the rules before it', async (_, text, kind, reason) => {
    expect(await read(text, kind)).toBe(false);
    expect(file.leftOut()).toEqual([
      { kind: 'file', name: path, reason: expect.stringMatching(reason) },
    ]);
    expect(reasons()[0]).toMatch(/until then nothing is known to be frozen or bad\.$/);
    await read(good);
    expect(file.leftOut()).toEqual([]);
    expect(await read(text, kind)).toBe(false);
    expect(bad()).toEqual(['sha-1']);
    expect(reasons()[0]).toMatch(reason);
    expect(reasons()[0]).toMatch(/until then the rules that were read last stay\.$/);
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('tells of a file that is missing, or was moved away', async () => {
    const missing = [
      expect.stringMatching(/^It is missing, so that nothing is frozen .*policyPath\.$/),
    ];
    expect(await read(undefined)).toBe(false);
    expect(reasons()).toEqual(missing);
    expect(logger.warn).not.toHaveBeenCalled();
    await read(good);
    expect(reasons()).toEqual([]);
    expect(await read(undefined)).toBe(true);
    expect(bad()).toEqual([]);
    expect(reasons()).toEqual(missing);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('tells of a file that Git does not hand out, and asks for it again', async () => {
    await read(good);
    blob.mockRejectedValueOnce(new UpstreamError('not-found', 'answered 404'));
    expect(await read(`${good}# more\n`)).toBe(false);
    expect(file.isUnread).toBe(true);
    expect(reasons()).toEqual([
      expect.stringMatching(/^It is not handed out by Git: .* last stay\.$/),
    ]);
    expect(await read(`${good}# more\n`)).toBe(true);
    expect(reasons()).toEqual([]);
    blob.mockRejectedValueOnce(new UpstreamError('timeout', 'no answer in time'));
    await expect(read('x')).rejects.toMatchObject({ errorClass: 'timeout' });
  });
});
