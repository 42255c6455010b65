import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { tools } from './catalogue.mjs';
import { findTool, missingLine } from './find.mjs';
import { goMod } from './go.mjs';

describe('findTool', () => {
  let folder;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tools test '));
    await writeFile(path.join(folder, 'trivy'), '#!/bin/sh\n', { mode: 0o755 });
  });
  after(() => rm(folder, { recursive: true }));

  it("takes the user's own first", async () =>
    assert.equal(
      await findTool('trivy', { bring: 'none', env: { PATH: folder } }),
      path.join(folder, 'trivy'),
    ));
});

describe('missingLine', () => {
  const cases = [
    ['trivy', 'quick', 'trivy (not found; npm run test:platform brings it)'],
    [
      'trivy',
      'all',
      'trivy (not found, and no Go to bring it with: install Trivy (https://trivy.dev))',
    ],
    [
      'zizmor',
      'quick',
      'zizmor (not found, and no python3 with venv to bring it with: pip install zizmor)',
    ],
    ['helm', 'all', 'helm (not found: install Helm 3.16 or newer (https://helm.sh))'],
  ];
  for (const [name, bring, line] of cases) {
    it(`${name}, ${bring}`, () => assert.equal(missingLine(name, bring), line));
  }
});

describe('the catalogue', () => {
  it('pins every tool that is brought', async () => {
    const text = await readFile(new URL('requirements.txt', import.meta.url), 'utf8');
    for (const [name, { python, go, cure }] of Object.entries(tools)) {
      assert.ok(cure, name);
      if (python) assert.match(text, new RegExp(`^${name}==\\d+\\.\\d+\\.\\d+$`, 'm'));
      if (go) assert.match(go.version, /^v\d+\.\d+\.\d+$/, name);
    }
  });
});

describe('goMod', () => {
  it('requires the tool and replaces what its own go.mod does', () => {
    const replace = [{ from: 'a.example/x', to: 'b.example/x', at: 'v1.0.0' }];
    assert.equal(
      goMod({ module: 'c.example/tool', version: 'v2.0.0', replace }),
      'module tools\n\ngo 1.24\n\nrequire c.example/tool v2.0.0\n\nreplace a.example/x => b.example/x v1.0.0\n',
    );
  });
});
