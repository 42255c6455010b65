import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { listFiles } from './lib/hash.mjs';
import { root } from './lib/paths.mjs';
import { waiversWithoutReason } from './lib/platform/waivers.mjs';
import { parseYaml } from './lib/workflows/read.mjs';

const readText = file => readFile(path.join(root, file), 'utf8');

describe('waiversWithoutReason', () => {
  const cases = [
    ['name: x', 0],
    ['checkov.io/skip1: CKV_K8S_43=The tag names one release', 0],
    ['checkov.io/skip1: CKV_K8S_43=', 1],
    ['checkov.io/skip1: CKV_K8S_43', 1],
    ['# checkov:skip=CKV_GHA_7:nothing is built here', 0],
    ['# checkov:skip=CKV_GHA_7', 1],
    ['# There are two replicas.\nkube-score/ignore: deployment-replicas', 0],
    ['# One pod is enough.\n{{- end }}\nkube-score/ignore: {{ $ignored }}', 0],
    ['name: x\nkube-score/ignore: deployment-replicas', 1],
    ['# trivy:ignore:KSV-0125', 1],
    ['uses: ./x # zizmor: ignore[self-repository]', 1],
  ];
  for (const [text, count] of cases) {
    it(`${count} in ${JSON.stringify(text)}`, () =>
      assert.equal(waiversWithoutReason(text).length, count));
  }
});

describe('every waiver gives its reason', async () => {
  const files = await listFiles(root, [
    'charts',
    'gitops',
    '.github',
    'services/demo-api/Dockerfile',
  ]);
  it('where it stands beside what it waives', async () => {
    const found = [];
    for (const file of files) {
      found.push(...waiversWithoutReason(await readText(file)).map(line => `${file}:${line}`));
    }
    assert.deepEqual(found, []);
  });
  it('where it cannot stand there, and names the files that it is for', async () => {
    const { misconfigurations } = parseYaml(await readText('.trivyignore.yaml'));
    for (const { id, paths, statement } of misconfigurations) {
      assert.ok(paths.length > 0 && statement.length > 30, id);
    }
  });
  it('and none is for everything', async () => {
    assert.doesNotMatch(await readText('.checkov.yaml'), /^skip-check/m);
    assert.doesNotMatch(await readText('.gitleaks.toml'), /allowlist/);
    assert.doesNotMatch(await readText('trivy.yaml'), /^severity/m);
  });
});
