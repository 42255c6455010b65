import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { exists, root } from '../lib/paths.mjs';
import { anchorsOf, codeOf, linksOf, npmScriptsOf, tableBelow } from './markdown.mjs';

const read = file => readFile(path.join(root, file), 'utf8');
const { parse } = createRequire(path.join(root, 'packages/sandbox/package.json'))('yaml');
const inDocs = (await readdir(path.join(root, 'docs'), { recursive: true }))
  .filter(file => file.endsWith('.md'))
  .map(file => path.join('docs', file))
  .sort();
const pages = ['README.md', 'CONTRIBUTING.md', ...inDocs];
const { scripts } = JSON.parse(await read('package.json'));

/** What is wrong with a link of a page, or undefined. */
async function problemOf(page, link) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined;
  const [target, anchor] = link.split('#');
  const file = target ? path.join(path.dirname(page), decodeURI(target)) : page;
  if (!(await exists(path.join(root, file)))) return `${link}: there is no ${file}`;
  if (anchor === undefined || !file.endsWith('.md')) return undefined;
  if (anchorsOf(await read(file)).includes(anchor)) return undefined;
  return `${link}: ${file} has no heading #${anchor}`;
}

describe('the documentation', () => {
  for (const page of pages) {
    it(`${page}: its links lead somewhere`, async () => {
      const links = linksOf(await read(page));
      const problems = await Promise.all(links.map(link => problemOf(page, link)));
      assert.deepEqual(problems.filter(Boolean), []);
    });

    it(`${page}: its commands exist`, async () => {
      const text = await read(page);
      assert.deepEqual(
        npmScriptsOf(text).filter(name => scripts[name] === undefined),
        [],
      );
      const programs = [...text.matchAll(/\bscripts\/[\w./-]*\w/g)].map(match => match[0]);
      const absent = [];
      for (const program of new Set(programs)) {
        if (!(await exists(path.join(root, program)))) absent.push(program);
      }
      assert.deepEqual(absent, []);
    });
  }

  it('mkdocs.yml names every page once, and no page that is not there', async () => {
    const { nav } = parse(await read('mkdocs.yml'));
    const files = entry =>
      typeof entry === 'string' ? [entry] : Object.values(entry).flat().flatMap(files);
    const named = nav.flatMap(files).map(file => path.join('docs', file));
    assert.equal(new Set(named).size, named.length);
    assert.deepEqual(
      named.filter(file => !inDocs.includes(file)),
      [],
    );
    // A decision may be new and is found through the others; what is measured is written by npm run bench.
    const isFree = file => file.startsWith('docs/adr/') || file === 'docs/benchmarks.md';
    assert.deepEqual(
      inDocs.filter(file => !isFree(file) && !named.includes(file)),
      [],
    );
  });

  it("the alerts' runbook links lead to headings", async () => {
    const folder = 'gitops/platform/prometheus/rules';
    const rules = (await readdir(path.join(root, folder))).filter(file => file.endsWith('.yaml'));
    const links = [];
    for (const rule of rules) {
      const text = await read(path.join(folder, rule));
      for (const match of text.matchAll(/runbook_url: \S+\/blob\/main\/(\S+)/g))
        links.push(match[1]);
    }
    const problems = await Promise.all(
      [...new Set(links)].map(link => problemOf('README.md', link)),
    );
    assert.deepEqual(problems.filter(Boolean), []);
  });
});

describe('the controls of docs/threat-model.md', async () => {
  const rows = tableBelow(await read('docs/threat-model.md'), 'Controls');

  it('are listed', () => assert.ok(rows.length >= 20, `only ${rows.length} rows`));

  for (const [control, implemented, proved] of rows) {
    it(`${control}: what implements and proves it is there`, async () => {
      for (const cell of [implemented, proved]) {
        const files = codeOf(cell ?? '').filter(code => code.includes('/') || code.includes('.'));
        assert.ok(files.length > 0, `"${cell}" names no file`);
        for (const file of files)
          assert.ok(await exists(path.join(root, file)), `there is no ${file}`);
      }
      const tests = codeOf(proved).filter(
        file => !/test|conformance|Suite|verif|suite/i.test(file),
      );
      assert.deepEqual(tests, [], 'the last column names tests');
    });
  }
});
