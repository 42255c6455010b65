/** Programs that play apt-get, dpkg-deb and prometheus stand on a PATH of the test's own. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findPrometheus } from './install';

let directory: string;
let bin: string;
let toolsDir: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'install-'));
  bin = path.join(directory, 'bin');
  toolsDir = path.join(directory, 'tools');
  mkdirSync(bin);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function program(file: string, script: string) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "$(basename "$0") $*" >> ${directory}/calls\n${script}\n`);
  chmodSync(file, 0o755);
}

const says = (version: string) => `echo "prometheus, version ${version} (branch: debian)"`;
const calls = () =>
  existsSync(`${directory}/calls`)
    ? readFileSync(`${directory}/calls`, 'utf8')
        .trim()
        .split('\n')
        .filter(line => !/--version/.test(line))
    : [];

/** An apt-get whose download works, fails, or fails until the lists are there; and a dpkg-deb. */
function debian(download: 'works' | 'fails' | 'wants lists') {
  const fail = 'echo "E: Unable to locate package prometheus" >&2; exit 100';
  const condition = { works: 'true', fails: 'false', 'wants lists': `[ -f ${directory}/lists ]` };
  program(
    path.join(bin, 'apt-get'),
    `case $1 in
      update) touch ${directory}/lists;;
      download) if ${condition[download]}; then touch prometheus_2.42.0_amd64.deb; else ${fail}; fi;;
    esac`,
  );
  const prometheus = '"$3/usr/bin/prometheus"';
  program(
    path.join(bin, 'dpkg-deb'),
    `mkdir -p "$3/usr/bin" && { echo '#!/bin/sh'; echo '${says(
      '2.42.0',
    )}'; } > ${prometheus} && chmod +x ${prometheus}`,
  );
}

/** Where sh, mkdir and the like are; without this machine's own apt-get and prometheus. */
let system: string;
beforeEach(() => {
  system = path.join(directory, 'system');
  mkdirSync(system);
  for (const name of ['sh', 'mkdir', 'touch', 'chmod', 'basename', 'cat']) {
    const real = ['/bin', '/usr/bin'].map(folder => path.join(folder, name)).find(existsSync)!;
    writeFileSync(path.join(system, name), `#!/bin/sh\nexec ${real} "$@"\n`, { mode: 0o755 });
  }
});

const log: string[] = [];
function find(isRoot = false) {
  log.length = 0;
  const environment = { PATH: `${bin}:${system}` };
  return findPrometheus({ toolsDir, isRoot, environment, log: line => log.push(line) });
}

const unpacked = () => path.join(toolsDir, 'prometheus/usr/bin/prometheus');

describe('findPrometheus', () => {
  it("takes the user's own from PATH, and asks nobody", async () => {
    program(path.join(bin, 'prometheus'), says('3.5.0'));
    program(path.join(bin, 'promtool'), '');
    debian('works');
    expect(await find()).toEqual({
      prometheus: path.join(bin, 'prometheus'),
      promtool: path.join(bin, 'promtool'),
    });
    expect(calls()).toEqual([]);
  });

  it.each([
    ['that is too old', says('2.27.1')],
    ['that is another program', 'echo "Prometheus, a fire-bringer 3.0"'],
    ['that does not run', 'exit 1'],
  ])('passes over one on PATH %s', async (_, script) => {
    program(path.join(bin, 'prometheus'), script);
    debian('works');
    expect(await find()).toEqual({ prometheus: unpacked(), promtool: undefined });
  });

  it("unpacks the system's package once", async () => {
    debian('works');
    expect(await find()).toMatchObject({ prometheus: unpacked() });
    expect(log).toHaveLength(1);
    expect(await find()).toMatchObject({ prometheus: unpacked() });
    expect(log).toEqual([]);
    expect(calls()).toEqual([
      'apt-get download prometheus',
      expect.stringMatching(/^dpkg-deb -x /),
    ]);
    expect(readdirSync(toolsDir)).toEqual(['prometheus']);
  });

  it('does not stumble over another process that unpacks at the same time', async () => {
    debian('works');
    const found = await Promise.all([find(), find(), find()]);
    expect(found).toEqual(Array(3).fill({ prometheus: unpacked(), promtool: undefined }));
    expect(readdirSync(toolsDir)).toEqual(['prometheus']);
  });

  it('refreshes the lists as root', async () => {
    debian('wants lists');
    expect(await find(true)).toMatchObject({ prometheus: unpacked() });
    expect(calls().slice(0, 3)).toEqual([
      'apt-get download prometheus',
      'apt-get update',
      'apt-get download prometheus',
    ]);
  });

  it.each([
    ['with lists that only root may refresh', 'wants lists', false],
    ['without such a package', 'fails', true],
  ] as const)('says in one line what to do %s', async (_, download, isRoot) => {
    debian(download);
    expect(await find(isRoot)).toEqual({
      missing:
        'no Prometheus found (E: Unable to locate package prometheus): install it ' +
        '(Debian, Ubuntu: apt-get install prometheus) or put it on PATH',
    });
    expect(readdirSync(toolsDir)).toEqual([]);
  });

  it('says what to do on a system without apt', async () => {
    expect(await find()).toEqual({
      missing: expect.stringMatching(/^no Prometheus found: install it .*or put it on PATH$/),
    });
  });

  it('does not keep a package whose program does not run', async () => {
    debian('works');
    program(path.join(bin, 'dpkg-deb'), 'echo "dpkg-deb: error: archive is damaged" >&2; exit 2');
    expect(await find()).toEqual({ missing: expect.stringContaining('archive is damaged') });
    expect(readdirSync(toolsDir)).toEqual([]);
  });
});
