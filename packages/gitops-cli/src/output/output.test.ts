import { code, plain, table } from '@internal/gitops';
import { workflowCommand } from './github';

describe('workflowCommand', () => {
  it.each([
    [{ level: 'error', message: 'a' }, '::error::a'],
    [
      { level: 'notice', title: 'gitops: x', message: 'a: b, c' },
      '::notice title=gitops%3A x::a: b, c',
    ],
    [
      {
        level: 'warning',
        file: 'gitops/a,b:c.yaml',
        line: 3,
        column: 5,
        message: '100%\r\nnext\n::error::x',
      },
      '::warning file=gitops/a%2Cb%3Ac.yaml,line=3,col=5::100%25%0D%0Anext%0A::error::x',
    ],
    [{ level: 'error', file: 'a\nb%.yaml', message: '' }, '::error file=a%0Ab%25.yaml::'],
    [
      { level: 'error', file: 'a\u001b[31m.yaml', message: '\u0007x\ty' },
      '::error file=a?[31m.yaml::?x?y',
    ],
  ] as const)('writes %j', (annotation, expected) => {
    expect(workflowCommand(annotation)).toBe(expected);
    expect(workflowCommand(annotation)).not.toContain('\n');
  });
});

describe('markdown', () => {
  it.each([
    ['a', '`a`'],
    ['', ''],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a\\|b`'],
    ['a\n# b', '`a # b`'],
    ['<img src=x onerror=y>', '`<img src=x onerror=y>`'],
    ['\u202egnp', '`gnp`'],
  ])('shows %j as code', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it.each([
    ['[x](https://evil.example)', '\\[x\\]\\(https\\:\\/\\/evil\\.example\\)'],
    ['@acme/all <b>', '&#64;acme\\/all \\<b\\>'],
    ['a & b | c', 'a &amp; b \\| c'],
    ['#12 _x_ *y*', '\\#12 \\_x\\_ \\*y\\*'],
    ['two\nlines', 'two lines'],
  ])('shows %j as text', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('shortens what is too long', () => {
    expect(code('x'.repeat(500)).length).toBeLessThan(130);
    expect(plain('x'.repeat(500)).length).toBeLessThan(210);
  });

  it('makes a table of rows, and none of nothing', () => {
    expect(table(['a', 'b'], [['1', '2']])).toEqual([
      '| a | b |',
      '| --- | --- |',
      '| 1 | 2 |',
      '',
    ]);
    expect(table(['a'], [])).toEqual([]);
  });
});
