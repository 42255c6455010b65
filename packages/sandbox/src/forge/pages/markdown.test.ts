import * as fastCheck from 'fast-check';
import { markdown } from './markdown';

const draw = (source: string) =>
  markdown(source).markup.replace(/^<div class="markdown">([^]*)<\/div>$/, '$1');

describe('markdown', () => {
  it.each([
    ['Two\nlines\n\nand more', '<p>Two\nlines</p>\n<p>and more</p>'],
    ['# One\n### Three', '<h3>One</h3>\n<h5>Three</h5>'],
    [
      '- a\n- b\n  goes on\n- [x] done',
      '<ul><li>a</li><li>b goes on</li><li><input type="checkbox" disabled checked> done</li></ul>',
    ],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    [
      '```yaml\na: <b>\n\n- c\n```\nafter',
      '<pre><code>a: &lt;b&gt;\n\n- c</code></pre>\n<p>after</p>',
    ],
    [
      '`a *b* <c>` and **d** and *e*',
      '<p><code>a *b* &lt;c&gt;</code> and <strong>d</strong> and <em>e</em></p>',
    ],
    ['snake_case_name stays', '<p>snake_case_name stays</p>'],
    [
      '| a | b |\n|---|:-:|\n| `x` | 1 \\| 2 |',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><code>x</code></td><td>1 | 2</td></tr></tbody></table>',
    ],
    ['> quoted\n> text', '<blockquote><p>quoted\ntext</p></blockquote>'],
    [
      '[here](https://example.com/a?b=1&c=2)',
      '<p><a href="https://example.com/a?b=1&amp;c=2" rel="noreferrer nofollow">here</a></p>',
    ],
    [
      'see http://localhost:7007/x.',
      '<p>see <a href="http://localhost:7007/x" rel="noreferrer nofollow">http://localhost:7007/x</a>.</p>',
    ],
    ['---', '<hr>'],
    ['not a table | at all', '<p>not a table | at all</p>'],
    ['```\nnever closed', '<pre><code>never closed</code></pre>'],
    ['', ''],
  ])('draws %j', (source, markup) => {
    expect(draw(source)).toBe(markup);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,x)',
    '[x](//evil.example/)',
    '[x](/\\evil.example)',
    '[x](vbscript:x)',
    '<img src=x onerror=alert(1)>',
    '<a href="https://x">y</a>',
  ])('makes no link or tag of %s', source => {
    expect(draw(source)).not.toMatch(/<(?!\/?p>)/);
  });

  it('never lets a tag or an attribute through, whatever is written', () => {
    const bits = [
      '<script>',
      '"',
      "'",
      '`',
      '``',
      '*',
      '**',
      '[a](',
      'https://x/',
      ')',
      '\n',
      '|',
      '- ',
      '\x01',
      '0\x02',
      '> ',
      '```',
      'onload=',
    ];
    fastCheck.assert(
      fastCheck.property(
        fastCheck.array(fastCheck.constantFrom(...bits), { maxLength: 30 }),
        parts => {
          const markup = draw(parts.join(''));
          expect(markup).not.toMatch(/<script|undefined/);
          const tags = markup.match(/<[^>]*>?/g) ?? [];
          for (const tag of tags) {
            expect(tag).toMatch(
              /^<(\/?(p|ul|ol|li|table|thead|tbody|tr|th|td|code|pre|strong|em|blockquote|hr|h[3-6]|a)|a href="https?:\/\/[^"<>]*" rel="noreferrer nofollow")>$/,
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
