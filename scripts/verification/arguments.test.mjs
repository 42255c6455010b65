import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArguments, UsageError, urlsFrom } from './arguments.mjs';

describe('readArguments', () => {
  it('has defaults', () =>
    assert.deepEqual(readArguments([], '/home/ada'), {
      help: false,
      output: 'text',
      tenants: [],
      kubeconfig: undefined,
      context: undefined,
      observability: 'observability',
      urls: {},
    }));

  it('takes several tenants, a kubeconfig relative to the caller, and URLs without a slash', () => {
    const args = ['--tenant', 'tenant-a', '--tenant', 'tenant-b', '--kubeconfig', 'k3d/config'];
    const read = readArguments([...args, '--loki', 'http://localhost:3100/'], '/home/ada');
    assert.deepEqual(read.tenants, ['tenant-a', 'tenant-b']);
    assert.equal(read.kubeconfig, '/home/ada/k3d/config');
    assert.deepEqual(read.urls, { loki: 'http://localhost:3100' });
  });

  for (const [args, message] of [
    [['--wat'], /Unknown option '--wat'/],
    [['--output', 'xml'], /--output xml: choose text or json/],
    [['--tenant', '../x'], /"\.\.\/x" is not a namespace/],
    [['--tenant', '-A'], /'--tenant'/],
    [['--observability', 'A'], /"A" is not a namespace/],
    [['--loki', 'localhost:3100'], /--loki localhost:3100: give an http or https URL/],
    [['--argocd', 'http://admin:secret@x'], /credentials by environment/],
    [['tenant-a'], /Unexpected argument 'tenant-a'/],
  ]) {
    it(`refuses ${args.join(' ')}`, () =>
      assert.throws(
        () => readArguments(args, '/'),
        error => error instanceof UsageError && message.test(error.message),
      ));
  }
});

describe('urlsFrom', () => {
  it('reads what is set', () =>
    assert.deepEqual(urlsFrom({ LOKI_URL: 'http://loki:3100', PROMETHEUS_URL: '' }), {
      loki: 'http://loki:3100',
    }));
  it('names the variable that is wrong', () =>
    assert.throws(() => urlsFrom({ ARGOCD_URL: 'argocd' }), /ARGOCD_URL argocd: give an http/));
});
