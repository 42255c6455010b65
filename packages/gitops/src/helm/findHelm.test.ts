import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findHelm } from './findHelm';

describe('findHelm', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'find-helm-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('takes the first program of the search path, no folder and no other file', async () => {
    await mkdir(path.join(folder, 'a', 'helm'), { recursive: true });
    for (const name of ['b', 'c', 'd']) {
      await mkdir(path.join(folder, name));
      await writeFile(path.join(folder, name, 'helm'), '');
    }
    await chmod(path.join(folder, 'c', 'helm'), 0o755);
    await chmod(path.join(folder, 'd', 'helm'), 0o755);
    const search = ['a', 'b', 'c', 'd'].map(name => path.join(folder, name)).join(path.delimiter);
    expect(await findHelm(undefined, search)).toEqual({ path: path.join(folder, 'c', 'helm') });
  });

  it('says what to do when there is none', async () => {
    expect(await findHelm(undefined, folder)).toEqual({
      problem: expect.stringContaining(
        'install helm 3.16 or newer, or set tenantReleases.helm.path',
      ),
    });
  });

  it('takes the configured one only', async () => {
    const file = path.join(folder, 'my-helm');
    await writeFile(file, '');
    expect(await findHelm(file)).toEqual({
      problem: expect.stringContaining('helm.path leads to'),
    });
    await chmod(file, 0o755);
    expect(await findHelm(file)).toEqual({ path: file });
  });
});
