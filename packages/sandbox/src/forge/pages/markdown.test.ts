import * as fastCheck from 'fast-check';
import { markdown } from './markdown';

const draw = (source: string, kind?: 'message') =>
  markdown(source, kind)
    .markup.replace(/^<div class="markdown">([^]*)<\/div>$/, '$1')
    .trim();
const inline = (source: string) => draw(source).replace(/^<p>|<\/p>$/g, '');

describe('markdown', () => {
  it.each([
    ['Two\nlines\n\nand more', '<p>Two\nlines</p>\n<p>and more</p>'],
    ['# One\n### Three\n##### Five', '<h3>One</h3>\n<h5>Three</h5>\n<h6>Five</h6>'],
    ['Title\n=====', '<h3>Title</h3>'],
    ['- a\n- b\n  goes on', '<ul>\n<li>a</li>\n<li>b\ngoes on</li>\n</ul>'],
    ['- a\n  1. b', '<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n</ul>'],
    ['3) a\n4) b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'],
    [
      '```yaml\na: <b>\n\n- c\n```\nafter',
      '<pre><code class="language-yaml">a: &lt;b&gt;\n\n- c\n</code></pre>\n<p>after</p>',
    ],
    ['```\nnever closed', '<pre><code>never closed</code></pre>'],
    [
      '> quoted\n> - item',
      '<blockquote>\n<p>quoted</p>\n<ul>\n<li>item</li>\n</ul>\n</blockquote>',
    ],
    ['a\n\n---', '<p>a</p>\n<hr>'],
    ['not a table | at all', '<p>not a table | at all</p>'],
    ['', ''],
  ])('draws the blocks of %j', (source, markup) => {
    expect(draw(source)).toBe(markup);
  });

  it.each([
    [
      '`a *b* <c>` **d** *e* ~~f~~',
      '<code>a *b* &lt;c&gt;</code> <strong>d</strong> <em>e</em> <s>f</s>',
    ],
    ['snake_case_name stays', 'snake_case_name stays'],
    [
      '<sub>made by `ci`</sub>,<br>x<sup>2</sup>',
      '<sub>made by <code>ci</code></sub>,<br>x<sup>2</sup>',
    ],
    ['<sub class="x">a</sub >', '&lt;sub class=&quot;x&quot;&gt;a&lt;/sub &gt;'],
    ['README.md, a@example.com and example.com', 'README.md, a@example.com and example.com'],
    [
      '[here](https://example.com/a?b=1&c=2)',
      '<a href="https://example.com/a?b=1&amp;c=2" rel="noreferrer nofollow">here</a>',
    ],
    [
      '[#7](/acme/platform/pull/7)',
      '<a href="/acme/platform/pull/7" rel="noreferrer nofollow">#7</a>',
    ],
    [
      'see http://localhost:7007/x.',
      'see <a href="http://localhost:7007/x" rel="noreferrer nofollow">http://localhost:7007/x</a>.',
    ],
    ['![a chart](https://example.com/x.png)', 'a chart'],
    [
      '[![badge](https://example.com/x.svg)](https://example.com)',
      '<a href="https://example.com" rel="noreferrer nofollow">badge</a>',
    ],
  ])('draws %j inside a line', (source, markup) => {
    expect(inline(source)).toBe(markup);
  });

  it('draws tables, aligned by class', () => {
    const cells = draw('| a | b |\n|---|--:|\n| `x` | 1 \\| 2 |').match(/<t[hd]\b[^]*?<\/t[hd]>/g);
    expect(cells).toEqual([
      '<th>a</th>',
      '<th class="right">b</th>',
      '<td><code>x</code></td>',
      '<td class="right">1 | 2</td>',
    ]);
  });

  it('draws task lists, and no boxes elsewhere', () => {
    const boxes = (source: string) => draw(source).match(/<input[^>]*>[^<]*/g) ?? [];
    expect(boxes('- [ ] ask **them**\n- [x] done\n\n1. [X] loose')).toEqual([
      '<input type="checkbox" disabled aria-label="Open task"> ask ',
      '<input type="checkbox" disabled checked aria-label="Done task"> done',
      '<input type="checkbox" disabled checked aria-label="Done task"> loose',
    ]);
    expect(boxes('[ ] no item\n\n- [link][x] y\n- `[ ] code`\n- a\n\n  [ ] second')).toEqual([]);
  });

  it('keeps the line ends of a message, not those of a document', () => {
    expect(draw('a\nb', 'message')).toBe('<p>a<br>\nb</p>');
    expect(draw('a\nb')).toBe('<p>a\nb</p>');
  });

  it.each([
    ['<!-- made by CI -->\ntext', '<p>text</p>'],
    ['text\n<!-- over\n\nlines -->\nmore', '<p>text</p>\n<p>more</p>'],
    ['- a\n  <!-- in -->\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['```\n<!-- code -->\n```', '<pre><code>&lt;!-- code --&gt;\n</code></pre>'],
    ['a <!-- b -->', '<p>a &lt;!-- b --&gt;</p>'],
    ['<!-- a --> b', '<p>&lt;!-- a --&gt; b</p>'],
    ['<!-- never closed', '<p>&lt;!-- never closed</p>'],
  ])('leaves out comments on lines of their own: %j', (source, markup) => {
    expect(draw(source)).toBe(markup);
  });
});

describe('hostile markdown', () => {
  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#10;script:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](<javascript:alert(1)>)',
    '[x]( javascript:alert(1))',
    '[x][1]\n\n[1]: javascript:alert(1)',
    '<javascript:alert(1)>',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](//evil.example/)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '![x](javascript:alert(1))',
    '![x](data:image/svg+xml;base64,PHN2Zz4=)',
    '![x](https://evil.example/pixel.png)',
    '<img src=x onerror=alert(1)>',
    '<a href="x">y</a>',
    '<script>alert(1)</script>',
    '<svg/onload=alert(1)>',
    '<details open ontoggle=alert(1)>x</details>',
    '<style>body{display:none}</style>',
    '<!--><img src=x onerror=alert(1)>-->',
    '<![CDATA[<script>]]>',
    '<?php echo 1 ?>',
  ])('makes no link, image or tag of %s', source => {
    expect(draw(source)).not.toMatch(/<(?!\/?p>)/);
  });

  it.each([
    ['[a](https://x.example/"onmouseover="alert(1))'],
    ['[a](https://x.example/ "title\' onclick=\'x")'],
    ['```"><script>\nx\n```'],
    ['| a |\n|:"><script>-|\n| b |'],
  ])('lets nothing out of an attribute: %s', source => {
    const names = draw(source).replace(/"[^"]*"/g, '""');
    expect(names).not.toMatch(/<[^>]*\s(on\w+|style|src)=|<script/);
  });

  it('never lets a tag or an attribute through, whatever is written', () => {
    const bits = [
      ...['<script>', '"', "'", '`', '``', '*', '**', '[a](', '![a](', 'https://x/', ')', '\n'],
      ...['|', '|---|\n', '- ', '- [x] ', '\x01', '0\x02', '> ', '```', 'onload=', '<!--', '-->'],
      ...[
        '[a]: javascript:x\n',
        '&#60;',
        '<a href="',
        '<sub>',
        '</sub>',
        '# ',
        '1. ',
        '    ',
        '~~',
        '\\',
      ],
    ];
    const tag =
      /^<(\/?(p|ul|ol|li|table|thead|tbody|tr|th|td|code|pre|strong|em|s|sub|blockquote|h[3-6]|a)|hr|br|code class="language-[^"<>]*"|ol start="\d+"|t[hd] class="(left|right|center)"|input type="checkbox" disabled( checked)? aria-label="(Open|Done) task"|a href="((https?:\/\/|\/(?!\/)|#)[^"<>]*)?"( title="[^"<>]*")? rel="noreferrer nofollow")>$/;
    fastCheck.assert(
      fastCheck.property(
        fastCheck.array(fastCheck.constantFrom(...bits), { maxLength: 40 }),
        fastCheck.constantFrom('document' as const, 'message' as const),
        (parts, kind) => {
          const { markup } = markdown(parts.join(''), kind);
          const inside = markup.slice('<div class="markdown">'.length, -'</div>'.length);
          for (const found of inside.match(/<[^>]*>?/g) ?? []) expect(found).toMatch(tag);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['[', 50_000],
    ['![', 50_000],
    ['*a ', 30_000],
    ['`a', 50_000],
    ['> ', 50_000],
    ['- ', 50_000],
    ['<!--', 25_000],
    ['<!-- \n', 15_000],
    ['| a ', 25_000],
    ['http://', 14_000],
    ['[a]: /b\n', 12_000],
    ['\n', 100_000],
  ])('draws %j many times within two seconds', (bit, count) => {
    const began = performance.now();
    draw(bit.repeat(count));
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('takes an address with a backslash for a place of this forge, as browsers would not', () => {
    expect(draw('[x](/\\evil.example)')).toContain('href="/%5Cevil.example"');
  });

  it('cuts what is longer than any message', () => {
    expect(draw('a'.repeat(1_000_000)).length).toBeLessThan(100_100);
  });
});
