import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseYaml } from './read.mjs';
import { pinsOf, problemsOf, writesOf } from './rules.mjs';

const commit = '0123456789abcdef0123456789abcdef01234567';
const good = `
on: { pull_request: {} }
permissions: {}
defaults: { run: { shell: bash } }
concurrency: { group: x }
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions: { contents: read }
    steps:
      - name: Check out
        uses: actions/checkout@${commit} # v7.0.1
        with: { persist-credentials: false }
      - name: Test
        env:
          TITLE: \${{ github.event.pull_request.title }}
        run: echo "$TITLE"
`;

const cases = [
  [
    'on: { pull_request: {} }',
    'on: { pull_request_target: {} }',
    /pull_request_target is not used/,
  ],
  ['on: { pull_request: {} }', 'on: [push, workflow_run]', /workflow_run is not used/],
  ['permissions: {}', 'permissions: read-all', /the default must be none/],
  ['\npermissions: {}', '', /the default must be none/],
  ['concurrency: { group: x }', '', /a group is missing/],
  ['defaults: { run: { shell: bash } }', '', /run.shell is not bash/],
  ['permissions: { contents: read }', 'permissions: write-all', /test: permissions are missing/],
  ['timeout-minutes: 10', '', /timeout-minutes is missing/],
  ['timeout-minutes: 10', 'timeout-minutes: 360', /timeout-minutes is missing or above 60/],
  ['ubuntu-24.04', 'ubuntu-latest', /runs-on names no version/],
  ['persist-credentials: false', 'fetch-depth: 0', /persist-credentials is not false/],
  ['echo "$TITLE"', 'echo "${{ github.event.issue.title }}"', /an expression inside of run/],
  ['github.event.pull_request.title', 'secrets.TOKEN', /a stored secret is used/],
  [`@${commit} # v7.0.1`, '@v7', /line 13: actions\/checkout@v7 is not pinned by commit/],
  [`@${commit} # v7.0.1`, `@${commit.slice(1)} # v7.0.1`, /is not pinned by commit/],
  [' # v7.0.1', '', /does not say which release/],
  [' # v7.0.1', ' # v7', /does not say which release/],
  ['- name: Test\n        env', '- env', /a name is missing/],
];

describe('problemsOf', () => {
  it('is empty for a workflow that keeps the rules', () =>
    assert.deepEqual(problemsOf(parseYaml(good), good), []));

  for (const [from, to, expected] of cases) {
    it(`finds ${to || `that ${from.trim()} is missing`}`, () => {
      const text = good.replace(from, to);
      assert.notEqual(text, good);
      const problems = problemsOf(parseYaml(text), text);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0], expected);
    });
  }
});

describe('pinsOf', () => {
  it('names action, commit and release, and leaves local workflows out', () =>
    assert.deepEqual(pinsOf(`${good}    uses: ./.github/workflows/x.yml\n`), [
      { action: 'actions/checkout', commit, release: 'v7.0.1' },
    ]));
});

describe('writesOf', () => {
  it('lists what may be written', () =>
    assert.deepEqual(
      writesOf({ permissions: { packages: 'write', contents: 'read', actions: 'write' } }),
      ['actions', 'packages'],
    ));
});
