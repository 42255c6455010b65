import { escapeHtml, html, Html } from './html';

describe('html', () => {
  it('escapes every text that is put in', () => {
    const nasty = `<script>alert("x")</script>&'`;
    expect(html`<b title="${nasty}">${nasty}</b>`.markup).toBe(
      `<b title="${escapeHtml(nasty)}">${escapeHtml(nasty)}</b>`,
    );
    expect(escapeHtml(nasty)).toBe('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;');
  });

  it('takes markup and lists of it as they are, and draws nothing for what is not there', () => {
    const rows = ['<a>', 'b'].map(text => html`<li>${text}</li>`);
    const { markup } = html`<b>${rows}</b>${undefined}${false}${0}${new Html('<hr>')}`;
    expect(markup).toBe('<b><li>&lt;a&gt;</li><li>b</li></b>0<hr>');
  });
});
