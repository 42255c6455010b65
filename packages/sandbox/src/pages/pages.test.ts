import { escapeHtml, html, page } from '.';

const hostile = `<script>alert("1")</script>&'`;
const harmless = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;';

describe('escapeHtml', () => {
  it('escapes what HTML gives a meaning to', () => {
    expect(escapeHtml(hostile)).toBe(harmless);
  });
});

describe('html', () => {
  it('escapes values, also in arrays, and keeps nested templates', () => {
    const rows = ['a', hostile].map(each => html`<li title="${each}">${each}</li>`);
    const list = html`<ul>
        ${rows}
      </ul>
      ${undefined}`;
    expect(list.text.replace(/\s*\n\s*/g, '')).toBe(
      `<ul><li title="a">a</li><li title="${harmless}">${harmless}</li></ul>`,
    );
  });
});

describe('page', () => {
  it('says what it stands in for and escapes the title', () => {
    const text = page(hostile, 'Grafana', '<p>body</p>');
    expect(text).toContain('Embedded stand-in for <strong>Grafana</strong>');
    expect(text).toContain(`<title>${harmless}</title>`);
    expect(text).toContain('<p>body</p>');
    expect(text).not.toContain('<script');
  });
});
