import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resolveConfigFiles } from '../commands/arguments';
import { checkConfigFiles } from './checkConfigFiles';

describe('configuration files of the user', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'config-test-'));
    await writeFile(path.join(folder, 'good.yaml'), 'a: 1\n');
    await writeFile(path.join(folder, 'bad.yaml'), 'a: [1\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are looked for where the command was typed', () => {
    const files = ['a.yaml', '../b.yaml', '/c.yaml', 'https://config.example/d.yaml'];
    expect(resolveConfigFiles(files, '/home/ada')).toEqual([
      '/home/ada/a.yaml',
      '/home/b.yaml',
      '/c.yaml',
      'https://config.example/d.yaml',
    ]);
  });

  it('may be good', async () => {
    await expect(
      checkConfigFiles([path.join(folder, 'good.yaml'), 'https://config.example/d.yaml']),
    ).resolves.toBeUndefined();
  });

  it.each([
    ['none.yaml', /--config .*none\.yaml: there is no such file\.$/],
    ['bad.yaml', /--config .*bad\.yaml: .* at line 2, column 1\.$/],
    ['.', /cannot be read \(EISDIR\)\.$/],
  ])('are refused before anything starts: %s', async (name, message) => {
    await expect(checkConfigFiles([path.join(folder, name)])).rejects.toThrow(message);
  });
});
