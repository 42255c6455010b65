import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { root } from './paths.mjs';
import { checkStartArguments } from './startArguments.mjs';

describe('checkStartArguments', () => {
  for (const args of [
    [],
    ['--config', 'package.json', '--config=scripts/bootstrap.mjs'],
    ['--config', 'https://config.example/x.yaml'],
    ['--example', 'kustomize-overlays'],
  ]) {
    it(`accepts ${JSON.stringify(args)}`, () => checkStartArguments(args, root));
  }

  for (const [args, message] of [
    [['--config', 'absent.yaml'], /^CureError: --config absent\.yaml: there is no such file in /],
    [['--config'], /'--config <value>' argument missing.*Usage/],
    [['--example'], /'--example <value>' argument missing.*Usage/],
    [['--example', 'none'], /--example none: there is no such example; .*kustomize-overlays/],
    [['--example', '../examples'], /there is no such example/],
    [['--wat'], /Unknown option '--wat'\. Usage: npm start -- \[--config <file>\]/],
    [['more'], /Unexpected argument 'more'/],
  ]) {
    it(`refuses ${JSON.stringify(args)}`, () =>
      assert.rejects(checkStartArguments(args, root), message));
  }
});
